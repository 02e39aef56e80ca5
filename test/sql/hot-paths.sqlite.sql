-- CardDAV: the address books of a home (the owner)

select (select "password_hash" from "credential" where "credential"."principal_id" = "principal"."id") as
  "password_hash", "principal"."id" from "principal" where "principal"."email_key" = ? and "principal"."source" =
  'local' and "principal"."is_active" = 1;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_2 (email_key=?)
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH credential USING INDEX sqlite_autoindex_credential_1 (principal_id=?)

select "used_at", "source", "is_guest" from "principal" where "id" = ? and "is_active" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)

select (select "language" from "preference" where "preference"."principal_id" = ?) as "language", "principal"."is_guest"
  from "principal" where "principal"."id" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)
--   SCALAR SUBQUERY 1
--   SEARCH preference USING INDEX sqlite_autoindex_preference_1 (principal_id=?)

select * from "address_book" where "account_id" = ? and "trash_id" is null;
--   SEARCH address_book USING INDEX address_book_name (account_id=?)

WITH RECURSIVE mine (id) AS ( SELECT ? UNION SELECT membership.group_id FROM principal_member AS membership JOIN mine ON
  membership.member_id = mine.id ) SELECT book_id, account_id, principal_id, may_read, may_write, may_add, may_share,
  may_delete, created_at FROM share WHERE principal_id IN (SELECT id FROM mine) AND (expires_at IS NULL OR expires_at >
  ?) AND 1 = 1;
--   SEARCH share USING INDEX share_by_principal (principal_id=?)
--   LIST SUBQUERY 3
--   MATERIALIZE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine

SELECT * FROM subscription WHERE principal_id = ? AND 1 = 1;
--   SEARCH subscription USING PRIMARY KEY (principal_id=?)

select "book_id", "name" from "dav_name" where "principal_id" = ?;
--   SEARCH dav_name USING COVERING INDEX dav_name_by_book (principal_id=?)

select "book_id" from "dav_hidden" where "principal_id" = ?;
--   SEARCH dav_hidden USING PRIMARY KEY (principal_id=?)

select "segment", "version", "seq" from "dav_home" where "principal_id" = ? order by "seq";
--   SEARCH dav_home USING PRIMARY KEY (principal_id=?)
--   USE TEMP B-TREE FOR ORDER BY

select "last", "resumes" from "lost_number" where "log" = ?;
--   SEARCH lost_number USING PRIMARY KEY (log=?)

insert into "dav_home" ("principal_id", "segment", "version", "seq") values (?, ?, ?, ?) on conflict ("principal_id",
  "segment") do update set "version" = ?, "seq" = ?;

select "id" from "share" where "book_id" = ? and "type" = ?;
--   SEARCH share USING INDEX share_by_book (book_id=?)


-- CardDAV: what an address book is like (the owner)

select * from "address_book" where "id" = ? and 1 = 1 and "trash_id" is null;
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)


-- CardDAV: the cards of an address book and their etags (the owner)

select "uri", "etag", "size" from "card" where "book_id" = ? and 1 = 1 and "trash_id" is null order by "uri" limit ?;
--   SEARCH card USING COVERING INDEX card_listed (book_id=?)


-- CardDAV: GET of a card (the owner)

select "id", "account_id", "book_id", "uid", "uri", "etag", "size", "updated", "added_by", (select "vcard" from
  "card_record" where "card_record"."card_id" = "card"."id" and 1 = 1) as "vcard" from "card" where "book_id" = ? and 1
  = 1 and "trash_id" is null and "uri" = ?;
--   SEARCH card USING INDEX card_uri (book_id=? AND uri=?)
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)


-- CardDAV: PUT of a new card (the owner)

select * from "card" where "book_id" = ? and 1 = 1 and "trash_id" is null and "uri" = ?;
--   SEARCH card USING INDEX card_uri (book_id=? AND uri=?)

select "id", "book_id" from "card" where "account_id" = ? and "uid" = ? and "trash_id" is null;
--   SEARCH card USING INDEX card_uid (account_id=? AND uid=?)

