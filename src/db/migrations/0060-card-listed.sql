-- What most programs ask of each card of a folder, its name and entity tag (with the size, by which the tag of what is told with
-- smaller photos differs, and the id, by which its record is found), lies together in this index: the rows, which hold contents, are
-- not read for it. With `trash_id`, without which SQLite would look into the row for it.
CREATE INDEX card_listed ON card (book_id, uri, etag, size, id, trash_id) WHERE trash_id IS NULL;
