import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { freePort } from '../../test/kit/daemon.ts';
import type { FilledCard, StartPeer } from './peer.ts';
import { isInstalled, peerAuthorization, peerPassword, peerUser } from './peer.ts';
import { startPhp } from './php.ts';
import { currentTables, oldTables } from './sabreTables.ts';

/** A version of sabre/dav: where it lies, and what it keeps. */
type Edition = {
  readonly name: string;
  /** The files that load it. */
  readonly autoload: readonly string[];
  readonly tables: string;
  /** The column by which a folder counts its changes. */
  readonly counter: 'ctag' | 'synctoken';
  readonly plugins: readonly string[];
  /** What stands in a row of a card beside its folder. */
  rowOf(card: FilledCard): Readonly<Record<string, string | number>>;
};

const now = () => Math.floor(Date.now() / 1000);
const usualPlugins = ['CardDAV\\Plugin', 'DAVACL\\Plugin'];

/** That of Debian, which knows no `sync-collection`. */
const old: Edition = {
  name: 'sabre/dav 1.8',
  autoload: ['/usr/share/php/Sabre/autoload.php', '/usr/share/php/Sabre/VObject/includes.php'],
  tables: oldTables,
  counter: 'ctag',
  plugins: usualPlugins,
  rowOf: ({ name, vcard }) => ({ carddata: vcard, uri: name, lastmodified: now() }),
};

/** A current one, where somebody has installed it: a folder in which composer has put it under `vendor`. */
const current = (place: string): Edition => ({
  name: 'sabre/dav 4',
  autoload: [join(place, 'vendor/autoload.php')],
  tables: currentTables,
  counter: 'synctoken',
  plugins: [...usualPlugins, 'DAV\\Sync\\Plugin'],
  rowOf: ({ name, vcard }) => ({
    carddata: vcard,
    uri: name,
    lastmodified: now(),
    etag: hash('md5', vcard),
    size: Buffer.byteLength(vcard),
  }),
});

/** sabre/dav of Debian behind nginx and php-fpm. */
export const startSabre: StartPeer = (folder) => start(folder, old);

/** A current sabre/dav, likewise. */
export const startCurrentSabre =
  (place: string): StartPeer =>
  (folder) =>
    start(folder, current(place));

/** On SQLite in WAL with `synchronous=FULL`, as ours. */
const start = async (folder: string, edition: Edition): ReturnType<StartPeer> => {
  if (!isInstalled(...edition.autoload, '/usr/sbin/php-fpm8.2', '/usr/sbin/nginx')) return null;
  const file = join(folder, 'db.sqlite');
  const database = new SqliteDatabase(file);
  database.pragma('journal_mode = WAL');
  database.exec(edition.tables);
  database
    .prepare('INSERT INTO principals (uri, email, displayname) VALUES (?, ?, ?)')
    .run(`principals/${peerUser}`, 'ada@demo.example', 'Ada');
  database
    .prepare(`INSERT INTO addressbooks (principaluri, displayname, uri, ${edition.counter}) VALUES (?, ?, ?, 1)`)
    .run(`principals/${peerUser}`, 'Contacts', 'contacts');
  database.close();
  mkdirSync(join(folder, 'web'));
  writeFileSync(join(folder, 'web', 'server.php'), program(file, edition));
  const port = await freePort();
  const php = await startPhp(folder, port, join(folder, 'web', 'server.php'));
  return {
    name: edition.name,
    host: { host: '127.0.0.1', port, authorization: peerAuthorization },
    root: `/principals/${peerUser}/`,
    book: `/addressbooks/${peerUser}/contacts/`,
    fill: async (cards) => fill(file, cards.map(edition.rowOf)),
    ...php,
  };
};

function fill(file: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  const database = new SqliteDatabase(file);
  const columns = Object.keys(rows[0] ?? {});
  const insert = database.prepare(
    `INSERT INTO cards (addressbookid, ${columns.join(', ')}) VALUES (1, ${columns.map((name) => `@${name}`).join(', ')})`,
  );
  database.transaction(() => {
    for (const row of rows) insert.run(row);
  })();
  database.close();
}

const program = (file: string, { autoload, plugins }: Edition) => `<?php
${autoload.map((each) => `require '${each}';`).join('\n')}
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
${plugins.map((name) => `$server->addPlugin(new Sabre\\${name}());`).join('\n')}
$server->exec();
`;