SELECT sum(card_count) AS total FROM address_book WHERE account_id = ? AND trash_id IS NULL;
--   SEARCH address_book USING INDEX address_book_name (account_id=?)

select "id", "batch", "action", "author_id", "way", "operation", "at" from "card_version" where "book_id" = (SELECT ?)
  and 1 = 1 order by "at" desc, "id" desc limit 1;
--   SEARCH card_version USING INDEX card_version_by_book (book_id=?)
--   SCALAR SUBQUERY 1
--   SCAN CONSTANT ROW

insert into "card_version" ("card_id", "account_id", "book_id", "other_book_id", "at", "author_id", "way", "action",
  "operation", "name", "batch", "vcard") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

insert into "card" ("id", "account_id", "book_id", "uid", "uri", "etag", "size", "kind", "file_as", "file_as_key",
  "given_key", "surname_key", "surname2_key", "created", "updated", "trash_id", "deleted_at", "deleted_by", "added_by",
  "data") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

insert into "card_record" ("card_id", "vcard", "account_id") values (?, ?, ?);

insert into "card_text" ("book_id", "card_id", "text", "account_id") values (?, ?, ?, ?);

insert into "card_brief" ("book_id", "card_id", "text", "account_id") values (?, ?, ?, ?);

insert into "card_words" ("card_id", "words", "phrases", "account_id") values (?, ?, ?, ?);

insert into "card_unindexed" ("account_id", "card_id") values (?, ?);

insert into "card_email" ("card_id", "position", "account_id", "address", "address_key") values (?, ?, ?, ?, ?);

insert into "card_match" ("book_id", "card_id", "keys", "account_id") values (?, ?, ?, ?);

update "address_book" set "card_count" = "card_count" + ? where "id" = ? and 1 = 1;
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)

INSERT INTO account (id, seq, created_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET seq = account.seq +
  excluded.seq RETURNING seq;
--   SEARCH share USING COVERING INDEX share_by_account (account_id=?)
--   SCAN card
--   SCAN address_book

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?);
--   SCAN 2-ROW VALUES CLAUSE

update "address_book" set "cards_seq" = ?, "seq" = ? where "id" = ? and 1 = 1;
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)

update "card_link" set "due" = ? where (("source_id" in (?) and "unlinked_at" is null) or ("copy_id" in (?) and "due" =
  ?));
--   MULTI-INDEX OR
--   INDEX 1
--   SEARCH card_link USING INDEX card_link_by_source (source_id=?)
--   INDEX 2
--   SEARCH card_link USING INDEX sqlite_autoindex_card_link_1 (copy_id=?)


-- CardDAV: PUT of a card that is there (the owner)

select "vcard" from "card_record" where "card_id" = ? and 1 = 1;
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)

insert into "card_version" ("card_id", "account_id", "book_id", "other_book_id", "at", "author_id", "way", "action",
  "operation", "name", "batch", "vcard") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select "vcard" from "card_record"
  where "card_id" = ? and 1 = 1)) returning "id";
--   SCALAR SUBQUERY 1
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)
--   SEARCH version_blob USING PRIMARY KEY (version_id=?)

select * from "card" where "id" = ? and 1 = 1;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)

update "card" set "etag" = ?, "size" = ?, "updated" = ?, "data" = ? where "id" = ? and 1 = 1;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)

update "card_record" set "vcard" = ? where "card_id" = ? and 1 = 1;
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)

update "card_text" set "text" = ? where "book_id" = ? and "card_id" = ? and 1 = 1 and "text" <> ?;
--   SEARCH card_text USING PRIMARY KEY (book_id=? AND card_id=?)

update "card_brief" set "text" = ? where "book_id" = ? and "card_id" = ? and 1 = 1 and "text" <> ?;
--   SEARCH card_brief USING PRIMARY KEY (book_id=? AND card_id=?)

delete from "card_keyword" where "card_id" = ? and 1 = 1;
--   SEARCH card_keyword USING COVERING INDEX card_keyword_by_card (card_id=?)

