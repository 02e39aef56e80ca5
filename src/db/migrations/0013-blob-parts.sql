-- The data of large blobs, in parts that are written and read one by one: `blob.data` is empty then. Parts without a blob are
-- those of an upload that is under way, or was cut off.
CREATE TABLE blob_part (
  blob_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  written_at TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (blob_id, part)
) STRICT;
