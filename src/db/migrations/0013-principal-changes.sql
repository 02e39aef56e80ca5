-- The version of the directory in which a person or group last changed, and since when they are shown to everybody: what
-- /changes tells is read from here, without a log that grows.
CREATE TABLE principal_change (
  principal_id TEXT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  changed_in INTEGER NOT NULL,
  shown_since INTEGER NOT NULL,
  is_shown INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX principal_change_by_version ON principal_change (changed_in);
INSERT INTO principal_change (principal_id, changed_in, shown_since, is_shown)
  SELECT id, 0, 0, is_active * is_listed FROM principal;
