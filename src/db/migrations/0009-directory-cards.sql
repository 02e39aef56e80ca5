-- Where an entry stands in the organisation's directory (its DN): « Annuaire » may be limited to branches.
ALTER TABLE principal ADD COLUMN place TEXT;
-- Entries say it from now on: all of them are read once more.
UPDATE setting SET value = json_set(value, '$.mark', NULL) WHERE name = 'directory';

-- « Annuaire »: a row for each person and group that is active and listed. What is in a card is made of `principal` when
-- it is read; here is what it is sorted and found by. Those outside of the chosen branches are not shown.
CREATE TABLE directory_card (
  id TEXT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  place TEXT,
  is_shown INTEGER NOT NULL,
  file_as_key TEXT NOT NULL,
  given_key TEXT NOT NULL,
  surname_key TEXT NOT NULL
) STRICT;
CREATE INDEX directory_card_by_name ON directory_card (file_as_key, id, kind) WHERE is_shown = 1;
CREATE INDEX directory_card_by_given ON directory_card (given_key, id, kind) WHERE is_shown = 1;
CREATE INDEX directory_card_by_surname ON directory_card (surname_key, id, kind) WHERE is_shown = 1;
CREATE INDEX directory_card_groups ON directory_card (id) WHERE is_shown = 1 AND kind = 'group';

-- Folded words; `field` is a letter for which detail they come from, so that what is not shown is not searched.
CREATE TABLE directory_token (
  token TEXT NOT NULL,
  field TEXT NOT NULL,
  card_id TEXT NOT NULL REFERENCES directory_card (id) ON DELETE CASCADE,
  PRIMARY KEY (token, field, card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX directory_token_by_card ON directory_token (card_id, token);

CREATE TABLE directory_phrase (
  card_id TEXT PRIMARY KEY REFERENCES directory_card (id) ON DELETE CASCADE,
  phrases TEXT NOT NULL
) STRICT;

-- One-time links with which people choose a password; only a hash of each is kept.
CREATE TABLE password_link (
  principal_id TEXT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL
) STRICT;

-- How Coterie signs in to a folder of sent mail: by a password, or by a refresh token (OAuth 2.0), sealed in the same column.
ALTER TABLE sent_mailbox ADD COLUMN auth TEXT NOT NULL DEFAULT 'password' CHECK (auth IN ('password', 'oauth'));

-- Consents that people are giving at their provider at this moment (RFC 6749 §4.1): the state by its hash, the verifier sealed.
CREATE TABLE oauth_attempt (
  state_hash TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  sealed_verifier TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
