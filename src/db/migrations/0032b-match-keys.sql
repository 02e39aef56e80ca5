-- The keys by which duplicates meet, all of a card in one row: whoever looks for duplicates reads those of all cards of a
-- folder and nothing else, and a new card writes one row instead of two for each key.
CREATE TABLE card_match_of_card (
  book_id TEXT NOT NULL,
  card_id TEXT NOT NULL,
  keys TEXT NOT NULL,
  PRIMARY KEY (book_id, card_id)
) STRICT, WITHOUT ROWID;
INSERT INTO card_match_of_card
  SELECT book_id, card_id, group_concat(key, ' ') FROM card_match GROUP BY book_id, card_id ORDER BY book_id, card_id;
DROP TRIGGER card_match_moves;
DROP TRIGGER card_match_ends;
DROP TABLE card_match;
ALTER TABLE card_match_of_card RENAME TO card_match;

CREATE TRIGGER card_match_moves AFTER UPDATE OF book_id ON card WHEN NEW.book_id <> OLD.book_id BEGIN
  UPDATE card_match SET book_id = NEW.book_id WHERE book_id = OLD.book_id AND card_id = OLD.id;
END;

CREATE TRIGGER card_match_ends AFTER DELETE ON card BEGIN
  DELETE FROM card_match WHERE book_id = OLD.book_id AND card_id = OLD.id;
  DELETE FROM card_unmatched WHERE card_id = OLD.id;
END;
