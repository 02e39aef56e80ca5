import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { Client } from 'pg';
import { sql } from 'kysely';
import { readTables } from '../../src/db/copy/tables.ts';
import type { Database } from '../../src/db/database.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { seedDemo } from '../../src/demo/seed.ts';
import { forgetTestDatabase, openClient, testDatabaseUrl } from '../kit/testDatabase.ts';
import { openTestWorld } from '../kit/testWorld.ts';

const environment = (data: string) => ({ PATH: process.env['PATH'], COTERIE_DATA: data });

type Ended = { readonly code: unknown; readonly said: string };

/** Runs a program of ours to its end. */
function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) =>
    execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    ),
  );
}

/** Runs « db copy » to its end. */
function copy(data: string, words: readonly string[]): Promise<Ended> {
  return run(['src/commands.ts', 'db', 'copy', ...words], environment(data));
}

let seeded: Promise<string> | undefined;
after(async () => {
  if (seeded) await rm(dirname(await seeded), { recursive: true });
});

/** A file with the demonstration, made once. */
async function seed(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'coterie-test-')), 'coterie.db');
  await using world = await openTestWorld();
  const db = await openSqlite(file, { durable: false });
  await seedDemo({ ...world, db });
  await db.close();
  return file;
}

/** A folder with the demonstration in a file, and an empty database of PostgreSQL. */
async function openPlaces() {
  const root = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const [folder, back] = [join(root, 'source'), join(root, 'back')];
  await mkdir(folder);
  await copyFile(await (seeded ??= seed()), join(folder, 'coterie.db'));
  const url = await testDatabaseUrl(root);
  return {
    folder,
    back,
    url,
    async change(task: (run: (text: string) => Promise<unknown>, db: Database) => Promise<void>) {
      const source = await openSqlite(join(folder, 'coterie.db'), { durable: false });
      const run = (text: string) => source.transaction((tx) => tx.run(sql.raw(text).compile(tx.build)));
      await task(run, source);
      await source.close();
    },
    async [Symbol.asyncDispose]() {
      await using admin = await openClient(basename(url));
      await admin.client.query('DROP TABLE IF EXISTS database_copy');
      await forgetTestDatabase(root);
      await rm(root, { recursive: true });
    },
  };
}

const hashIn = (said: string) => /SHA-256 ([0-9a-f]{64})/u.exec(said)?.[1];

test('the demonstration goes from SQLite to PostgreSQL and back, and is the same; numbers go on', async () => {
  await using places = await openPlaces();
  const { folder, back, url } = places;
  await places.change(async (run) => {
    // A text that PostgreSQL cannot hold, folders that stand before those in which they are, a counter beyond its rows,
    // rows that no key tells apart, and a photo.
    await run(`INSERT INTO setting VALUES ('odd', 'one' || char(0) || 'two')`);
    await run(`INSERT INTO address_book (id, account_id, parent_id, name, name_key, created_at)
      SELECT '0-below', account_id, id, 'below', 'below', created_at FROM address_book WHERE parent_id IS NOT NULL LIMIT 1`);
    await run(`INSERT INTO blob VALUES ('octets', 'image/png', 3, '2026-01-01', x'00ff10')`);
    await run(`INSERT INTO push_creation SELECT id, '2026-01-01' FROM principal, (VALUES (1), (2)) LIMIT 1200`);
    await run(`DELETE FROM sqlite_sequence WHERE name = 'card_version'`);
    await run(`INSERT INTO sqlite_sequence VALUES ('card_version', 5000)`);
  });
  const there = await copy(folder, ['--to', url]);
  assert.equal(there.code, 0, there.said);
  assert.match(there.said, /In 1 rows U\+0000.*\n +setting \["odd"\]/u);
  assert.match(there.said, /secret\.key is not in the database/u);
  assert.ok(hashIn(there.said));
  {
    await using admin = await openClient(basename(url));
    const { client } = admin;
    const { rows } = await client.query(`SELECT nextval(pg_get_serial_sequence('card_version', 'id')) AS next`);
    assert.ok(Number(rows[0]!.next) > 5000);
    const left = await client.query(`SELECT FROM pg_class WHERE relname = 'database_copy'`);
    assert.equal(left.rowCount, 0);
  }
  const home = await copy(folder, ['--from', url, '--to', back]);
  assert.equal(home.code, 0, home.said);
  assert.equal(hashIn(home.said), hashIn(there.said));
  // What is found by parts of names is found in the copy: triggers have filled their tables, once.
  const db = await openSqlite(join(back, 'coterie.db'), { durable: false });
  const counted = await db.first(
    sql<{ people: number; texts: number; counter: number }>`SELECT (SELECT count(*) FROM principal) AS people,
      (SELECT count(*) FROM principal_trigram) AS texts,
      (SELECT seq FROM sqlite_sequence WHERE name = 'card_version') AS counter`.compile(db.build),
  );
  await db.close();
  assert.equal(counted!.texts, counted!.people);
  assert.ok(counted!.counter > 5000);
  // And what is not empty is left alone.
  const again = await copy(folder, ['--to', url]);
  assert.equal(again.code, 1);
  assert.match(again.said, /The target is not empty/u);
});

