-- Whose act queued a mail, to whom and about what: limits, the order in which one recipient gets mails, the list of failures.
ALTER TABLE outbox ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN queued_by TEXT;
-- Nothing more is tried until an administrator wants it.
ALTER TABLE outbox ADD COLUMN given_up_at TEXT;
-- From when on patience is counted: when it was queued, or when an administrator asked to try again.
ALTER TABLE outbox ADD COLUMN wanted_since TEXT NOT NULL DEFAULT '';
UPDATE outbox SET position = rowid, recipient = lower(json_extract(message, '$.to.address')), wanted_since = created_at,
  given_up_at = CASE WHEN next_attempt_at > '9999' THEN created_at END;
DROP INDEX outbox_by_time;
CREATE INDEX outbox_by_time ON outbox (next_attempt_at, position) WHERE given_up_at IS NULL;
CREATE INDEX outbox_by_recipient ON outbox (recipient, position) WHERE given_up_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;
CREATE UNIQUE INDEX outbox_by_position ON outbox (position);

-- How many mails each person's acts sent lately, in slots of five minutes.
CREATE TABLE mail_count (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  slot TEXT NOT NULL,
  mails INTEGER NOT NULL,
  guest_mails INTEGER NOT NULL,
  PRIMARY KEY (principal_id, slot)
) STRICT, WITHOUT ROWID;

-- Kinds of mail that a person does not want; everything stays told in the app.
CREATE TABLE unwanted_mail (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  PRIMARY KEY (principal_id, kind)
) STRICT, WITHOUT ROWID;
