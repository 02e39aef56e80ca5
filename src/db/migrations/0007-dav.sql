-- What the card was called in its folder: tells devices which resource went away, also when nothing of the card is left.
ALTER TABLE change ADD COLUMN uri TEXT;

-- The name that a client gave an address book in its home (MKCOL, MOVE); all others go by their id.
CREATE TABLE dav_name (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  PRIMARY KEY (principal_id, name)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX dav_name_by_book ON dav_name (principal_id, book_id);

-- Properties that mean nothing to us, kept for the person whose client set them (RFC 4918 §4.4); book_id '': of the home.
CREATE TABLE dav_property (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  book_id TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (principal_id, book_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX dav_property_by_book ON dav_property (book_id);
