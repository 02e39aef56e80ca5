-- Copies that follow the card that they were made from. The link is that of the person who made the copy: what they may read flows.
CREATE TABLE card_link (
  copy_id TEXT PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  -- The original, which may be erased, and where it was when it was read last.
  source_id TEXT NOT NULL,
  source_account_id TEXT NOT NULL,
  source_book_id TEXT NOT NULL,
  -- What the original said then, in JSON.
  base TEXT NOT NULL,
  -- Fields that both changed, as a JSON list of pointers.
  conflicts TEXT NOT NULL,
  -- 0: nothing to do; 1: the original may have changed; 2: the same, but it cannot be followed now.
  due INTEGER NOT NULL CHECK (due IN (0, 1, 2)),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX card_link_by_person ON card_link (principal_id);
CREATE INDEX card_link_by_source ON card_link (source_id);
CREATE INDEX card_link_due ON card_link (due) WHERE due > 0;
