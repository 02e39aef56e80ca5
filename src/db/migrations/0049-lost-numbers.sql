-- A backup was restored: what came after it is lost, and so are the numbers that were given then. They end with `last`, and go
-- on from `resumes`, behind all that may have been given since. `log`: an account, or the directory.
CREATE TABLE lost_number (
  log TEXT NOT NULL,
  last INTEGER NOT NULL,
  resumes INTEGER NOT NULL,
  PRIMARY KEY (log, resumes)
) STRICT, WITHOUT ROWID;
