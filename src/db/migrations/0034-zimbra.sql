-- Imports of whole accounts, into many folders.
ALTER TABLE import_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'file' CHECK (kind IN ('file', 'zimbra'));
-- Where the card was put; null: in the folder of the import.
ALTER TABLE import_item ADD COLUMN book_id TEXT;

-- Folders and shares that an import made, in the order in which it made them.
CREATE TABLE import_made (
  run_id TEXT NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'share')),
  object_id TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

-- What became of the folders, contacts and shares of a Zimbra mailbox: by this they are found when it is moved in again.
CREATE TABLE zimbra_item (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  -- Which mailbox.
  source TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'contact', 'share')),
  item_id TEXT NOT NULL,
  -- What it is here.
  object_id TEXT NOT NULL,
  -- The folder that it was in there.
  folder_id TEXT NOT NULL,
  -- What it said there, when it was last taken over.
  mark TEXT NOT NULL,
  -- Of a card: its etag after that; null: it was here before, and is left alone.
  etag TEXT,
  PRIMARY KEY (principal_id, source, kind, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX zimbra_item_by_object ON zimbra_item (object_id);

-- Groups of Zimbra name entries of the directory by their DN.
CREATE INDEX principal_by_place ON principal (place) WHERE place IS NOT NULL;