delete from "card_member" where "card_id" = ? and 1 = 1;
--   SEARCH card_member USING COVERING INDEX card_member_by_card (card_id=?)

select "words", "phrases" from "card_words" where "card_id" = ? and 1 = 1;
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)

update "card_words" set "words" = ?, "phrases" = ? where "card_id" = ? and 1 = 1;
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)

select "card_id" from "card_unindexed" where "account_id" = ? and "card_id" = ?;
--   SEARCH card_unindexed USING PRIMARY KEY (account_id=? AND card_id=?)

insert into "card_keyword" ("account_id", "keyword", "card_id") values (?, ?, ?);

select "position", "address" from "card_email" where "card_id" = ? and 1 = 1;
--   SEARCH card_email USING PRIMARY KEY (card_id=?)

delete from "card_email" where "card_id" = ? and 1 = 1;
--   SEARCH card_email USING PRIMARY KEY (card_id=?)

select "keys" from "card_match" where "book_id" = ? and "card_id" = ? and 1 = 1;
--   SEARCH card_match USING PRIMARY KEY (book_id=? AND card_id=?)

delete from "card_match" where "book_id" = ? and "card_id" = ? and 1 = 1;
--   SEARCH card_match USING PRIMARY KEY (book_id=? AND card_id=?)

delete from "card_blob" where "card_id" = ? and 1 = 1;
--   SEARCH card_blob USING PRIMARY KEY (card_id=?)

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values (?, ?, ?, ?, ?, ?, ?, ?, ?);

update "address_book" set "cards_seq" = ? where "id" = ? and 1 = 1;
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)

update "card_link" set "due" = ? where "source_id" in (?) and "unlinked_at" is null;
--   SEARCH card_link USING INDEX card_link_by_source (source_id=?)


-- CardDAV: DELETE of a card (the owner)

select "id", "account_id", "book_id", "uid", "uri", "etag", "size", "updated", "added_by" from "card" where "book_id" =
  ? and 1 = 1 and "trash_id" is null and "uri" = ?;
--   SEARCH card USING INDEX card_uri (book_id=? AND uri=?)

select * from "card" where "id" = ? and 1 = 1 and "trash_id" is null;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)

update "card" set "trash_id" = ?, "deleted_at" = ?, "deleted_by" = ? where "id" = ? and 1 = 1;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?);
--   SCAN 3-ROW VALUES CLAUSE


-- CardDAV: addressbook-multiget (the owner)

SELECT "uri", "etag", "size", "id" , (SELECT CAST(vcard AS BLOB) FROM card_record WHERE card_record.card_id = card.id
  AND 1 = 1) AS octets FROM card WHERE book_id = ? AND 1 = 1 AND trash_id IS NULL AND uri IN (SELECT value FROM
  json_each(?));
--   SEARCH card USING COVERING INDEX card_listed (book_id=? AND uri=?)
--   LIST SUBQUERY 2
--   SCAN json_each VIRTUAL TABLE INDEX 1:
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)


-- CardDAV: sync-collection after a change (the owner)

SELECT coalesce(uri, (SELECT uri FROM card WHERE card.id = object_id AND 1 = 1)) AS uri, seq FROM change WHERE book_id =
  (SELECT ?) AND 1 = 1 AND type = 'ContactCard' AND seq > (SELECT ?) AND seq <= (SELECT ?) ORDER BY seq LIMIT 101;
--   SEARCH change USING INDEX change_by_book (book_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 3
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 4
--   SCAN CONSTANT ROW
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)


-- CardDAV: sync-collection when nothing has changed (the owner)

SELECT "uri", "etag", "size" FROM card WHERE book_id = ? AND 1 = 1 AND trash_id IS NULL AND uri IN (SELECT value FROM
  json_each(?));
--   SEARCH card USING COVERING INDEX card_listed (book_id=? AND uri=?)
--   LIST SUBQUERY 1
--   SCAN json_each VIRTUAL TABLE INDEX 1:


-- CardDAV: addressbook-query by a name (the owner)

select "cards_seq", "card_count" from "address_book" where "id" = ? and 1 = 1;
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)

