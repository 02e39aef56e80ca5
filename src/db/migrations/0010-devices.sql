-- Secrets by which programs sign in instead of the person's own password.
CREATE TABLE app_password (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- HMAC-SHA-256 of the secret with the server's key.
  hash TEXT NOT NULL UNIQUE,
  may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
  -- The one folder that it opens, whatever has become of it; null: everything of the person's.
  book_id TEXT,
  created_at TEXT NOT NULL,
  -- To the hour: using one is no reason to write each time.
  last_used_at TEXT,
  -- It does not sign in from this moment; kept a while so that it can be taken back.
  revoked_at TEXT
) STRICT;
CREATE INDEX app_password_by_principal ON app_password (principal_id);

-- A device that was named with an app password is told what that opens, and nothing when it has ended.
ALTER TABLE push_subscription ADD COLUMN app_password_id TEXT REFERENCES app_password (id) ON DELETE CASCADE;