/** Begins a copy and kills it while it waits for a table that somebody holds. */
async function interrupt(folder: string, url: string, client: Client, table: string): Promise<void> {
  await client.query(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE`);
  const words = ['src/commands.ts', 'db', 'copy', '--to', url];
  const program = spawn(process.execPath, words, { env: environment(folder), stdio: 'ignore' });
  const ended = once(program, 'exit');
  const isWaiting = async () =>
    (await client.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = '${table}'::regclass`)).rowCount! > 0;
  while (!(await isWaiting())) {
    assert.equal(program.exitCode, null, 'it has ended before');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  program.kill('SIGKILL');
  await ended;
  await client.query('ROLLBACK');
}

test('a copy that was killed goes on where it was, and only from the same source; no server starts on it', async () => {
  await using places = await openPlaces();
  const { folder, back, url } = places;
  await using admin = await openClient(basename(url));
  await interrupt(folder, url, admin.client, 'card_record');
  const server = await run(['src/main.ts'], { ...environment(folder), COTERIE_PORT: '0', COTERIE_DATABASE_URL: url });
  assert.equal(server.code, 1);
  assert.match(server.said, /It holds an unfinished copy of .*source\. Run « db copy » again/u);
  const other = await copy(folder, ['--to', back]);
  assert.equal(other.code, 0, other.said);
  const refused = await copy(folder, ['--from', back, '--to', url]);
  assert.equal(refused.code, 1);
  assert.match(refused.said, /unfinished copy of .*source/u);
  const resumed = await copy(folder, ['--to', url]);
  assert.equal(resumed.code, 0, resumed.said);
  assert.match(resumed.said, /Goes on behind the rows of (\w+)/u);
  assert.doesNotMatch(resumed.said, /Copies (?:principal|card|address_book)\./u);
  assert.equal(hashIn(resumed.said), hashIn(other.said));
});

test('a row that is not the same in the copy, is missing there, or is there alone, is named', async () => {
  await using places = await openPlaces();
  await using admin = await openClient(basename(places.url));
  const { client } = admin;
  await interrupt(places.folder, places.url, client, 'share');
  await client.query('CREATE TEMPORARY TABLE kept AS SELECT * FROM credential');
  for (const [damage, sentence, repair] of [
    [
      `UPDATE principal SET name = name || '!' WHERE id = (SELECT min(id) FROM principal)`,
      /principal \["[^"]+"\] is not the same in both/u,
      `UPDATE principal SET name = rtrim(name, '!') WHERE id = (SELECT min(id) FROM principal)`,
    ],
    [
      `DELETE FROM credential WHERE principal_id = (SELECT min(principal_id) FROM credential)`,
      /credential \["[^"]+"\] is missing in the target/u,
      `INSERT INTO credential SELECT * FROM kept ON CONFLICT DO NOTHING`,
    ],
    [
      `INSERT INTO blob VALUES ('extra', 'image/png', 1, '2026-01-01', '\\x00')`,
      /blob \["extra"\] is in the target alone/u,
      `DELETE FROM blob WHERE id = 'extra'`,
    ],
  ] as const) {
    await client.query(damage);
    const { code, said } = await copy(places.folder, ['--to', places.url]);
    assert.equal(code, 1, said);
    assert.match(said, sentence);
    await client.query(repair);
  }
  const repaired = await copy(places.folder, ['--to', places.url]);
  assert.equal(repaired.code, 0, repaired.said);
});

test('no table is forgotten, and none comes before one to which it refers', async () => {
  await using places = await openPlaces();
  await places.change(async (_run, db) => {
    const names = (await readTables(db)).map(({ name }) => name);
    const known = await db.all(
      sql<{ name: string }>`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND name NOT LIKE 'principal_trigram%' AND name <> 'migration'`.compile(db.build),
    );
    assert.deepEqual(names.toSorted(), known.map(({ name }) => name).toSorted());
    const references = await db.all(
      sql<{ one: string; other: string }>`SELECT s.name AS one, f."table" AS other
        FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f WHERE s.type = 'table'`.compile(db.build),
    );
    for (const { one, other } of references) assert.ok(names.indexOf(other) <= names.indexOf(one), `${other}, ${one}`);
  });
});
