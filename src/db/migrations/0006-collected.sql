-- Whom people write to and share with: what the order of suggestions comes from.
CREATE TABLE contacted (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  address_key TEXT NOT NULL,
  uses INTEGER NOT NULL,
  last_used_at TEXT NOT NULL,
  -- Uses that fade with time, in a form that can be compared without knowing what time it is (core/contacted).
  score INTEGER NOT NULL,
  PRIMARY KEY (principal_id, address_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacted_by_score ON contacted (principal_id, score);

-- Addresses that a person never wants to see collected again.
CREATE TABLE forgotten_address (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  address_key TEXT NOT NULL,
  forgotten_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, address_key)
) STRICT, WITHOUT ROWID;

-- Hashes of the ids of messages that were counted lately: copies of one message count once.
CREATE TABLE collected_message (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  message_hash TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, message_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX collected_message_by_age ON collected_message (seen_at);

-- The folder of sent mail of somebody whose mail is elsewhere. The password is sealed with a key that is not in the database.
CREATE TABLE sent_mailbox (
  principal_id TEXT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  username TEXT NOT NULL,
  sealed_password TEXT NOT NULL,
  mailbox TEXT NOT NULL,
  -- How far it has been read (RFC 3501 §2.3.1.1).
  uid_validity TEXT,
  last_uid INTEGER NOT NULL,
  last_read_at TEXT,
  last_error TEXT,
  failures INTEGER NOT NULL,
  next_read_at TEXT NOT NULL
) STRICT;
CREATE INDEX sent_mailbox_by_time ON sent_mailbox (next_read_at);

ALTER TABLE preference ADD COLUMN collects INTEGER NOT NULL DEFAULT 1;
