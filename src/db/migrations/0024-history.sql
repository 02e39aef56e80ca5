-- What happened to each card: one row for each change, with the text as it was before. Nothing refers to `card`, so that
-- the history of a card outlives it. `batch`: the first row of the changes that are shown as one; null for that row itself.
CREATE TABLE card_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  card_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  -- Where it happened, and for a move the other folder.
  book_id TEXT NOT NULL,
  other_book_id TEXT,
  at TEXT NOT NULL,
  author_id TEXT,
  way TEXT NOT NULL,
  action TEXT NOT NULL,
  -- What was asked for as one and can be undone as one, in whatever folders.
  operation TEXT,
  batch INTEGER,
  -- What the card was called.
  name TEXT NOT NULL,
  -- The record before the change, where the change is one of it; without its long lines, which are in version_blob.
  vcard TEXT
) STRICT;
CREATE INDEX card_version_by_card ON card_version (card_id, id);
CREATE INDEX card_version_by_book ON card_version (book_id, at, id);
CREATE INDEX card_version_by_time ON card_version (at);
CREATE INDEX card_version_batches ON card_version (book_id, at, id, author_id) WHERE batch IS NULL;
CREATE INDEX card_version_by_batch ON card_version (batch, card_id, id) WHERE batch IS NOT NULL;
CREATE INDEX card_version_by_operation ON card_version (operation, book_id, action, id) WHERE operation IS NOT NULL;

-- Blobs that versions need: the photos that they show (position -1), and long lines that were cut out of the text at this place,
-- so that a photo is kept once, however often its card is edited.
CREATE TABLE version_blob (
  version_id INTEGER NOT NULL REFERENCES card_version (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  blob_id TEXT NOT NULL REFERENCES blob (id),
  PRIMARY KEY (version_id, position, blob_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_blob_by_blob ON version_blob (blob_id);