SELECT id, card.account_id, card.book_id, uid, uri, etag, size, updated, (SELECT vcard FROM card_record WHERE
  card_record.card_id = card.id AND 1 = 1) AS vcard FROM "card_brief" AS found CROSS JOIN card ON card.id =
  found.card_id WHERE found.book_id = ? AND 1 = 1 AND 1 = 1 AND ("found"."text" LIKE (SELECT ?) ESCAPE '\') AND trash_id
  IS NULL AND uri > ? ORDER BY uri LIMIT 200;
--   SEARCH found USING PRIMARY KEY (book_id=?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)
--   USE TEMP B-TREE FOR ORDER BY


-- CardDAV: addressbook-query by a name in a large address book, and again after a change (the owner)

SELECT named, other, EXISTS ( SELECT 1 FROM dav_hidden WHERE principal_id = ? AND book_id = coalesce(named, ?) ) AS
  is_hidden FROM (SELECT (SELECT book_id FROM dav_name WHERE principal_id = ? AND name = ?) AS named, (SELECT name FROM
  dav_name WHERE principal_id = ? AND book_id = ?) AS other) AS meant;
--   CO-ROUTINE meant
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 2
--   SEARCH dav_name USING PRIMARY KEY (principal_id=? AND name=?)
--   SCALAR SUBQUERY 3
--   SEARCH dav_name USING COVERING INDEX dav_name_by_book (principal_id=? AND book_id=?)
--   SCAN meant
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH dav_hidden USING PRIMARY KEY (principal_id=? AND book_id=?)

select "card_id", "text" from "card_brief" where "book_id" = ? and 1 = 1 and "card_id" > ? order by "card_id" limit ?;
--   SEARCH card_brief USING PRIMARY KEY (book_id=? AND card_id>?)

SELECT id, card.account_id, card.book_id, uid, uri, etag, size, updated, (SELECT vcard FROM card_record WHERE
  card_record.card_id = card.id AND 1 = 1) AS vcard FROM (SELECT value FROM json_each(?)) AS found CROSS JOIN card ON
  card.id = found.value WHERE book_id = ? AND 1 = 1 AND trash_id IS NULL ORDER BY uri;
--   SCAN json_each VIRTUAL TABLE INDEX 1:
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   CORRELATED SCALAR SUBQUERY 1
--   SEARCH card_record USING INDEX sqlite_autoindex_card_record_1 (card_id=?)
--   USE TEMP B-TREE FOR ORDER BY

SELECT object_id FROM change WHERE book_id = (SELECT ?) AND 1 = 1 AND type = 'ContactCard' AND seq > (SELECT ?) ORDER BY
  seq LIMIT 201;
--   SEARCH change USING INDEX change_by_book (book_id=? AND seq>?)
--   SCALAR SUBQUERY 1
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW

SELECT card_id, text FROM card_brief WHERE book_id = ? AND 1 = 1 AND card_id IN (SELECT value FROM json_each(?));
--   SEARCH card_brief USING PRIMARY KEY (book_id=? AND card_id=?)
--   LIST SUBQUERY 1
--   SCAN json_each VIRTUAL TABLE INDEX 1:


-- JMAP: the session (the owner)

select "session"."token_hash", "session"."principal_id", "session"."expires_at" from "session" inner join "principal" on
  "principal"."id" = "session"."principal_id" where "session"."token_hash" = ? and "session"."expires_at" > ? and
  "principal"."is_active" = ? and "principal"."is_guest" <= ?;
--   SEARCH session USING INDEX sqlite_autoindex_session_1 (token_hash=?)
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)

select "id", "role", "is_default" from "address_book" where "account_id" = ? and "trash_id" is null and ("role" is not
  null or "is_default" = ?);
--   SEARCH address_book USING INDEX address_book_name (account_id=?)

select * from "principal" where "id" in (?);
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)

select "id" from "principal" where "id" = ? and "kind" = ? and "is_active" = ? and "is_guest" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)

select "id" from "principal" where "id" = ? and "is_administrator" = ? and "is_active" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)


