-- Answers to shares that have ended, for as long as the end can be taken back.
CREATE TABLE ended_subscription (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  status TEXT NOT NULL,
  name TEXT,
  color TEXT,
  sort_order INTEGER NOT NULL,
  decided_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, book_id)
) STRICT, WITHOUT ROWID;
