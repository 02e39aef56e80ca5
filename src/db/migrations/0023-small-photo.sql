-- Photos as programs get them that choke on the whole ones: made once for each size. Without data: it cannot be made smaller.
CREATE TABLE small_photo (
  blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
  side INTEGER NOT NULL,
  small_id TEXT,
  data BLOB,
  PRIMARY KEY (blob_id, side)
) STRICT;
CREATE INDEX small_photo_by_id ON small_photo (small_id) WHERE small_id IS NOT NULL;