-- JMAP: AddressBook/get (the owner)

SELECT max(seq) AS seq FROM change WHERE account_id = ? AND type = ?;
--   SEARCH change USING COVERING INDEX change_by_type (account_id=? AND type=?)

select * from "share" where "account_id" = ? order by "id";
--   SEARCH share USING INDEX share_by_account (account_id=?)
--   USE TEMP B-TREE FOR ORDER BY

select "id", "email" from "principal" where "id" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)

select "book_id", "principal_id" as "principalId" from "folder_listing" where "book_id" in (?, ?, ?, ?);
--   SEARCH folder_listing USING INDEX sqlite_autoindex_folder_listing_1 (book_id=?)


-- JMAP: ContactCard/get of three (the owner)

select octet_length(data) as "octets" from "card" where "id" in (?, ?, ?) and coalesce(account_id, '') = ? and
  "trash_id" is null;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)

select "id", "account_id", "book_id", "file_as", "added_by", "data" from "card" where "id" in (?, ?, ?) and
  coalesce(account_id, '') = ? and "trash_id" is null;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)


-- JMAP: ContactCard/query, the first page of the list (the owner)

SELECT sum(card_count) AS size FROM address_book WHERE account_id = ? AND trash_id IS NULL;
--   SEARCH address_book USING INDEX address_book_name (account_id=?)

SELECT card.id AS id FROM card WHERE card.trash_id IS NULL AND card.account_id = ? AND 1 = 1 ORDER BY
  "card"."file_as_key" ASC, "card"."id" ASC LIMIT ? OFFSET ?;
--   SEARCH card USING COVERING INDEX card_by_account (account_id=?)


-- JMAP: ContactCard/query, a page of a folder with total (the owner)

SELECT card.id AS id FROM card WHERE card.trash_id IS NULL AND card.book_id = ? AND 1 = 1 AND 1 = 1 ORDER BY
  "card"."file_as_key" ASC, "card"."id" ASC LIMIT ? OFFSET ?;
--   SEARCH card USING COVERING INDEX card_by_book (book_id=?)


-- JMAP: ContactCard/query by the beginning of a word (the owner)

SELECT count(*) AS count FROM (SELECT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = ? AND field IN
  (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND token >= ? AND token < ? UNION ALL SELECT card_unindexed.card_id AS id FROM
  card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = ? AND card_words.card_id =
  card_unindexed.card_id AND 1 = 1 AND (words LIKE (SELECT ?))) AS lead LIMIT ?) AS few;
--   CO-ROUTINE few
--   COMPOUND QUERY
--   LEFT-MOST SUBQUERY
--   SEARCH card_token USING PRIMARY KEY (account_id=? AND field=? AND token>? AND token<?)
--   UNION ALL
--   SEARCH card_unindexed USING PRIMARY KEY (account_id=?)
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SCAN few

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = ? AND field IN
  (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND token >= ? AND token < ? UNION ALL SELECT card_unindexed.card_id AS id FROM
  card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = ? AND card_words.card_id =
  card_unindexed.card_id AND 1 = 1 AND (words LIKE (SELECT ?))) AS lead) AS found CROSS JOIN card WHERE card.id =
  found.id AND card.trash_id IS NULL AND card.account_id = ? AND EXISTS (SELECT 1 FROM card_words WHERE
  card_words.card_id = card.id AND 1 = 1 AND (words LIKE (SELECT ?))) ORDER BY "card"."file_as_key" ASC, "card"."id" ASC;
--   CO-ROUTINE found
--   CO-ROUTINE lead
--   COMPOUND QUERY
--   LEFT-MOST SUBQUERY
--   SEARCH card_token USING PRIMARY KEY (account_id=? AND field=? AND token>? AND token<?)
--   UNION ALL
--   SEARCH card_unindexed USING PRIMARY KEY (account_id=?)
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SCAN lead
--   USE TEMP B-TREE FOR DISTINCT
--   SCAN found
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   SEARCH card_words EXISTS USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 5
--   SCAN CONSTANT ROW
--   USE TEMP B-TREE FOR ORDER BY


