-- Devices that are told of changes through a push service (RFC 8620 §7.2).
CREATE TABLE push_subscription (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  -- The session by which it was made, with which it ends; null: made by password, and it ends when that changes.
  session_hash TEXT REFERENCES session (token_hash) ON DELETE CASCADE,
  device_client_id TEXT NOT NULL,
  url TEXT NOT NULL,
  p256dh TEXT,
  auth TEXT,
  -- new: its verification is to be sent; asked: it was sent; verified: the client has shown the code.
  status TEXT NOT NULL CHECK (status IN ('new', 'asked', 'verified')),
  verification_code TEXT NOT NULL,
  types TEXT,
  -- The server's key at that time (RFC 9749 §4): with another the push service would refuse us.
  vapid_key TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX push_subscription_by_principal ON push_subscription (principal_id);
CREATE INDEX push_subscription_by_session ON push_subscription (session_hash) WHERE session_hash IS NOT NULL;

-- How often each person made one lately: they outlive the subscriptions, or nobody could count them.
CREATE TABLE push_creation (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX push_creation_by_principal ON push_creation (principal_id, created_at);
