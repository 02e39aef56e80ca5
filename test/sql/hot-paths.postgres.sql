-- CardDAV: the address books of a home (the owner)

select (select "password_hash" from "credential" where "credential"."principal_id" = "principal"."id") as
  "password_hash", "principal"."id" from "principal" where "principal"."email_key" = $1 and "principal"."source" =
  'local' and "principal"."is_active" = 1;
--   by an index credential, principal

select "used_at", "source", "is_guest" from "principal" where "id" = $1 and "is_active" = $2;
--   by an index principal

select (select "language" from "preference" where "preference"."principal_id" = $1) as "language",
  "principal"."is_guest" from "principal" where "principal"."id" = $2;
--   one partition of preference
--   by an index principal

select * from "address_book" where "account_id" = $1 and "trash_id" is null;
--   one partition of address_book

WITH RECURSIVE mine (id) AS ( SELECT $1::text COLLATE "C" UNION SELECT membership.group_id FROM principal_member AS
  membership JOIN mine ON membership.member_id = mine.id ) SELECT book_id, account_id, principal_id, may_read,
  may_write, may_add, may_share, may_delete, created_at FROM share WHERE principal_id IN (SELECT id FROM mine) AND
  (expires_at IS NULL OR expires_at > $2) AND 1 = 1;
--   by an index principal_member, share

SELECT * FROM subscription WHERE principal_id = $1 AND 1 = 1;
--   one partition of subscription

select "book_id", "name" from "dav_name" where "principal_id" = $1;
--   one partition of dav_name

select "book_id" from "dav_hidden" where "principal_id" = $1;
--   one partition of dav_hidden

select "segment", "version", "seq" from "dav_home" where "principal_id" = $1 order by "seq";
--   one partition of dav_home

select "last", "resumes" from "lost_number" where "log" = $1;
--   by an index lost_number

insert into "dav_home" ("principal_id", "segment", "version", "seq") values ($1, $2, $3, $4) on conflict
  ("principal_id", "segment") do update set "version" = $5, "seq" = $6;

select "id" from "share" where "book_id" = $1 and "type" = $2;
--   by an index share


-- CardDAV: what an address book is like (the owner)

SELECT named, other, EXISTS ( SELECT 1 FROM dav_hidden WHERE principal_id = $1 AND book_id = coalesce(named, $2) ) AS
  is_hidden FROM (SELECT (SELECT book_id FROM dav_name WHERE principal_id = $3 AND name = $4) AS named, (SELECT name
  FROM dav_name WHERE principal_id = $5 AND book_id = $6) AS other) AS meant;
--   one partition of dav_hidden, dav_name

select * from "address_book" where "id" = $1 and "account_id" = $2 and "trash_id" is null;
--   one partition of address_book


-- CardDAV: the cards of an address book and their etags (the owner)

select "uri", "etag", "size" from "card" where "book_id" = $1 and "account_id" = $2 and "trash_id" is null order by
  "uri" limit $3;
--   one partition of card


-- CardDAV: GET of a card (the owner)

select "id", "account_id", "book_id", "uid", "uri", "etag", "size", "updated", "added_by", (select "vcard" from
  "card_record" where "card_record"."card_id" = "card"."id" and "card_record"."account_id" = $1) as "vcard" from "card"
  where "book_id" = $2 and "account_id" = $3 and "trash_id" is null and "uri" = $4;
--   one partition of card, card_record


-- CardDAV: PUT of a new card (the owner)

select * from "card" where "book_id" = $1 and "account_id" = $2 and "trash_id" is null and "uri" = $3;
--   one partition of card

select "id", "book_id" from "card" where "account_id" = $1 and "uid" = $2 and "trash_id" is null;
--   one partition of card

SELECT sum(card_count) AS total FROM address_book WHERE account_id = $1 AND trash_id IS NULL;
--   one partition of address_book

select "id", "batch", "action", "author_id", "way", "operation", "at" from "card_version" where "book_id" = $1 and
  "account_id" = $2 order by "at" desc, "id" desc limit 1;