-- JMAP: ContactCard/query by two words, with total (the owner)

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = ? AND field IN
  (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND token >= ? AND token < ? UNION ALL SELECT card_unindexed.card_id AS id FROM
  card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = ? AND card_words.card_id =
  card_unindexed.card_id AND 1 = 1 AND (words LIKE (SELECT ?))) AS lead) AS found CROSS JOIN card WHERE card.id =
  found.id AND card.trash_id IS NULL AND card.account_id = ? AND (EXISTS (SELECT 1 FROM card_words WHERE
  card_words.card_id = card.id AND 1 = 1 AND (words LIKE (SELECT ?))) AND EXISTS (SELECT 1 FROM card_words WHERE
  card_words.card_id = card.id AND 1 = 1 AND (words LIKE (SELECT ?)))) ORDER BY "card"."file_as_key" ASC, "card"."id"
  ASC;
--   CO-ROUTINE found
--   CO-ROUTINE lead
--   COMPOUND QUERY
--   LEFT-MOST SUBQUERY
--   SEARCH card_token USING PRIMARY KEY (account_id=? AND field=? AND token>? AND token<?)
--   UNION ALL
--   SEARCH card_unindexed USING PRIMARY KEY (account_id=?)
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SCAN lead
--   USE TEMP B-TREE FOR DISTINCT
--   SCAN found
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   SEARCH card_words EXISTS USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 5
--   SCAN CONSTANT ROW
--   SEARCH card_words EXISTS USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 7
--   SCAN CONSTANT ROW
--   USE TEMP B-TREE FOR ORDER BY


-- JMAP: ContactCard/query, last edited first (the owner)

SELECT card.id AS id FROM card WHERE card.trash_id IS NULL AND card.account_id = ? AND 1 = 1 ORDER BY "card"."updated"
  DESC, "card"."id" DESC LIMIT ? OFFSET ?;
--   SEARCH card USING COVERING INDEX card_by_updated (account_id=?)


-- JMAP: ContactCard/changes (the owner)

SELECT * FROM change WHERE account_id = ? AND seq > ? AND type = ? AND (reader_id IS NULL OR reader_id IN (WITH
  RECURSIVE mine (id) AS ( SELECT ? UNION SELECT membership.group_id FROM principal_member AS membership JOIN mine ON
  membership.member_id = mine.id ) SELECT id FROM mine)) ORDER BY seq LIMIT ?;
--   SEARCH change USING PRIMARY KEY (account_id=? AND seq>?)
--   LIST SUBQUERY 3
--   MATERIALIZE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine
--   CREATE BLOOM FILTER


-- JMAP: ContactCard/set, a new card (the owner)

select "id" from "card" where "book_id" = ? and 1 = 1 and "uri" = ? and "trash_id" is null;
--   SEARCH card USING INDEX card_uri (book_id=? AND uri=?)


-- JMAP: ContactCard/set, an edit (the owner)

select "id", "account_id", "book_id", "file_as", "added_by", "data" from "card" where "id" in (?) and
  coalesce(account_id, '') = ? and "trash_id" is null;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)


-- Push: a window opens, and is told of a change (the owner)

select "id" from "principal" where "id" = ? and "is_active" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)

WITH RECURSIVE mine (id) AS ( SELECT ? UNION SELECT membership.group_id FROM principal_member AS membership JOIN mine ON
  membership.member_id = mine.id ) SELECT id FROM mine;
--   CO-ROUTINE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine


-- CardDAV: the address books of a home (a colleague)

WITH RECURSIVE below (id) AS ( SELECT id FROM address_book WHERE id IN (?) AND 1 = 1 AND trash_id IS NULL UNION SELECT
  child.id FROM address_book AS child JOIN below ON child.parent_id = below.id WHERE 1 = 1 AND child.trash_id IS NULL )
  SELECT address_book.* FROM below JOIN address_book ON address_book.id = below.id WHERE 1 = 1;
