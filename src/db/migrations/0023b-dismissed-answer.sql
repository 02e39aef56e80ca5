-- Answers to invitations of which the owner of the folder does not want to be told any more by their programs.
CREATE TABLE dismissed_answer (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, book_id)
) STRICT, WITHOUT ROWID;
