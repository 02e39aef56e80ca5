-- Folders that a person does not want on their devices; all others are offered.
CREATE TABLE dav_hidden (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  PRIMARY KEY (principal_id, book_id)
) STRICT, WITHOUT ROWID;

-- A person's home as devices were last told of it: each address in it, with what it looked like (null: it is gone) and
-- the number of the last change. What is granted, answered, renamed and hidden comes from many places; this is their sum.
CREATE TABLE dav_home (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  segment TEXT NOT NULL,
  version TEXT,
  seq INTEGER NOT NULL,
  PRIMARY KEY (principal_id, segment)
) STRICT, WITHOUT ROWID;
