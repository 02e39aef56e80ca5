-- What is contained in names, addresses and descriptions (RFC 9670 §2.4.1) by its parts of three characters. The index keeps
-- numbers: those of rows are given anew by VACUUM, so that principals have some of their own.
CREATE TABLE principal_text (
  number INTEGER PRIMARY KEY,
  principal_id TEXT NOT NULL UNIQUE REFERENCES principal (id) ON DELETE CASCADE
) STRICT;
CREATE VIRTUAL TABLE principal_trigram
  USING fts5 (name_key, email, description, content = '', contentless_delete = 1, tokenize = 'trigram');

INSERT INTO principal_text (principal_id) SELECT id FROM principal;
INSERT INTO principal_trigram (rowid, name_key, email, description)
  SELECT number, name_key, email, description
  FROM principal_text JOIN principal ON principal.id = principal_id ORDER BY number;

CREATE TRIGGER principal_text_begins AFTER INSERT ON principal BEGIN
  INSERT INTO principal_text (principal_id) VALUES (NEW.id);
  INSERT INTO principal_trigram (rowid, name_key, email, description)
    SELECT number, NEW.name_key, NEW.email, NEW.description FROM principal_text WHERE principal_id = NEW.id;
END;

CREATE TRIGGER principal_text_changes AFTER UPDATE OF name_key, email, description ON principal
WHEN NEW.name_key IS NOT OLD.name_key OR NEW.email IS NOT OLD.email OR NEW.description IS NOT OLD.description BEGIN
  UPDATE principal_trigram SET name_key = NEW.name_key, email = NEW.email, description = NEW.description
    WHERE rowid = (SELECT number FROM principal_text WHERE principal_id = NEW.id);
END;

CREATE TRIGGER principal_text_ends BEFORE DELETE ON principal BEGIN
  DELETE FROM principal_trigram WHERE rowid = (SELECT number FROM principal_text WHERE principal_id = OLD.id);
END;