--   one partition of card_version

insert into "card_version" ("card_id", "account_id", "book_id", "other_book_id", "at", "author_id", "way", "action",
  "operation", "name", "batch", "vcard") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

insert into "card" ("id", "account_id", "book_id", "uid", "uri", "etag", "size", "kind", "file_as", "file_as_key",
  "given_key", "surname_key", "surname2_key", "created", "updated", "trash_id", "deleted_at", "deleted_by", "added_by",
  "data") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

insert into "card_record" ("card_id", "vcard", "account_id") values ($1, $2, $3);

insert into "card_text" ("book_id", "card_id", "text", "account_id") values ($1, $2, $3, $4);

insert into "card_brief" ("book_id", "card_id", "text", "account_id") values ($1, $2, $3, $4);

insert into "card_words" ("card_id", "words", "phrases", "account_id") values ($1, $2, $3, $4);

insert into "card_unindexed" ("account_id", "card_id") values ($1, $2);

insert into "card_email" ("card_id", "position", "account_id", "address", "address_key") values ($1, $2, $3, $4, $5);

insert into "card_match" ("book_id", "card_id", "keys", "account_id") values ($1, $2, $3, $4);

update "address_book" set "card_count" = "card_count" + $1 where "id" = $2 and "account_id" = $3;
--   one partition of address_book

INSERT INTO account (id, seq, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET seq = account.seq +
  excluded.seq RETURNING seq;

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9), ($10, $11, $12, $13, $14, $15, $16, $17, $18);

update "address_book" set "cards_seq" = $1, "seq" = $2 where "id" = $3 and "account_id" = $4;
--   one partition of address_book

update "card_link" set "due" = $1 where (("source_id" in ($2) and "unlinked_at" is null) or ("copy_id" in ($3) and "due"
  = $4));
--   by an index card_link


-- CardDAV: PUT of a card that is there (the owner)

select "vcard" from "card_record" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_record

insert into "card_version" ("card_id", "account_id", "book_id", "other_book_id", "at", "author_id", "way", "action",
  "operation", "name", "batch", "vcard") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (select "vcard" from
  "card_record" where "card_id" = $12 and "card_record"."account_id" = $13)) returning "id";
--   one partition of card_record

select * from "card" where "id" = $1 and "account_id" = $2;
--   one partition of card

update "card" set "etag" = $1, "size" = $2, "updated" = $3, "data" = $4 where "id" = $5 and "account_id" = $6;
--   one partition of card

update "card_record" set "vcard" = $1 where "card_id" = $2 and "account_id" = $3;
--   one partition of card_record

update "card_text" set "text" = $1 where "book_id" = $2 and "card_id" = $3 and "account_id" = $4 and "text" <> $5;
--   one partition of card_text

update "card_brief" set "text" = $1 where "book_id" = $2 and "card_id" = $3 and "account_id" = $4 and "text" <> $5;
--   one partition of card_brief

delete from "card_keyword" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_keyword

delete from "card_member" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_member

select "words", "phrases" from "card_words" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_words

update "card_words" set "words" = $1, "phrases" = $2 where "card_id" = $3 and "account_id" = $4;
--   one partition of card_words

select "card_id" from "card_unindexed" where "account_id" = $1 and "card_id" = $2;
--   one partition of card_unindexed

insert into "card_keyword" ("account_id", "keyword", "card_id") values ($1, $2, $3);

select "position", "address" from "card_email" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_email

delete from "card_email" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_email

select "keys" from "card_match" where "book_id" = $1 and "card_id" = $2 and "account_id" = $3;
--   one partition of card_match

delete from "card_match" where "book_id" = $1 and "card_id" = $2 and "account_id" = $3;
--   one partition of card_match

delete from "card_blob" where "card_id" = $1 and "account_id" = $2;
--   one partition of card_blob

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

update "address_book" set "cards_seq" = $1 where "id" = $2 and "account_id" = $3;
--   one partition of address_book

update "card_link" set "due" = $1 where "source_id" in ($2) and "unlinked_at" is null;
--   by an index card_link


