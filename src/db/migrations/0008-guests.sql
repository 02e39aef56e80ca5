-- People outside the organisation with whom a folder is shared. They are principals whom nobody finds, who own nothing.
ALTER TABLE principal ADD COLUMN is_guest INTEGER NOT NULL DEFAULT 0;
-- Since when nothing is shared with a guest any more; null: something is, or nobody has looked yet.
ALTER TABLE principal ADD COLUMN idle_since TEXT;
CREATE INDEX principal_guest ON principal (id) WHERE is_guest = 1;

-- The personal link of a guest to one share, by the hash of its secret. A new one takes the place of the one before.
CREATE TABLE guest_invitation (
  share_id TEXT PRIMARY KEY REFERENCES share (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  sent_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  -- When it was used; then it only leads to the sign-in page.
  used_at TEXT
) STRICT;

-- Shares with guests from before, who had a link without a password: they are guests now, and get a new link when it is sent again.
-- An address that somebody inside has is theirs, and a share of both kinds with them is one.
DELETE FROM share WHERE type = 'guest' AND EXISTS (
  SELECT 1 FROM principal_login AS login JOIN share AS other ON other.principal_id = login.principal_id
  WHERE login.login_key = share.email AND login.is_address = 1 AND login.is_held = 1 AND other.book_id = share.book_id
);
UPDATE share SET type = 'principal', email = NULL, principal_id = (
  SELECT principal_id FROM principal_login WHERE login_key = share.email AND is_address = 1 AND is_held = 1
) WHERE type = 'guest' AND email IN (SELECT login_key FROM principal_login WHERE is_address = 1 AND is_held = 1);
INSERT INTO principal (id, kind, name, email, email_key, is_listed, is_guest, name_key, created_at)
  SELECT 'p' || substr(min(id), 2), 'individual', email, email, email, 0, 1, fold_text(email), min(created_at)
  FROM share WHERE type = 'guest' GROUP BY email;
INSERT INTO principal_login (principal_id, login_key, is_address, is_held, claimed_at)
  SELECT id, email_key, 1, 1, created_at FROM principal WHERE is_guest = 1;
UPDATE share SET principal_id = (SELECT id FROM principal WHERE is_guest = 1 AND email_key = share.email) WHERE type = 'guest';