--   CO-ROUTINE below
--   SETUP
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)
--   RECURSIVE STEP
--   SCAN below
--   SEARCH child USING INDEX address_book_by_parent (parent_id=?)
--   SCAN below
--   SEARCH address_book USING INDEX sqlite_autoindex_address_book_1 (id=?)


-- CardDAV: what an address book is like (a colleague)

WITH RECURSIVE mine (id) AS ( SELECT ? UNION SELECT membership.group_id FROM principal_member AS membership JOIN mine ON
  membership.member_id = mine.id ) SELECT book_id, account_id, principal_id, may_read, may_write, may_add, may_share,
  may_delete, created_at FROM share WHERE principal_id IN (SELECT id FROM mine) AND (expires_at IS NULL OR expires_at >
  ?) AND book_id IN (?);
--   SEARCH share USING INDEX share_by_principal (principal_id=? AND book_id=?)
--   LIST SUBQUERY 3
--   MATERIALIZE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine

SELECT * FROM subscription WHERE principal_id = ? AND book_id IN (?);
--   SEARCH subscription USING PRIMARY KEY (principal_id=? AND book_id=?)


-- CardDAV: DELETE of a card (a colleague)

insert into "change" ("account_id", "seq", "type", "object_id", "kind", "book_id", "reader_id", "was_readable", "uri")
  values (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?, ?, ?,
  ?);
--   SCAN 4-ROW VALUES CLAUSE


-- JMAP: the session (a colleague)

select "id", "name" from "principal" where "id" in (?) order by "name", "id";
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)


-- JMAP: AddressBook/get (a colleague)

WITH RECURSIVE mine (id) AS ( SELECT ? UNION SELECT membership.group_id FROM principal_member AS membership JOIN mine ON
  membership.member_id = mine.id ) SELECT book_id, account_id, principal_id, may_read, may_write, may_add, may_share,
  may_delete, created_at FROM share WHERE principal_id IN (SELECT id FROM mine) AND (expires_at IS NULL OR expires_at >
  ?) AND account_id = ?;
--   SEARCH share USING INDEX share_by_account (account_id=?)
--   LIST SUBQUERY 3
--   MATERIALIZE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine
--   CREATE BLOOM FILTER

SELECT * FROM subscription WHERE principal_id = ? AND account_id = ?;
--   SEARCH subscription USING PRIMARY KEY (principal_id=?)

SELECT max(seq) AS seq FROM change WHERE account_id = ? AND reader_id IN (WITH RECURSIVE mine (id) AS ( SELECT ? UNION
  SELECT membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id = mine.id ) SELECT id
  FROM mine);
--   SEARCH change USING COVERING INDEX change_by_reader (reader_id=? AND account_id=?)
--   LIST SUBQUERY 3
--   MATERIALIZE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine

select "groups_version" from "principal" where "id" = ?;
--   SEARCH principal USING INDEX sqlite_autoindex_principal_1 (id=?)


-- JMAP: ContactCard/query by the beginning of a word (a colleague)

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = ? AND field IN
  (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND token >= ? AND token < ? UNION ALL SELECT card_unindexed.card_id AS id FROM
  card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = ? AND card_words.card_id =
  card_unindexed.card_id AND 1 = 1 AND (words LIKE (SELECT ?))) AS lead) AS found CROSS JOIN card WHERE card.id =
  found.id AND card.trash_id IS NULL AND card.account_id = ? AND coalesce(card.book_id, '') IN (?) AND EXISTS (SELECT 1
  FROM card_words WHERE card_words.card_id = card.id AND 1 = 1 AND (words LIKE (SELECT ?))) ORDER BY
  "card"."file_as_key" ASC, "card"."id" ASC;
--   CO-ROUTINE found
--   CO-ROUTINE lead
--   COMPOUND QUERY
--   LEFT-MOST SUBQUERY
--   SEARCH card_token USING PRIMARY KEY (account_id=? AND field=? AND token>? AND token<?)
--   UNION ALL
--   SEARCH card_unindexed USING PRIMARY KEY (account_id=?)
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SCAN lead
--   USE TEMP B-TREE FOR DISTINCT
--   SCAN found
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   SEARCH card_words EXISTS USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 5
--   SCAN CONSTANT ROW
--   USE TEMP B-TREE FOR ORDER BY