-- CardDAV: DELETE of a card (the owner)

select "id", "account_id", "book_id", "uid", "uri", "etag", "size", "updated", "added_by" from "card" where "book_id" =
  $1 and "account_id" = $2 and "trash_id" is null and "uri" = $3;
--   one partition of card

select * from "card" where "id" = $1 and "account_id" = $2 and "trash_id" is null;
--   one partition of card

update "card" set "trash_id" = $1, "deleted_at" = $2, "deleted_by" = $3 where "id" = $4 and "account_id" = $5;
--   one partition of card

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9), ($10, $11, $12, $13, $14, $15, $16, $17, $18), ($19, $20, $21, $22, $23,
  $24, $25, $26, $27);


-- CardDAV: addressbook-multiget (the owner)

SELECT "uri", "etag", "size", "id" , (SELECT convert_to(vcard, 'UTF8') FROM card_record WHERE card_record.card_id =
  card.id AND "card_record"."account_id" = $1) AS octets FROM card WHERE book_id = $2 AND "account_id" = $3 AND trash_id
  IS NULL AND uri IN (SELECT value FROM json_array_elements_text($4::json) AS item(value));
--   one partition of card, card_record


-- CardDAV: sync-collection after a change (the owner)

SELECT coalesce(uri, (SELECT uri FROM card WHERE card.id = object_id AND "card"."account_id" = $1)) AS uri, seq FROM
  change WHERE book_id = $2 AND "account_id" = $3 AND type = 'ContactCard' AND seq > $4 AND seq <= $5 ORDER BY seq LIMIT
  101;
--   one partition of card, change


-- CardDAV: sync-collection when nothing has changed (the owner)

SELECT "uri", "etag", "size" FROM card WHERE book_id = $1 AND "account_id" = $2 AND trash_id IS NULL AND uri IN (SELECT
  value FROM json_array_elements_text($3::json) AS item(value));
--   one partition of card


-- CardDAV: addressbook-query by a name (the owner)

select "cards_seq", "card_count" from "address_book" where "id" = $1 and "account_id" = $2;
--   one partition of address_book

