-- Imports: what a person brought in, how far it is, and how to take it back.
CREATE TABLE import_run (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  book_id TEXT NOT NULL,
  blob_account_id TEXT NOT NULL,
  blob_id TEXT NOT NULL,
  -- Of the file.
  name TEXT NOT NULL,
  -- How it is read and what is done with duplicates, in JSON.
  choices TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'interrupted', 'failed', 'undoing', 'undone')),
  -- Why it failed.
  reason TEXT,
  total INTEGER,
  done INTEGER NOT NULL DEFAULT 0,
  made INTEGER NOT NULL DEFAULT 0,
  merged INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  -- What the undo took back, and what it left because somebody had changed it since.
  undone INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX import_run_by_person ON import_run (principal_id, created_at);
CREATE INDEX import_run_by_state ON import_run (state) WHERE state IN ('waiting', 'running', 'undoing');

-- Cards that an import made, and those that it filled up, with their text of before.
CREATE TABLE import_item (
  run_id TEXT NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
  card_id TEXT NOT NULL,
  etag TEXT NOT NULL,
  before TEXT,
  is_kept INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, card_id)
) STRICT, WITHOUT ROWID;

-- What was not understood.
CREATE TABLE import_problem (
  run_id TEXT NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  file TEXT,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  is_lost INTEGER NOT NULL,
  detail TEXT,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

-- What a person said the columns of a table are, by its headings.
CREATE TABLE import_mapping (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  headings_key TEXT NOT NULL,
  fields TEXT NOT NULL,
  dates TEXT NOT NULL,
  used_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, headings_key)
) STRICT, WITHOUT ROWID;
