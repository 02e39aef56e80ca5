import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { placeOf } from '../../../src/commands/places.ts';
import { readTables } from '../../../src/db/copy/tables.ts';
import type { Database } from '../../../src/db/database.ts';
import { openBackupPlaces } from '../../kit/backupPlaces.ts';
import type { BackupPlaces } from '../../kit/backupPlaces.ts';
import { create } from '../../kit/calls.ts';
import { isPostgres } from '../../kit/testDatabase.ts';
import { createTestApp } from '../../kit/world.ts';

/** How many rows each table has. */
async function countAll(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of await readTables(db)) {
    const counted = await db.first(
      sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(name)}`.compile(db.build),
    );
    counts[name] = counted!.rows;
  }
  return counts;
}

async function runSql(places: BackupPlaces, place: string, ...texts: readonly string[]): Promise<void> {
  const db = await places.open(place);
  await db.transaction(async (tx) => {
    for (const text of texts) await tx.run(sql.raw(text).compile(tx.build));
  });
  await db.close();
}

/** Ada's contacts in the source, and octets that no compression makes fewer: what is cut off has begun then. */
async function fill(places: BackupPlaces, cards: number): Promise<void> {
  await using app = await createTestApp({ folder: places.folder });
  for (let number = 0; number < cards; number++)
    await create(app.ada, 'ContactCard', { name: { full: `Contact ${number}` } });
  const data = randomBytes(600_000);
  const blob = { id: 'random', type: 'image/png', size: data.length, created_at: '2026-01-01', data };
  await app.world.db.transaction((tx) => tx.run(tx.build.insertInto('blob').values(blob)));
}

test('a backup taken while people save is one state, with all that was saved before, and holds up nobody', async () => {
  await using places = await openBackupPlaces();
  const file = join(places.root, 'backup');
  const [before, after]: [string[], string[]] = [[], []];
  {
    await using app = await createTestApp({ folder: places.folder });
    const save = async (into: string[]) => {
      into.push(await create(app.ada, 'ContactCard', { name: { full: `Contact ${into.length}` } }));
    };
    for (let number = 0; number < 10; number++) await save(before);
    const backup = places.start(['src/commands.ts', 'backup', '--from', places.source, '--to', file]);
    let isOver = false;
    const ended = backup.ended.finally(() => (isOver = true));
    while (!isOver) await save(after);
    const { code, said } = await ended;
    assert.equal(code, 0, said);
    assert.ok(after.length > 0);
  }
  const target = await places.target();
  const restored = await places.run('restore', '--from', file, '--to', target);
  assert.equal(restored.code, 0, restored.said);
  const db = await places.open(target);
  const there = new Set((await db.all(db.build.selectFrom('card').select('id'))).map(({ id }) => id));
  assert.deepEqual(
    before.filter((id) => !there.has(id)),
    [],
  );
  // One state: the folder counts what is in it, and the account has numbered each change.
  const counted = await db.first(
    sql<{ counted: number; seq: number; last: number }>`SELECT (SELECT sum(card_count) FROM address_book) AS counted,
      (SELECT max(last) FROM lost_number WHERE log <> 'directory') AS seq, (SELECT max(seq) FROM change) AS last`.compile(
      db.build,
    ),
  );
  assert.deepEqual(counted, { counted: there.size, seq: counted!.last, last: counted!.last });
  await db.close();
});

test('a backup is restored with all its rows, numbers go on, and the server finds what was there', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 3);
  await runSql(
    places,
    places.source,
    `INSERT INTO card_version (id, card_id, account_id, book_id, at, way, action, name)
      VALUES (5000, 'gone', 'gone', 'gone', '2026-01-01T00:00:00.000Z', 'web', 'deleted', 'Gone')`,
    `DELETE FROM card_version WHERE id = 5000`,
    `INSERT INTO blob VALUES ('octets', 'image/png', 3, '2026-01-01', ${isPostgres ? `'\\x00ff10'` : `x'00ff10'`})`,
    ...(isPostgres ? [`SELECT setval(pg_get_serial_sequence('card_version', 'id'), 5000)`] : []),
  );
  const target = await places.target();
  const { code, said } = await places.run('backup', '--from', places.source, '--to', places.root);
  assert.equal(code, 0, said);
  assert.match(said, /not encrypted.*\nsecret\.key is not in it: keep a copy/u);
  const name = (await readdir(places.root)).find((each) => /^coterie-\d{8}T\d{6}Z\.jsonl\.zst$/u.test(each));
  assert.ok(name, said);
  assert.equal((await stat(join(places.root, name))).mode & 0o777, 0o600);
  const checked = await places.run('backup', 'check', '--from', join(places.root, name));
  assert.match(checked.said, /^The backup is whole: .* rows in \d+ tables, without secret\.key/u);
  const restored = await places.run('restore', '--from', join(places.root, name), '--to', target);
  assert.equal(restored.code, 0, restored.said);
  assert.match(restored.said, /put your copy of it to .*secret\.key/u);
  const [one, other] = [await places.open(places.source), await places.open(target)];
  // What was lost is remembered, of three accounts and of the directory.
  assert.deepEqual(await countAll(other), { ...(await countAll(one)), lost_number: 4 });
  const octets = await other.first(other.build.selectFrom('blob').select('data').where('id', '=', 'octets'));
  assert.deepEqual(new Uint8Array(octets!.data), new Uint8Array([0, 255, 16]));
  await other.transaction((tx) =>
    tx.run(
      sql`INSERT INTO card_version (card_id, account_id, book_id, at, way, action, name)
        VALUES ('new', 'new', 'new', '2026-01-01T00:00:00.000Z', 'web', 'deleted', 'New')`.compile(tx.build),
    ),
  );
  const next = await other.first(other.build.selectFrom('card_version').select('id').where('card_id', '=', 'new'));
  assert.ok(next!.id > 5000);
  await Promise.all([one.close(), other.close()]);
  // What is not empty is left alone.
  const again = await places.run('restore', '--from', join(places.root, name), '--to', target);
  assert.equal(again.code, 1);
  assert.match(again.said, /There is something in the database already/u);
});

test('an encrypted backup holds secret.key, and is read with its secret key and with no other', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 1);
  const secret = Buffer.alloc(32, 5).toString('base64url');
  const beside = isPostgres ? places.root : places.folder;
  await places.file(join(isPostgres ? '' : basename(beside), 'secret.key'), `${secret}\n`);
  const pair = await places.run('backup', 'key');
  const [, recipient] = /public key: (age1\S+)/u.exec(pair.said)!;
  const [keys, recipients] = [await places.file('keys', pair.said), await places.file('recipients', `${recipient}\n`)];
  const other = await places.file('other', (await places.run('backup', 'key')).said);
  const file = join(places.root, 'backup.age');
  const refused = await places.run('backup', '--from', places.source, '--to', file, '--recipients-file', keys);
  assert.match(refused.said, /holds a secret key\. That stays elsewhere/u);
  const made = await places.run('backup', '--from', places.source, '--to', file, '--recipients-file', recipients);
  assert.equal(made.code, 0, made.said);
  assert.ok(!(await readFile(file)).includes('Contact'));
  const target = await places.target('sqlite');
  for (const [words, sentence] of [
    [[], /The backup is encrypted: name its --key-file/u],
    [['--key-file', other], /cannot be decrypted: it has another key/u],
  ] as const) {
    const { code, said } = await places.run('restore', '--from', file, '--to', target, ...words);
    assert.equal(code, 1);
    assert.match(said, sentence);
  }
  const restored = await places.run('restore', '--from', file, '--to', target, '--key-file', keys);
  assert.equal(restored.code, 0, restored.said);
  assert.equal((await readFile(join(target, 'secret.key'), 'utf8')).trim(), secret);
  assert.equal((await stat(join(target, 'secret.key'))).mode & 0o777, 0o600);
});

test('a passphrase comes from a file, and a backup with one goes through a pipe', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 1);
  const [short, long] = [
    await places.file('short', 'short\n'),
    await places.file('long', 'a long enough passphrase\n'),
  ];
  const weak = await places.run('backup', '--from', places.source, '--to', '-', '--passphrase-file', short);
  assert.match(weak.said, /12 characters at least/u);
  const backup = places.start([
    'src/commands.ts',
    'backup',
    '--from',
    places.source,
    '--to',
    '-',
    '--passphrase-file',
    long,
  ]);
  const check = places.start(['src/commands.ts', 'backup', 'check', '--from', '-', '--passphrase-file', long]);
  backup.output.pipe(check.input);
  assert.equal((await backup.ended).code, 0);
  assert.match((await check.ended).said, /^The backup is whole/mu);
});

test('what is cut off, changed, or no backup is refused, and no server starts on what came of it', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 3);
  const file = join(places.root, 'backup');
  assert.equal((await places.run('backup', '--from', places.source, '--to', file)).code, 0);
  const octets = await readFile(file);
  const changed = Buffer.from(octets);
  changed[octets.length >> 1]! ^= 0xff;
  const cut = await places.file('cut', octets.subarray(0, -200));
  for (const [damaged, sentence] of [
    [cut, /is cut off or damaged/u],
    [await places.file('changed', changed), /is cut off or damaged/u],
    [await places.file('text', 'some text'), /This is no backup/u],
  ] as const) {
    const { code, said } = await places.run('backup', 'check', '--from', damaged);
    assert.equal(code, 1);
    assert.match(said, sentence);
  }
  const target = await places.target();
  const restored = await places.run('restore', '--from', cut, '--to', target);
  assert.equal(restored.code, 1, restored.said);
  assert.match(restored.said, /is cut off or damaged/u);
  const served = await places.serve(target);
  assert.equal(served.code, 1);
  assert.match(served.said, /the backup of .*, which was not restored to its end\. Empty it/u);
});

test('a restore that is killed leaves a database on which no server and no command starts', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 3);
  const file = join(places.root, 'backup');
  assert.equal((await places.run('backup', '--from', places.source, '--to', file)).code, 0);
  const [octets, target] = [await readFile(file), await places.target()];
  const restore = places.start(['src/commands.ts', 'restore', '--from', '-', '--to', target]);
  // It waits for the end, which does not come.
  restore.input.write(octets.subarray(0, -100));
  await restore.hasSaid('Restores ');
  restore.kill();
  await restore.ended;
  const served = await places.serve(target);
  assert.equal(served.code, 1);
  assert.match(served.said, /which was not restored to its end/u);
  const { url, folder } = placeOf(target);
  const command = places.start(
    ['src/commands.ts', 'user', 'list'],
    url === null ? { COTERIE_DATA: folder } : { COTERIE_DATABASE_URL: url },
  );
  assert.match((await command.ended).said, /which was not restored to its end/u);
});

test('a backup that is killed leaves no file of its name, and the one before stays', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 1);
  const file = await places.file('backup', 'the one before');
  // Killed at the last moment, when all has been written and nothing has its name yet.
  const hook = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
    fs.promises.rename = () => process.kill(process.pid, 'SIGKILL'); syncBuiltinESMExports();`;
  const imports = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`];
  const words = ['src/commands.ts', 'backup', '--from', places.source, '--to', file];
  const killed = await places.start([...imports, ...words]).ended;
  assert.equal(killed.code, null);
  assert.equal(await readFile(file, 'utf8'), 'the one before');
  assert.equal((await readdir(places.root)).filter((name) => name.endsWith('.part')).length, 1);
});

test('a backup of a newer version is refused with the name of what is not known', async () => {
  await using places = await openBackupPlaces();
  await fill(places, 1);
  await runSql(places, places.source, `INSERT INTO migration VALUES ('9999-to-come.sql', '2026-01-01')`);
  const file = join(places.root, 'backup');
  const made = await places.run('backup', '--from', places.source, '--to', file);
  assert.equal(made.code, 0, made.said);
  const { code, said } = await places.run('restore', '--from', file, '--to', await places.target());
  assert.equal(code, 1);
  assert.match(said, /newer version of Coterie \(9999-to-come\.sql\): restore it with that version/u);
});
