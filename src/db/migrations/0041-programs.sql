-- Several programs with one database: which of them live. Nothing is in it where only one may.
CREATE TABLE program (
  id TEXT PRIMARY KEY,
  -- By the clock of the database, in milliseconds since 1970: unless it says before that it still lives, it does not.
  until INTEGER NOT NULL
) STRICT;

-- What one of them does for all.
CREATE TABLE job_lease (
  name TEXT PRIMARY KEY,
  program_id TEXT NOT NULL
) STRICT;

-- By whom a mail is being sent, and an import carried out; null: nobody yet. What a program had that lives no more is nobody's.
ALTER TABLE outbox ADD COLUMN program_id TEXT;
ALTER TABLE import_run ADD COLUMN program_id TEXT;
