import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { freePort } from '../../test/kit/daemon.ts';
import type { StartPeer } from './peer.ts';
import { isInstalled, peerAuthorization, peerPassword, peerUser } from './peer.ts';
import { startPhp } from './php.ts';

/** sabre/dav behind nginx and php-fpm, on SQLite in WAL with `synchronous=FULL`, as ours. */
export const startSabre: StartPeer = async (folder) => {
  if (!isInstalled('/usr/share/php/Sabre/autoload.php', '/usr/sbin/php-fpm8.2', '/usr/sbin/nginx')) return null;
  const file = join(folder, 'db.sqlite');
  const database = new SqliteDatabase(file);
  database.pragma('journal_mode = WAL');
  database.exec(tables);
  database
    .prepare('INSERT INTO principals (uri, email, displayname) VALUES (?, ?, ?)')
    .run(`principals/${peerUser}`, 'ada@demo.example', 'Ada');
  database
    .prepare('INSERT INTO addressbooks (principaluri, displayname, uri, ctag) VALUES (?, ?, ?, 1)')
    .run(`principals/${peerUser}`, 'Contacts', 'contacts');
  database.close();
  mkdirSync(join(folder, 'web'));
  writeFileSync(join(folder, 'web', 'server.php'), program(file));
  const port = await freePort();
  const php = await startPhp(folder, port, join(folder, 'web', 'server.php'));
  return {
    name: 'sabre/dav',
    host: { host: '127.0.0.1', port, authorization: peerAuthorization },
    root: `/principals/${peerUser}/`,
    book: `/addressbooks/${peerUser}/contacts/`,
    fill: async (cards) => {
      const filling = new SqliteDatabase(file);
      const insert = filling.prepare(
        'INSERT INTO cards (addressbookid, carddata, uri, lastmodified) VALUES (1, ?, ?, ?)',
      );
      filling.transaction(() => {
        for (const { name, vcard } of cards) insert.run(vcard, name, Math.floor(Date.now() / 1000));
      })();
      filling.close();
    },
    ...php,
  };
};

const tables = `
  CREATE TABLE addressbooks (id INTEGER PRIMARY KEY, principaluri TEXT, displayname TEXT, uri TEXT, description TEXT, ctag INTEGER);
  CREATE TABLE cards (id INTEGER PRIMARY KEY, addressbookid INTEGER, carddata BLOB, uri TEXT, lastmodified INTEGER);
  CREATE INDEX cards_by_uri ON cards (addressbookid, uri);
  CREATE TABLE principals (id INTEGER PRIMARY KEY, uri TEXT, email TEXT, displayname TEXT, vcardurl TEXT);
  CREATE TABLE groupmembers (id INTEGER PRIMARY KEY, principal_id INTEGER, member_id INTEGER);`;

const program = (file: string) => `<?php
require '/usr/share/php/Sabre/autoload.php';
require '/usr/share/php/Sabre/VObject/includes.php';
class Check extends Sabre\\DAV\\Auth\\Backend\\AbstractBasic {
  protected function validateUserPass($name, $password) {
    return $name === '${peerUser}' && $password === '${peerPassword}';
  }
}
$pdo = new PDO('sqlite:${file}');
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$pdo->exec('PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000');
$principals = new Sabre\\DAVACL\\PrincipalBackend\\PDO($pdo);
$cards = new Sabre\\CardDAV\\Backend\\PDO($pdo);
$server = new Sabre\\DAV\\Server([
  new Sabre\\DAVACL\\PrincipalCollection($principals),
  new Sabre\\CardDAV\\AddressBookRoot($principals, $cards),
]);
$server->setBaseUri('/');
$server->addPlugin(new Sabre\\DAV\\Auth\\Plugin(new Check(), 'bench'));
$server->addPlugin(new Sabre\\CardDAV\\Plugin());
$server->addPlugin(new Sabre\\DAVACL\\Plugin());
$server->exec();
`;