-- JMAP: ContactCard/query by two words, with total (a colleague)

SELECT card.id FROM (SELECT DISTINCT id FROM ( SELECT card_id AS id FROM card_token WHERE account_id = ? AND field IN
  (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AND token >= ? AND token < ? UNION ALL SELECT card_unindexed.card_id AS id FROM
  card_unindexed CROSS JOIN card_words WHERE card_unindexed.account_id = ? AND card_words.card_id =
  card_unindexed.card_id AND 1 = 1 AND (words LIKE (SELECT ?))) AS lead) AS found CROSS JOIN card WHERE card.id =
  found.id AND card.trash_id IS NULL AND card.account_id = ? AND coalesce(card.book_id, '') IN (?) AND (EXISTS (SELECT 1
  FROM card_words WHERE card_words.card_id = card.id AND 1 = 1 AND (words LIKE (SELECT ?))) AND EXISTS (SELECT 1 FROM
  card_words WHERE card_words.card_id = card.id AND 1 = 1 AND (words LIKE (SELECT ?)))) ORDER BY "card"."file_as_key"
  ASC, "card"."id" ASC;
--   CO-ROUTINE found
--   CO-ROUTINE lead
--   COMPOUND QUERY
--   LEFT-MOST SUBQUERY
--   SEARCH card_token USING PRIMARY KEY (account_id=? AND field=? AND token>? AND token<?)
--   UNION ALL
--   SEARCH card_unindexed USING PRIMARY KEY (account_id=?)
--   SEARCH card_words USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 2
--   SCAN CONSTANT ROW
--   SCAN lead
--   USE TEMP B-TREE FOR DISTINCT
--   SCAN found
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   SEARCH card_words EXISTS USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 5
--   SCAN CONSTANT ROW
--   SEARCH card_words EXISTS USING INDEX sqlite_autoindex_card_words_1 (card_id=?)
--   SCALAR SUBQUERY 7
--   SCAN CONSTANT ROW
--   USE TEMP B-TREE FOR ORDER BY


-- JMAP: ContactCard/query, last edited first (a colleague)

SELECT card.id FROM (SELECT DISTINCT id FROM (SELECT id FROM card WHERE book_id IN (?) AND 1 = 1 AND trash_id IS NULL)
  AS lead) AS found CROSS JOIN card WHERE card.id = found.id AND card.trash_id IS NULL AND card.account_id = ? AND
  coalesce(card.book_id, '') IN (?) AND 1 = 1 ORDER BY "card"."updated" DESC, "card"."id" DESC;
--   CO-ROUTINE found
--   SEARCH card USING COVERING INDEX card_by_book (book_id=?)
--   SCAN found
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)
--   USE TEMP B-TREE FOR ORDER BY


-- JMAP: ContactCard/changes (a colleague)

SELECT * FROM change WHERE account_id = ? AND seq > ? AND (type = ? OR (type = 'AddressBook' AND kind = 'access')) AND
  (reader_id IS NULL OR reader_id IN (WITH RECURSIVE mine (id) AS ( SELECT ? UNION SELECT membership.group_id FROM
  principal_member AS membership JOIN mine ON membership.member_id = mine.id ) SELECT id FROM mine)) ORDER BY seq LIMIT
  ?;
--   SEARCH change USING PRIMARY KEY (account_id=? AND seq>?)
--   LIST SUBQUERY 3
--   MATERIALIZE mine
--   SETUP
--   SCAN CONSTANT ROW
--   RECURSIVE STEP
--   SCAN mine
--   SEARCH membership USING COVERING INDEX principal_member_by_member (member_id=?)
--   SCAN mine
--   CREATE BLOOM FILTER


-- JMAP: ContactCard/set, an edit (a colleague)

update "card" set "etag" = ?, "updated" = ?, "data" = ? where "id" = ? and 1 = 1;
--   SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)