SELECT id, card.account_id, card.book_id, uid, uri, etag, size, updated, (SELECT vcard FROM card_record WHERE
  card_record.card_id = card.id AND "card_record"."account_id" = $1) AS vcard FROM "card_brief" AS found JOIN card ON
  card.id = found.card_id WHERE found.book_id = $2 AND "found"."account_id" = $3 AND "card"."account_id" = $4 AND
  ("found"."text" ILIKE $5 ESCAPE '\') AND trash_id IS NULL AND uri > $6 ORDER BY uri LIMIT 200;
--   one partition of card, card_brief, card_record


-- CardDAV: addressbook-query by a name in a large address book, and again after a change (the owner)

select "card_id", "text" from "card_brief" where "book_id" = $1 and "account_id" = $2 and "card_id" > $3 order by
  "card_id" limit $4;
--   one partition of card_brief

SELECT id, card.account_id, card.book_id, uid, uri, etag, size, updated, (SELECT vcard FROM card_record WHERE
  card_record.card_id = card.id AND "card_record"."account_id" = $1) AS vcard FROM (SELECT value FROM
  json_array_elements_text($2::json) AS item(value)) AS found JOIN card ON card.id = found.value WHERE book_id = $3 AND
  "account_id" = $4 AND trash_id IS NULL ORDER BY uri;
--   one partition of card, card_record

SELECT object_id FROM change WHERE book_id = $1 AND "account_id" = $2 AND type = 'ContactCard' AND seq > $3 ORDER BY seq
  LIMIT 201;
--   one partition of change

SELECT card_id, text FROM card_brief WHERE book_id = $1 AND "account_id" = $2 AND card_id IN (SELECT value FROM
  json_array_elements_text($3::json) AS item(value));
--   one partition of card_brief


-- JMAP: the session (the owner)

select "session"."token_hash", "session"."principal_id", "session"."expires_at" from "session" inner join "principal" on
  "principal"."id" = "session"."principal_id" where "session"."token_hash" = $1 and "session"."expires_at" > $2 and
  "principal"."is_active" = $3 and "principal"."is_guest" <= $4;
--   by an index principal, session

select "id", "role", "is_default" from "address_book" where "account_id" = $1 and "trash_id" is null and ("role" is not
  null or "is_default" = $2);
--   one partition of address_book

select * from "principal" where "id" in ($1);
--   by an index principal

select "id" from "principal" where "id" = $1 and "kind" = $2 and "is_active" = $3 and "is_guest" = $4;
--   by an index principal

select "id" from "principal" where "id" = $1 and "is_administrator" = $2 and "is_active" = $3;
--   by an index principal


-- JMAP: AddressBook/get (the owner)

SELECT max(seq) AS seq FROM change WHERE account_id = $1 AND type = $2;
--   one partition of change

select * from "share" where "account_id" = $1 order by "id";
--   by an index share

select "id", "email" from "principal" where "id" = $1;
--   by an index principal

select "book_id", "principal_id" as "principalId" from "folder_listing" where "book_id" in ($1, $2, $3, $4);
--   by an index folder_listing


-- JMAP: ContactCard/get of three (the owner)

select octet_length(data) as "octets" from "card" where "id" in ($1, $2, $3) and account_id = $4 and "trash_id" is null;
--   one partition of card

select "id", "account_id", "book_id", "file_as", "added_by", "data" from "card" where "id" in ($1, $2, $3) and
  account_id = $4 and "trash_id" is null;
--   one partition of card


-- JMAP: ContactCard/query, the first page of the list (the owner)

SELECT sum(card_count) AS size FROM address_book WHERE account_id = $1 AND trash_id IS NULL;
--   one partition of address_book

SELECT card.id AS id FROM card WHERE card.trash_id IS NULL AND card.account_id = $1 AND 1 = 1 ORDER BY
  "card"."file_as_key" ASC, "card"."id" ASC LIMIT $2 OFFSET $3;
--   one partition of card


-- JMAP: ContactCard/query, a page of a folder with total (the owner)

SELECT card.id AS id FROM card WHERE card.trash_id IS NULL AND card.book_id = $1 AND "card"."account_id" = $2 AND 1 = 1
  ORDER BY "card"."file_as_key" ASC, "card"."id" ASC LIMIT $3 OFFSET $4;
--   one partition of card


-- JMAP: ContactCard/query by the beginning of a word (the owner)

SELECT count(*) AS count FROM (SELECT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = $1 AND field IN
  ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AND token >= $14 AND token < $15 UNION ALL SELECT
  card_unindexed.card_id AS id FROM card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = $16 AND
  card_words.card_id = card_unindexed.card_id AND "card_words"."account_id" = $17 AND (words ILIKE $18)) AS lead LIMIT
  $19) AS few;
--   one partition of card_token, card_unindexed, card_words

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = $1 AND field IN
  ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AND token >= $14 AND token < $15 UNION ALL SELECT
  card_unindexed.card_id AS id FROM card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = $16 AND
  card_words.card_id = card_unindexed.card_id AND "card_words"."account_id" = $17 AND (words ILIKE $18)) AS lead) AS
  found CROSS JOIN card WHERE card.id = found.id AND card.trash_id IS NULL AND card.account_id = $19 AND EXISTS (SELECT
  1 FROM card_words WHERE card_words.card_id = card.id AND "card_words"."account_id" = $20 AND (words ILIKE $21)) ORDER
  BY "card"."file_as_key" ASC, "card"."id" ASC;
--   one partition of card, card_token, card_unindexed, card_words


