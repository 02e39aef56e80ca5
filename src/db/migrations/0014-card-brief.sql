-- Of each card the values by which devices mostly look for somebody (names, addresses, numbers), folder by folder and
-- apart from the long ones: most questions read this and nothing else until they have found the cards.
CREATE TABLE card_brief (
  book_id TEXT NOT NULL,
  card_id TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (book_id, card_id)
) STRICT, WITHOUT ROWID;

INSERT INTO card_brief
  SELECT card.book_id, card.id, brief_text(card_record.vcard)
  FROM card JOIN card_record ON card_record.card_id = card.id;

CREATE TRIGGER card_brief_moves AFTER UPDATE OF book_id ON card WHEN NEW.book_id <> OLD.book_id BEGIN
  UPDATE card_brief SET book_id = NEW.book_id WHERE book_id = OLD.book_id AND card_id = OLD.id;
END;

CREATE TRIGGER card_brief_ends AFTER DELETE ON card BEGIN
  DELETE FROM card_brief WHERE book_id = OLD.book_id AND card_id = OLD.id;
END;
