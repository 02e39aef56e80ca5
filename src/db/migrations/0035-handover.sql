-- Folders whose owners want to hand them over, until the other person has answered; what was answered is news for the owner.
CREATE TABLE folder_handover (
  id TEXT PRIMARY KEY,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  -- What it was called then: who declined may not know what it is called now.
  name TEXT NOT NULL,
  from_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  to_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  -- What the old owner keeps.
  kept_role TEXT NOT NULL CHECK (kept_role IN ('none', 'viewer', 'contributor', 'manager', 'admin')),
  note TEXT,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'accepted', 'declined')),
  created_at TEXT NOT NULL,
  decided_at TEXT
) STRICT;
CREATE UNIQUE INDEX folder_handover_waiting ON folder_handover (book_id) WHERE status = 'waiting';
CREATE INDEX folder_handover_from ON folder_handover (from_id, status);
CREATE INDEX folder_handover_to ON folder_handover (to_id, status);
CREATE INDEX folder_handover_by_book ON folder_handover (book_id);

-- Folders that their owners let others find, by name, owner and description.
CREATE TABLE folder_listing (
  book_id TEXT PRIMARY KEY REFERENCES address_book (id) ON DELETE CASCADE,
  -- The group that may find it; null: the whole organisation.
  principal_id TEXT REFERENCES principal (id) ON DELETE CASCADE,
  -- The words of its name and description, with spaces between and around them.
  words TEXT NOT NULL,
  listed_at TEXT NOT NULL
) STRICT;
CREATE INDEX folder_listing_by_principal ON folder_listing (principal_id);

-- Who asked for access to such a folder. What was withdrawn and declined is kept for a while: one does not ask again at once.
CREATE TABLE access_request (
  id TEXT PRIMARY KEY,
  book_id TEXT NOT NULL REFERENCES address_book (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  owner_id TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  asked_by TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
  note TEXT,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'granted', 'declined', 'withdrawn')),
  created_at TEXT NOT NULL,
  decided_at TEXT,
  -- Who asked has put the answer away.
  is_dismissed INTEGER NOT NULL DEFAULT 0 CHECK (is_dismissed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX access_request_of ON access_request (book_id, asked_by);
CREATE INDEX access_request_by_owner ON access_request (owner_id, status);
CREATE INDEX access_request_by_asker ON access_request (asked_by, created_at);
