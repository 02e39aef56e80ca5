import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { openTestWorld } from '../../test/kit/testWorld.ts';
import type { Writer } from './database.ts';
import { openSqlite } from './sqlite.ts';

const write = (tx: Writer, name: string) => tx.run(tx.build.insertInto('setting').values({ name, value: '' }));

test('when the database undoes a transaction in the middle, nothing that follows is written either', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  const names = async () => (await db.all(db.build.selectFrom('setting').select('name'))).map(({ name }) => name);
  const task = db.transaction(async (tx) => {
    await write(tx, 'before');
    // What SQLite does by itself when the disk is full.
    const failing = tx.nested(() =>
      tx.run(sql`ROLLBACK`.compile(tx.build)).then(() => Promise.reject(new Error('full'))),
    );
    await assert.rejects(failing, /full/u);
    // An operation on many objects goes on with the next one.
    await assert.rejects(tx.nested(() => write(tx, 'next')));
    await assert.rejects(write(tx, 'single'));
  });
  await assert.rejects(task, /undone by the database/u);
  assert.deepEqual(await names(), []);
  await db.transaction((tx) => tx.nested(() => write(tx, 'afterwards')));
  assert.deepEqual(await names(), ['afterwards']);
});

test('what is read behind a commit is what that task left, whoever waits to write', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  let seen: unknown[] = [];
  const first = db.transaction(
    (tx) => write(tx, 'first'),
    async () => {
      for (let step = 0; step < 50; step++) await Promise.resolve();
      seen = (await db.all(db.build.selectFrom('setting').select('name'))).map(({ name }) => name);
    },
  );
  const second = db.transaction((tx) => write(tx, 'second'));
  await Promise.all([first, second]);
  assert.deepEqual(seen, ['first']);
});

test('what is asked aside sees what is committed, keeps nobody waiting, and tells its errors to whoever asked', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  await db.transaction((tx) => write(tx, 'first'));
  const named = (name: string) => db.aside(db.build.selectFrom('setting').select('name').where('name', '=', name));
  assert.deepEqual(await named('first'), { name: 'first' });
  assert.equal(await named('second'), undefined);
  await db.transaction(async (tx) => {
    await write(tx, 'second');
    assert.equal(await named('second'), undefined);
  });
  assert.deepEqual(await named('second'), { name: 'second' });
  await assert.rejects(db.aside(sql`SELECT name FROM nowhere`.compile(db.build)), /nowhere/u);
  const slow = sql<{
    count: number;
  }>`WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 3000000)
    SELECT count(*) AS count FROM number`;
  let turns = 0;
  const count = setInterval(() => (turns += 1), 1);
  assert.deepEqual(await db.aside(slow.compile(db.build)), { count: 3_000_000 });
  clearInterval(count);
  assert.ok(turns > 5, String(turns));
  const [one, other] = await Promise.all([named('first'), named('second')]);
  assert.deepEqual([one, other], [{ name: 'first' }, { name: 'second' }]);
});

test('who waits for the thread when the database is closed is told so', async () => {
  const world = await openTestWorld();
  const slow = sql`WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 9000000)
    SELECT max(n) FROM number`;
  const waiting = assert.rejects(world.db.aside(slow.compile(world.db.build)), /has ended/u);
  await world[Symbol.asyncDispose]();
  await waiting;
});

test('the thread does not take over what the program was started with', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const forMain = `import { isMainThread } from 'node:worker_threads'; if (!isMainThread) throw new Error('not for threads')`;
  const program = `
    const { openSqlite } = await import(${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)});
    const db = await openSqlite(${JSON.stringify(join(folder, 'a.db'))}, { durable: false });
    console.log(await db.aside({ compile: () => ({ sql: 'SELECT 7 AS seven', parameters: [] }) }));
    await db.close();`;
  const words = [
    '--import',
    `data:text/javascript,${encodeURIComponent(forMain)}`,
    '--input-type=module',
    '-e',
    program,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  assert.match(stdout, /seven: 7/u);
  await rm(folder, { recursive: true });
});

test('transactions of one moment are committed together; each keeps or loses what is its own, and nobody sees them before', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  const names = async () => (await db.all(db.build.selectFrom('setting').select('name'))).map(({ name }) => name);
  let seen: unknown = null;
  const [first, second, third] = await Promise.allSettled([
    db.transaction((tx) => write(tx, 'first')),
    db.transaction(async (tx) => {
      await write(tx, 'second');
      throw new Error('changed my mind');
    }),
    db.transaction(async (tx) => {
      await write(tx, 'third');
      seen = await names();
    }),
  ]);
  assert.deepEqual([first.status, second.status, third.status], ['fulfilled', 'rejected', 'fulfilled']);
  assert.deepEqual(seen, []);
  assert.deepEqual(await names(), ['first', 'third']);
});

test('whoever fails first takes nothing of those with them who come at the same moment', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  const both = await Promise.allSettled([
    db.transaction(async (tx) => {
      await write(tx, 'first');
      await tx.nested(() => write(tx, 'its part'));
      throw new Error('changed my mind');
    }),
    db.transaction((tx) => write(tx, 'second')),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.deepEqual(await db.all(db.build.selectFrom('setting').select('name')), [{ name: 'second' }]);
});

test('when the database undoes what was to be committed together, everybody in it is told', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  const both = await Promise.allSettled([
    db.transaction((tx) => write(tx, 'first')),
    db.transaction((tx) => tx.run(sql`ROLLBACK`.compile(tx.build))),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(await db.all(db.build.selectFrom('setting').select('name')), []);
  await db.transaction((tx) => write(tx, 'afterwards'));
});

test('the version of tables changes when something is written to them, by this program or another, and else stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const open = () => openSqlite(join(folder, 'a.db'), { durable: false });
  const [db, other] = [await open(), await open()];
  const version = () => db.versionOf(['setting']);
  const first = version();
  assert.notEqual(first, null);
  await db.transaction((tx) => tx.run(sql`DELETE FROM session`.compile(tx.build)));
  assert.equal(version(), first);
  await db.transaction(async (tx) => {
    await write(tx, 'ours');
    // Everybody else still reads what was there before.
    assert.equal(version(), first);
  });
  const second = version();
  assert.notEqual(second, first);
  await other.transaction((tx) => write(tx, 'theirs'));
  // What is read in one turn of the event loop is one state.
  await new Promise((resolve) => setImmediate(resolve));
  assert.notEqual(version(), second);
  await Promise.all([db.close(), other.close()]);
  await rm(folder, { recursive: true });
});

test('the log is copied into the file beside those who write, and begins anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const file = join(folder, 'a.db');
  const db = await openSqlite(file, { durable: false, logPages: 200 });
  const value = 'x'.repeat(20_000);
  const save = (number: number) => db.transaction((tx) => tx.run(setting(tx, `n${number}`, value)));
  // Fifty times six pages, for which the log grows unless it has begun anew.
  for (let [before, now] = [0, 1]; now > before; [before, now] = [now, (await stat(`${file}-wal`)).size])
    for (let number = 0; number < 50; number++) await save(number);
  await db.close();
  const again = await openSqlite(file);
  const rows = await again.all(again.build.selectFrom('setting').select('value').where('name', 'like', 'n%'));
  assert.deepEqual(
    rows.map((row) => row.value === value),
    Array.from({ length: 50 }, () => true),
  );
  await again.close();
  await rm(folder, { recursive: true });
});

const setting = (tx: Writer, name: string, value: string) =>
  tx.build
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }));
