-- Where a person or group comes from: made here, or mirrored from the organisation's directory, where `external_id` is the permanent id.
ALTER TABLE principal ADD COLUMN source TEXT NOT NULL DEFAULT 'local' CHECK (source IN ('local', 'directory'));
ALTER TABLE principal ADD COLUMN external_id TEXT;
ALTER TABLE principal ADD COLUMN is_listed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE principal ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
-- The name as it is sorted: Élodie among the E.
ALTER TABLE principal ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- Of the entry as it was applied last: what is unchanged is not written again. Null: to be applied in any case.
ALTER TABLE principal ADD COLUMN digest TEXT;
-- When the person last came in by password, to the hour: whoever uses the program is looked up more often.
ALTER TABLE principal ADD COLUMN used_at TEXT;
UPDATE principal SET name_key = fold_text(name);
CREATE UNIQUE INDEX principal_external ON principal (source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX principal_by_name ON principal (name_key, id);
CREATE INDEX principal_by_use ON principal (used_at) WHERE used_at IS NOT NULL;

-- What people and groups are called: addresses (the main one and aliases) and names to sign in with. Several may claim
-- one; the first holds it until they leave or give it up.
CREATE TABLE principal_login (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  login_key TEXT NOT NULL,
  is_address INTEGER NOT NULL,
  is_held INTEGER NOT NULL,
  claimed_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, login_key, is_address)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX principal_login_holder ON principal_login (login_key, is_address) WHERE is_held = 1;
CREATE INDEX principal_login_by_key ON principal_login (login_key, is_address);
CREATE INDEX principal_login_waiting ON principal_login (principal_id) WHERE is_held = 0;
INSERT INTO principal_login (principal_id, login_key, is_address, is_held, claimed_at)
  SELECT id, email_key, 1, is_active, created_at FROM principal WHERE email_key IS NOT NULL;
-- From now on the address of those alone who hold it.
UPDATE principal SET email_key = NULL WHERE is_active = 0;

-- By what names the groups of the directory call an entry (its DN, its uid), and whom each group names. They are kept as
-- they came and joined into principal_member, so that entries may arrive in any order.
CREATE TABLE principal_reference (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  reference TEXT NOT NULL,
  PRIMARY KEY (principal_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX principal_reference_by_name ON principal_reference (reference);

CREATE TABLE group_reference (
  group_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  reference TEXT NOT NULL,
  PRIMARY KEY (group_id, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_reference_by_name ON group_reference (reference, group_id);
