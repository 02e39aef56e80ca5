-- The values of each card as search sees them, folder by folder: a question about the cards of one folder reads this and
-- nothing else until it has found them. What happens to a card happens to its text.
CREATE TABLE card_text (
  book_id TEXT NOT NULL,
  card_id TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (book_id, card_id)
) STRICT, WITHOUT ROWID;

INSERT INTO card_text
  SELECT card.book_id, card.id, line_text(card_record.vcard)
  FROM card JOIN card_record ON card_record.card_id = card.id;

CREATE TRIGGER card_text_moves AFTER UPDATE OF book_id ON card WHEN NEW.book_id <> OLD.book_id BEGIN
  UPDATE card_text SET book_id = NEW.book_id WHERE book_id = OLD.book_id AND card_id = OLD.id;
END;

CREATE TRIGGER card_text_ends AFTER DELETE ON card BEGIN
  DELETE FROM card_text WHERE book_id = OLD.book_id AND card_id = OLD.id;
END;
