-- The audit log: who did what that matters for accountability. Records are added and purged, never changed; each carries
-- a hash of itself and of the one before.
CREATE TABLE audit_record (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
  way TEXT NOT NULL,
  -- Names as they were at that time: people leave, guests are forgotten.
  actor_id TEXT,
  actor_name TEXT,
  owner_id TEXT,
  owner_name TEXT,
  object_type TEXT,
  object_id TEXT,
  object_name TEXT,
  other_id TEXT,
  other_name TEXT,
  app_password_id TEXT,
  app_password_name TEXT,
  address TEXT,
  -- In JSON.
  details TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_record_by_time ON audit_record (at);

-- By what records are found: kinds, people, words.
CREATE TABLE audit_term (
  term TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (term, seq)
) STRICT, WITHOUT ROWID;

-- The end of the chain, and the last record that was purged. One row.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  hash TEXT NOT NULL,
  purged_seq INTEGER NOT NULL,
  purged_hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (id, seq, at, hash, purged_seq, purged_hash) VALUES (1, 0, '', '', 0, '');

-- What happens often is counted by day and subject, beyond the first of it.
CREATE TABLE audit_tally (
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  -- The act, in JSON: what is written at the day's end.
  act TEXT NOT NULL,
  PRIMARY KEY (day, kind, subject)
) STRICT, WITHOUT ROWID;