-- JMAP: ContactCard/query by two words, with total (the owner)

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = $1 AND field IN
  ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AND token >= $14 AND token < $15 UNION ALL SELECT
  card_unindexed.card_id AS id FROM card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = $16 AND
  card_words.card_id = card_unindexed.card_id AND "card_words"."account_id" = $17 AND (words ILIKE $18)) AS lead) AS
  found CROSS JOIN card WHERE card.id = found.id AND card.trash_id IS NULL AND card.account_id = $19 AND (EXISTS (SELECT
  1 FROM card_words WHERE card_words.card_id = card.id AND "card_words"."account_id" = $20 AND (words ILIKE $21)) AND
  EXISTS (SELECT 1 FROM card_words WHERE card_words.card_id = card.id AND "card_words"."account_id" = $22 AND (words
  ILIKE $23))) ORDER BY "card"."file_as_key" ASC, "card"."id" ASC;
--   one partition of card, card_token, card_unindexed, card_words


-- JMAP: ContactCard/query, last edited first (the owner)

SELECT card.id AS id FROM card WHERE card.trash_id IS NULL AND card.account_id = $1 AND 1 = 1 ORDER BY "card"."updated"
  DESC, "card"."id" DESC LIMIT $2 OFFSET $3;
--   one partition of card


-- JMAP: ContactCard/changes (the owner)

SELECT * FROM change WHERE account_id = $1 AND seq > $2 AND type = $3 AND (reader_id IS NULL OR reader_id IN (WITH
  RECURSIVE mine (id) AS ( SELECT $4::text COLLATE "C" UNION SELECT membership.group_id FROM principal_member AS
  membership JOIN mine ON membership.member_id = mine.id ) SELECT id FROM mine)) ORDER BY seq LIMIT $5;
--   one partition of change
--   by an index principal_member


-- JMAP: ContactCard/set, a new card (the owner)

select "id" from "card" where "book_id" = $1 and "account_id" = $2 and "uri" = $3 and "trash_id" is null;
--   one partition of card


-- JMAP: ContactCard/set, an edit (the owner)

select "id", "account_id", "book_id", "file_as", "added_by", "data" from "card" where "id" in ($1) and account_id = $2
  and "trash_id" is null;
--   one partition of card


-- Push: a window opens, and is told of a change (the owner)

select "id" from "principal" where "id" = $1 and "is_active" = $2;
--   by an index principal

WITH RECURSIVE mine (id) AS ( SELECT $1::text COLLATE "C" UNION SELECT membership.group_id FROM principal_member AS
  membership JOIN mine ON membership.member_id = mine.id ) SELECT id FROM mine;
--   by an index principal_member


-- CardDAV: the address books of a home (a colleague)

WITH RECURSIVE below (id) AS ( SELECT id FROM address_book WHERE id IN ($1) AND "account_id" IN ($2) AND trash_id IS
  NULL UNION SELECT child.id FROM address_book AS child JOIN below ON child.parent_id = below.id WHERE
  "child"."account_id" IN ($3) AND child.trash_id IS NULL ) SELECT address_book.* FROM below JOIN address_book ON
  address_book.id = below.id WHERE "address_book"."account_id" IN ($4);
--   one partition of address_book


-- CardDAV: what an address book is like (a colleague)

WITH RECURSIVE mine (id) AS ( SELECT $1::text COLLATE "C" UNION SELECT membership.group_id FROM principal_member AS
  membership JOIN mine ON membership.member_id = mine.id ) SELECT book_id, account_id, principal_id, may_read,
  may_write, may_add, may_share, may_delete, created_at FROM share WHERE principal_id IN (SELECT id FROM mine) AND
  (expires_at IS NULL OR expires_at > $2) AND book_id IN ($3);
--   by an index principal_member, share

SELECT * FROM subscription WHERE principal_id = $1 AND book_id IN ($2);
--   one partition of subscription


-- CardDAV: DELETE of a card (a colleague)

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9), ($10, $11, $12, $13, $14, $15, $16, $17, $18), ($19, $20, $21, $22, $23,
  $24, $25, $26, $27), ($28, $29, $30, $31, $32, $33, $34, $35, $36);


-- JMAP: the session (a colleague)

select "id", "name" from "principal" where "id" in ($1) order by "name", "id";
--   by an index principal


-- JMAP: AddressBook/get (a colleague)

