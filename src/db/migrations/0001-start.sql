-- People and groups: the mirror of the directory, whoever keeps it.
CREATE TABLE principal (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('individual', 'group')),
  name TEXT NOT NULL,
  email TEXT,
  email_key TEXT UNIQUE,
  description TEXT,
  time_zone TEXT,
  is_active INTEGER NOT NULL DEFAULT 1,
  is_administrator INTEGER NOT NULL DEFAULT 0,
  -- Moves whenever the person's groups change: part of every state in a foreign account.
  groups_version INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE principal_member (
  group_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  member_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX principal_member_by_member ON principal_member (member_id, group_id);

CREATE TABLE principal_token (
  token TEXT NOT NULL,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  PRIMARY KEY (token, principal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX principal_token_by_principal ON principal_token (principal_id);

CREATE TABLE credential (
  principal_id TEXT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  password_hash TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE preference (
  principal_id TEXT PRIMARY KEY REFERENCES principal (id) ON DELETE CASCADE,
  language TEXT,
  theme TEXT
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- The data of one person; its id is the id of the principal. `seq` numbers every change in it.
CREATE TABLE account (
  id TEXT PRIMARY KEY REFERENCES principal (id),
  seq INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE address_book (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  parent_id TEXT REFERENCES address_book (id),
  role TEXT CHECK (role IN ('contacts', 'collected')),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT,
  color TEXT,
  sort_order INTEGER NOT NULL DEFAULT 0,
  is_default INTEGER NOT NULL DEFAULT 0,
  card_count INTEGER NOT NULL DEFAULT 0,
  -- The last change of the folder itself, and of the cards in it.
  seq INTEGER NOT NULL DEFAULT 0,
  cards_seq INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  -- In the trash: the id of the folder with which it was destroyed (its own, or one above).
  trash_id TEXT,
  deleted_at TEXT,
  deleted_by TEXT
) STRICT;
CREATE INDEX address_book_by_account ON address_book (account_id) WHERE trash_id IS NULL;
CREATE INDEX address_book_by_parent ON address_book (parent_id);
CREATE UNIQUE INDEX address_book_name ON address_book (account_id, coalesce(parent_id, ''), name_key) WHERE trash_id IS NULL;
CREATE UNIQUE INDEX address_book_default ON address_book (account_id) WHERE is_default = 1;
CREATE INDEX address_book_trash ON address_book (account_id, deleted_at) WHERE trash_id = id;
CREATE INDEX address_book_trash_by_person ON address_book (deleted_by, deleted_at) WHERE trash_id = id;
CREATE INDEX address_book_by_trash ON address_book (trash_id) WHERE trash_id IS NOT NULL;

-- What lists and queries read. The record itself, with its photos, is in card_record.
CREATE TABLE card (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  book_id TEXT NOT NULL REFERENCES address_book (id),
  uid TEXT NOT NULL,
  uri TEXT NOT NULL,
  etag TEXT NOT NULL,
  kind TEXT NOT NULL,
  file_as TEXT NOT NULL,
  file_as_key TEXT NOT NULL,
  given_key TEXT NOT NULL,
  surname_key TEXT NOT NULL,
  surname2_key TEXT NOT NULL,
  size INTEGER NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  trash_id TEXT,
  deleted_at TEXT,
  deleted_by TEXT,
  data TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX card_uid ON card (account_id, uid) WHERE trash_id IS NULL;
CREATE UNIQUE INDEX card_uri ON card (book_id, uri) WHERE trash_id IS NULL;
-- One index per order. With book_id and trash_id in them, positions and totals are counted without reading a row.
CREATE INDEX card_by_book ON card (book_id, file_as_key, id, trash_id) WHERE trash_id IS NULL;
CREATE INDEX card_by_account ON card (account_id, file_as_key, id, book_id, trash_id) WHERE trash_id IS NULL;
CREATE INDEX card_by_given ON card (account_id, given_key, id, book_id, trash_id) WHERE trash_id IS NULL;
CREATE INDEX card_by_surname ON card (account_id, surname_key, id, book_id, trash_id) WHERE trash_id IS NULL;
CREATE INDEX card_by_surname2 ON card (account_id, surname2_key, id, book_id, trash_id) WHERE trash_id IS NULL;
CREATE INDEX card_by_created ON card (account_id, created, id, book_id, trash_id) WHERE trash_id IS NULL;
CREATE INDEX card_by_updated ON card (account_id, updated, id, book_id, trash_id) WHERE trash_id IS NULL;
-- Of kinds other than the usual one.
CREATE INDEX card_by_kind ON card (account_id, kind, id, trash_id) WHERE trash_id IS NULL AND kind <> 'individual';
CREATE INDEX card_trash ON card (account_id, deleted_at) WHERE trash_id = id;
CREATE INDEX card_trash_by_person ON card (deleted_by, deleted_at) WHERE trash_id = id;
CREATE INDEX card_by_trash ON card (trash_id) WHERE trash_id IS NOT NULL;

CREATE TABLE card_record (
  card_id TEXT PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE,
  vcard TEXT NOT NULL
) STRICT;

-- The folded words of the cards; `field` is a letter for where a word stands (SearchField). Beginnings of words are ranges.
CREATE TABLE card_token (
  account_id TEXT NOT NULL,
  field TEXT NOT NULL,
  token TEXT NOT NULL,
  card_id TEXT NOT NULL REFERENCES card (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, field, token, card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_token_by_card ON card_token (card_id, token);

-- The same words in their order, value by value, for those cards that have values of several words: phrases are looked up here.
CREATE TABLE card_phrase (
  card_id TEXT PRIMARY KEY REFERENCES card (id) ON DELETE CASCADE,
  phrases TEXT NOT NULL
) STRICT;

CREATE TABLE card_member (
  account_id TEXT NOT NULL,
  uid TEXT NOT NULL,
  card_id TEXT NOT NULL REFERENCES card (id) ON DELETE CASCADE,
  PRIMARY KEY (account_id, uid, card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_member_by_card ON card_member (card_id);

-- E-mail addresses of the cards, for autocompletion and the check of who is known already.
CREATE TABLE card_email (
  card_id TEXT NOT NULL REFERENCES card (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL,
  PRIMARY KEY (card_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_email_by_address ON card_email (account_id, address_key);

-- Binary data by the hash of its content; who may read it follows from uploads and cards.
CREATE TABLE blob (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE blob_upload (
  blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  uploaded_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (blob_id, account_id, uploaded_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE card_blob (
  card_id TEXT NOT NULL REFERENCES card (id) ON DELETE CASCADE,
  blob_id TEXT NOT NULL REFERENCES blob (id),
  PRIMARY KEY (card_id, blob_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_blob_by_blob ON card_blob (blob_id);

-- A grant. Rights as RFC 9610 §2 names them.
CREATE TABLE share (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('principal', 'guest', 'public')),
  principal_id TEXT REFERENCES principal (id),
  email TEXT,
  may_read INTEGER NOT NULL,
  may_write INTEGER NOT NULL,
  may_share INTEGER NOT NULL,
  may_delete INTEGER NOT NULL,
  expires_at TEXT,
  note TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT;
CREATE INDEX share_by_book ON share (book_id);
CREATE INDEX share_by_account ON share (account_id);
CREATE UNIQUE INDEX share_by_principal ON share (principal_id, book_id) WHERE principal_id IS NOT NULL;
CREATE UNIQUE INDEX share_guest ON share (book_id, email) WHERE type = 'guest';
CREATE UNIQUE INDEX share_public ON share (book_id) WHERE type = 'public';
CREATE INDEX share_by_expiry ON share (expires_at) WHERE expires_at IS NOT NULL;

-- One person's answer to a shared folder and their own view of it. No row: waiting.
CREATE TABLE subscription (
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'accepted', 'declined')),
  name TEXT,
  color TEXT,
  sort_order INTEGER NOT NULL DEFAULT 0,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (principal_id, book_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_by_book ON subscription (book_id);

-- Everything that changed, numbered per account. `reader_id` (a person or a group): only for those readers.
-- `was_readable`: for a change of access, whether that reader could read the folder before; null where that depends on
-- the answer of each person to an invitation above.
CREATE TABLE change (
  account_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('created', 'updated', 'destroyed', 'access')),
  book_id TEXT,
  reader_id TEXT,
  was_readable INTEGER,
  PRIMARY KEY (account_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_type ON change (account_id, type, seq);
CREATE INDEX change_by_reader ON change (reader_id, account_id, seq) WHERE reader_id IS NOT NULL;
CREATE INDEX change_by_book ON change (book_id, seq) WHERE book_id IS NOT NULL;

CREATE TABLE share_notification (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  created TEXT NOT NULL,
  changed_by TEXT,
  object_account_id TEXT NOT NULL,
  object_id TEXT NOT NULL,
  old_rights TEXT,
  new_rights TEXT,
  name TEXT NOT NULL
) STRICT;
CREATE INDEX share_notification_by_principal ON share_notification (principal_id, created);

-- Mail to send, written in the transaction of the operation that it tells about.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  message TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT NOT NULL,
  last_error TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_time ON outbox (next_attempt_at);

-- The mails of the demonstration, which never leave the machine.
CREATE TABLE captured_mail (
  id TEXT PRIMARY KEY,
  sent_at TEXT NOT NULL,
  recipient TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX captured_mail_by_recipient ON captured_mail (recipient, sent_at);
