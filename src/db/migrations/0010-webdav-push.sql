-- Devices that are told through a push service when something changes in an address book, or which there are (WebDAV-Push).
CREATE TABLE dav_push_subscription (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  -- By which it was made, and with which it ends; null: by the person's own password.
  app_password_id TEXT REFERENCES app_password (id) ON DELETE CASCADE,
  -- The address book; '': the home, in which address books come and go.
  book_id TEXT NOT NULL,
  url TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  wants_content INTEGER NOT NULL CHECK (wants_content IN (0, 1)),
  wants_properties INTEGER NOT NULL CHECK (wants_properties IN (0, 1)),
  -- How content and properties stood when the device was told last: what is different now is news, also after a restart.
  told_content TEXT NOT NULL,
  told_properties TEXT NOT NULL,
  vapid_key TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (principal_id, book_id, url)
) STRICT;

-- The same as dav_home for who sees less of it: what a limited app password shows changes by itself, and is no news to the
-- person's other devices.
CREATE TABLE app_password_home (
  app_password_id TEXT NOT NULL REFERENCES app_password (id) ON DELETE CASCADE,
  segment TEXT NOT NULL,
  version TEXT,
  seq INTEGER NOT NULL,
  PRIMARY KEY (app_password_id, segment)
) STRICT, WITHOUT ROWID;