WITH RECURSIVE mine (id) AS ( SELECT $1::text COLLATE "C" UNION SELECT membership.group_id FROM principal_member AS
  membership JOIN mine ON membership.member_id = mine.id ) SELECT book_id, account_id, principal_id, may_read,
  may_write, may_add, may_share, may_delete, created_at FROM share WHERE principal_id IN (SELECT id FROM mine) AND
  (expires_at IS NULL OR expires_at > $2) AND account_id = $3;
--   by an index principal_member, share

SELECT * FROM subscription WHERE principal_id = $1 AND account_id = $2;
--   one partition of subscription

SELECT max(seq) AS seq FROM change WHERE account_id = $1 AND reader_id IN (WITH RECURSIVE mine (id) AS ( SELECT $2::text
  COLLATE "C" UNION SELECT membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id =
  mine.id ) SELECT id FROM mine);
--   one partition of change
--   by an index principal_member

select "groups_version" from "principal" where "id" = $1;
--   by an index principal


-- JMAP: ContactCard/query by the beginning of a word (a colleague)

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = $1 AND field IN
  ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AND token >= $14 AND token < $15 UNION ALL SELECT
  card_unindexed.card_id AS id FROM card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = $16 AND
  card_words.card_id = card_unindexed.card_id AND "card_words"."account_id" = $17 AND (words ILIKE $18)) AS lead) AS
  found CROSS JOIN card WHERE card.id = found.id AND card.trash_id IS NULL AND card.account_id = $19 AND
  coalesce(card.book_id, '') IN ($20) AND EXISTS (SELECT 1 FROM card_words WHERE card_words.card_id = card.id AND
  "card_words"."account_id" = $21 AND (words ILIKE $22)) ORDER BY "card"."file_as_key" ASC, "card"."id" ASC;
--   one partition of card, card_token, card_unindexed, card_words


-- JMAP: ContactCard/query by two words, with total (a colleague)

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = $1 AND field IN
  ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AND token >= $14 AND token < $15 UNION ALL SELECT
  card_unindexed.card_id AS id FROM card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = $16 AND
  card_words.card_id = card_unindexed.card_id AND "card_words"."account_id" = $17 AND (words ILIKE $18)) AS lead) AS
  found CROSS JOIN card WHERE card.id = found.id AND card.trash_id IS NULL AND card.account_id = $19 AND
  coalesce(card.book_id, '') IN ($20) AND (EXISTS (SELECT 1 FROM card_words WHERE card_words.card_id = card.id AND
  "card_words"."account_id" = $21 AND (words ILIKE $22)) AND EXISTS (SELECT 1 FROM card_words WHERE card_words.card_id =
  card.id AND "card_words"."account_id" = $23 AND (words ILIKE $24))) ORDER BY "card"."file_as_key" ASC, "card"."id" ASC;
--   one partition of card, card_token, card_unindexed, card_words


-- JMAP: ContactCard/query, last edited first (a colleague)

SELECT card.id FROM (SELECT DISTINCT id FROM (SELECT id FROM card WHERE book_id IN ($1) AND "account_id" = $2 AND
  trash_id IS NULL) AS lead) AS found CROSS JOIN card WHERE card.id = found.id AND card.trash_id IS NULL AND
  card.account_id = $3 AND coalesce(card.book_id, '') IN ($4) AND 1 = 1 ORDER BY "card"."updated" DESC, "card"."id" DESC;
--   one partition of card


-- JMAP: ContactCard/changes (a colleague)

SELECT * FROM change WHERE account_id = $1 AND seq > $2 AND (type = $3 OR (type = 'AddressBook' AND kind = 'access'))
  AND (reader_id IS NULL OR reader_id IN (WITH RECURSIVE mine (id) AS ( SELECT $4::text COLLATE "C" UNION SELECT
  membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id = mine.id ) SELECT id FROM
  mine)) ORDER BY seq LIMIT $5;
--   one partition of change
--   by an index principal_member


-- JMAP: ContactCard/set, an edit (a colleague)

update "card" set "etag" = $1, "updated" = $2, "data" = $3 where "id" = $4 and "account_id" = $5;
--   one partition of card

