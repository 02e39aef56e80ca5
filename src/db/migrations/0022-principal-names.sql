-- Beside each word stands the name by which its principal is sorted: the first by name of many who are called so are found by
-- the words alone, without a look at each of them.
CREATE TABLE principal_token_with_name (
  token TEXT NOT NULL,
  name_key TEXT NOT NULL,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  PRIMARY KEY (token, name_key, principal_id)
) STRICT, WITHOUT ROWID;
INSERT INTO principal_token_with_name
  SELECT token, principal.name_key, principal_id
  FROM principal_token JOIN principal ON principal.id = principal_id
  ORDER BY token, principal.name_key, principal_id;
DROP TABLE principal_token;
ALTER TABLE principal_token_with_name RENAME TO principal_token;
CREATE INDEX principal_token_by_principal ON principal_token (principal_id, token);

-- The first letter, and the first two, of each of these words: what a tenth of all are found by is walked along by name.
-- What happens to a word happens to its beginnings.
CREATE TABLE principal_beginning (
  beginning TEXT NOT NULL,
  name_key TEXT NOT NULL,
  principal_id TEXT NOT NULL,
  PRIMARY KEY (beginning, name_key, principal_id)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO principal_beginning
  SELECT substr(token, 1, letters.column1), name_key, principal_id
  FROM principal_token CROSS JOIN (VALUES (1), (2)) AS letters
  ORDER BY 1, 2, 3;

CREATE TRIGGER principal_token_begins AFTER INSERT ON principal_token BEGIN
  INSERT OR IGNORE INTO principal_beginning VALUES
    (substr(NEW.token, 1, 1), NEW.name_key, NEW.principal_id),
    (substr(NEW.token, 1, 2), NEW.name_key, NEW.principal_id);
END;

-- All words of somebody go together, and the new ones come behind them.
CREATE TRIGGER principal_token_ends AFTER DELETE ON principal_token BEGIN
  DELETE FROM principal_beginning
  WHERE beginning IN (substr(OLD.token, 1, 1), substr(OLD.token, 1, 2))
    AND name_key = OLD.name_key AND principal_id = OLD.principal_id;
END;
