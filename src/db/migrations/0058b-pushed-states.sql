-- The states that a device was told last, in JSON: what is different now is news, also for another program. null: not known yet.
ALTER TABLE push_subscription ADD COLUMN told TEXT;
-- By which of several programs it is being told; null: by none at the moment.
ALTER TABLE push_subscription ADD COLUMN program_id TEXT;
