-- By which of several programs a device is being told; null: by none at the moment.
ALTER TABLE dav_push_subscription ADD COLUMN program_id TEXT;
