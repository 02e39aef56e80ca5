-- By what duplicates meet, folder by folder: numbers made of addresses, numbers and names (format/matching/matchKeys.ts).
CREATE TABLE card_match (
  book_id TEXT NOT NULL,
  key INTEGER NOT NULL,
  card_id TEXT NOT NULL,
  PRIMARY KEY (book_id, key, card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_match_by_card ON card_match (card_id);

-- Cards of before, which get their keys one after the other while the program runs.
CREATE TABLE card_unmatched (card_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO card_unmatched SELECT id FROM card;

CREATE TRIGGER card_match_moves AFTER UPDATE OF book_id ON card WHEN NEW.book_id <> OLD.book_id BEGIN
  UPDATE card_match SET book_id = NEW.book_id WHERE card_id = OLD.id;
END;

CREATE TRIGGER card_match_ends AFTER DELETE ON card BEGIN
  DELETE FROM card_match WHERE card_id = OLD.id;
  DELETE FROM card_unmatched WHERE card_id = OLD.id;
END;

-- « Ce ne sont pas des doublons »: what one person said of each two cards, and of which duplicate it was said.
CREATE TABLE duplicate_dismissal (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  duplicate_id TEXT NOT NULL,
  PRIMARY KEY (principal_id, one_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_dismissal_by_duplicate ON duplicate_dismissal (principal_id, duplicate_id);

-- Merges that can be undone. The cards that went into others wait with the id of the merge as their trash_id.
CREATE TABLE card_merge (
  id TEXT PRIMARY KEY,
  keep_id TEXT NOT NULL,
  name TEXT NOT NULL,
  merged_at TEXT NOT NULL,
  merged_by TEXT NOT NULL
) STRICT;
CREATE INDEX card_merge_by_time ON card_merge (merged_at);

CREATE TABLE card_merge_part (
  merge_id TEXT NOT NULL REFERENCES card_merge (id) ON DELETE CASCADE,
  card_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('kept', 'merged', 'group')),
  name TEXT NOT NULL,
  -- What was rewritten: its text before, and its etag after.
  vcard TEXT,
  etag TEXT,
  PRIMARY KEY (merge_id, card_id)
) STRICT, WITHOUT ROWID;

-- Who may undo it: who merged, and whose accounts it touched.
CREATE TABLE card_merge_reader (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  merge_id TEXT NOT NULL REFERENCES card_merge (id) ON DELETE CASCADE,
  PRIMARY KEY (principal_id, merge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_merge_reader_by_merge ON card_merge_reader (merge_id);
