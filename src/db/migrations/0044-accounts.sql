-- Every row that belongs to a card says whose account it is in, so that all rows of an account can lie together (docs/scale.md).
ALTER TABLE card_record ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE card_text ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE card_brief ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE card_words ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE card_match ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE card_blob ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
ALTER TABLE version_blob ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
UPDATE card_record SET account_id = (SELECT account_id FROM card WHERE card.id = card_record.card_id);
UPDATE card_text SET account_id = (SELECT account_id FROM card WHERE card.id = card_text.card_id);
UPDATE card_brief SET account_id = (SELECT account_id FROM card WHERE card.id = card_brief.card_id);
UPDATE card_words SET account_id = (SELECT account_id FROM card WHERE card.id = card_words.card_id);
UPDATE card_match SET account_id = (SELECT account_id FROM card WHERE card.id = card_match.card_id);
UPDATE card_blob SET account_id = (SELECT account_id FROM card WHERE card.id = card_blob.card_id);
UPDATE version_blob SET account_id = (SELECT account_id FROM card_version WHERE card_version.id = version_blob.version_id);

-- Before the card itself goes: where its account is another place, it is made anew there and ended here.
CREATE TRIGGER card_goes_to_account BEFORE UPDATE OF account_id ON card WHEN NEW.account_id <> OLD.account_id BEGIN
  UPDATE card_record SET account_id = NEW.account_id WHERE card_id = OLD.id AND account_id = OLD.account_id;
  UPDATE card_text SET account_id = NEW.account_id WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = OLD.account_id;
  UPDATE card_brief SET account_id = NEW.account_id WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = OLD.account_id;
  UPDATE card_words SET account_id = NEW.account_id WHERE card_id = OLD.id AND account_id = OLD.account_id;
  UPDATE card_match SET account_id = NEW.account_id WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = OLD.account_id;
  UPDATE card_blob SET account_id = NEW.account_id WHERE card_id = OLD.id AND account_id = OLD.account_id;
END;

CREATE TRIGGER card_version_goes_to_account BEFORE UPDATE OF account_id ON card_version WHEN NEW.account_id <> OLD.account_id BEGIN
  UPDATE version_blob SET account_id = NEW.account_id WHERE version_id = OLD.id AND account_id = OLD.account_id;
END;

-- What moves and ends with a card is found in its account.
DROP TRIGGER card_brief_moves;
DROP TRIGGER card_brief_ends;
DROP TRIGGER card_text_moves;
DROP TRIGGER card_text_ends;
DROP TRIGGER card_match_moves;
DROP TRIGGER card_match_ends;
CREATE TRIGGER card_moves AFTER UPDATE OF book_id ON card WHEN NEW.book_id <> OLD.book_id BEGIN
  UPDATE card_text SET book_id = NEW.book_id WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = NEW.account_id;
  UPDATE card_brief SET book_id = NEW.book_id WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = NEW.account_id;
  UPDATE card_match SET book_id = NEW.book_id WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = NEW.account_id;
END;
CREATE TRIGGER card_ends AFTER DELETE ON card BEGIN
  DELETE FROM card_text WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = OLD.account_id;
  DELETE FROM card_brief WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = OLD.account_id;
  DELETE FROM card_match WHERE book_id = OLD.book_id AND card_id = OLD.id AND account_id = OLD.account_id;
  DELETE FROM card_unmatched WHERE card_id = OLD.id;
END;

-- In which account a folder is: asked where nothing but its id is known. Where accounts lie apart, it is a table of its own.
CREATE VIEW folder_account AS SELECT id, account_id FROM address_book;
