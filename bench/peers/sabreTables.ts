const principals = `
  CREATE TABLE principals (id INTEGER PRIMARY KEY, uri TEXT, email TEXT, displayname TEXT, vcardurl TEXT);
  CREATE TABLE groupmembers (id INTEGER PRIMARY KEY, principal_id INTEGER, member_id INTEGER);`;

/** What sabre/dav 1.8 keeps. */
export const oldTables = `${principals}
  CREATE TABLE addressbooks (id INTEGER PRIMARY KEY, principaluri TEXT, displayname TEXT, uri TEXT, description TEXT, ctag INTEGER);
  CREATE TABLE cards (id INTEGER PRIMARY KEY, addressbookid INTEGER, carddata BLOB, uri TEXT, lastmodified INTEGER);
  CREATE INDEX cards_by_uri ON cards (addressbookid, uri);`;

/** What sabre/dav 4.7 keeps: it numbers changes. */
export const currentTables = `${principals}
  CREATE TABLE addressbooks (id INTEGER PRIMARY KEY, principaluri TEXT NOT NULL, displayname TEXT, uri TEXT NOT NULL, description TEXT, synctoken INTEGER NOT NULL DEFAULT 1, UNIQUE (principaluri, uri));
  CREATE TABLE cards (id INTEGER PRIMARY KEY, addressbookid INTEGER NOT NULL, carddata BLOB, uri TEXT NOT NULL, lastmodified INTEGER, etag TEXT, size INTEGER, UNIQUE (addressbookid, uri));
  CREATE TABLE addressbookchanges (id INTEGER PRIMARY KEY, uri TEXT, synctoken INTEGER NOT NULL, addressbookid INTEGER NOT NULL, operation INTEGER NOT NULL);
  CREATE INDEX addressbookid_synctoken ON addressbookchanges (addressbookid, synctoken);`;
