import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { forgetTestDatabase, openClient, serverUrl, testDatabaseUrl } from '../../../test/kit/testDatabase.ts';
import type { Database, Writer } from '../database.ts';
import { openPostgres } from './postgres.ts';

/** Several programs with one database. */
async function openPrograms(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const url = await testDatabaseUrl(folder);
  const programs = await Promise.all(Array.from({ length: count }, () => openPostgres(url)));
  return {
    url,
    programs,
    async [Symbol.asyncDispose]() {
      await Promise.all(programs.map((program) => program.close()));
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}

const write = (tx: Writer, name: string, value = '') => tx.run(tx.build.insertInto('setting').values({ name, value }));
const names = async ({ build, all }: Pick<Database, 'build' | 'all'>) =>
  (await all(build.selectFrom('setting').select('name').orderBy('name'))).map(({ name }) => name);
const valueOf = async ({ build, first }: Pick<Database, 'build' | 'first'>, name: string) =>
  (await first(build.selectFrom('setting').select('value').where('name', '=', name)))?.value;

test('what many write at the same time is what they would write one after the other', async () => {
  await using world = await openPrograms(3);
  await world.programs[0]!.transaction((tx) => write(tx, 'count', '0'));
  // Reads, then writes what it read and one: nothing but an order of all of them counts to sixty.
  const count = (db: Database) =>
    db.transaction(async (tx) => {
      const value = Number(await valueOf(tx, 'count')) + 1;
      await tx.run(
        tx.build
          .updateTable('setting')
          .set({ value: String(value) })
          .where('name', '=', 'count'),
      );
    });
  await Promise.all(Array.from({ length: 60 }, (_, index) => count(world.programs[index % 3]!)));
  assert.equal(await valueOf(world.programs[1]!, 'count'), '60');
});

test('of two who find a name free at the same time one is done anew, and finds it taken', async () => {
  await using world = await openPrograms(2);
  const answers = await Promise.all(
    world.programs.map((db) =>
      db.transaction(async (tx) => {
        if ((await names(tx)).includes('free')) return 'taken';
        await turn();
        await write(tx, 'free');
        return 'mine';
      }),
    ),
  );
  assert.deepEqual(answers.sort(), ['mine', 'taken']);
});

test('a task that was in the way of others is done anew, also when it made nothing of the error', async () => {
  await using world = await openPrograms(2);
  const [one, other] = world.programs as [Database, Database];
  await one.transaction((tx) => write(tx, 'shared', 'before'));
  let attempts = 0;
  const set = (tx: Writer, value: string) =>
    tx.run(tx.build.updateTable('setting').set({ value }).where('name', '=', 'shared'));
  const failed = await one.transaction(async (tx) => {
    attempts += 1;
    await valueOf(tx, 'shared');
    if (attempts === 1) await other.transaction((beside) => set(beside, 'of the other'));
    // As an operation on many objects, of which one fails.
    return tx
      .nested(() => set(tx, 'mine'))
      .then(
        () => null,
        (error: unknown) => error,
      );
  });
  assert.deepEqual([failed, attempts], [null, 2]);
  assert.equal(await valueOf(other, 'shared'), 'mine');
});

test('a part that fails is undone alone, and the transaction goes on', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  await db.transaction(async (tx) => {
    await write(tx, 'first');
    await assert.rejects(
      tx.nested(async () => {
        await write(tx, 'second');
        await tx.nested(() => write(tx, 'third'));
        await tx.run(sql`SELECT nothing FROM nowhere`.compile(tx.build));
      }),
      /nowhere/u,
    );
    await tx.nested(() => write(tx, 'fourth'));
  });
  assert.deepEqual(await names(db), ['first', 'fourth']);
});

test('a statement that fails outside of a part ends the transaction, whatever the task makes of it', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  const task = db.transaction(async (tx) => {
    await write(tx, 'first');
    await tx.run(sql`SELECT nothing FROM nowhere`.compile(tx.build)).catch(() => undefined);
  });
  await assert.rejects(task, /undone by the database/u);
  assert.deepEqual(await names(db), []);
});

test('what is read with the commit is what the task left, and nobody else', async () => {
  await using world = await openPrograms(2);
  const [one, other] = world.programs as [Database, Database];
  let seen: unknown = null;
  await one.transaction(
    (tx) => write(tx, 'first'),
    async () => {
      await other.transaction((tx) => write(tx, 'second'));
      seen = await names(one);
    },
  );
  assert.deepEqual(seen, ['first']);
  assert.deepEqual(await names(one), ['first', 'second']);
});

test('what somebody reads in a row is one state of the database, until they write themselves', async () => {
  await using world = await openPrograms(2);
  const [one, other] = world.programs as [Database, Database];
  await using holder = await openClient(new URL(world.url).pathname.slice(1));
  await holder.client.query('SELECT pg_advisory_lock(1)');
  await one.reading(async () => {
    const before = await names(one);
    const read = one.all(sql`SELECT pg_advisory_xact_lock(1)`.compile(one.build));
    await other.transaction((tx) => write(tx, 'of the other'));
    const unlocked = holder.client.query('SELECT pg_advisory_unlock(1)');
    // To wait for that, too, would be a pause.
    await read;
    const behind = await names(one);
    await unlocked;
    assert.deepEqual([before, behind], [[], []]);
    await one.transaction((tx) => write(tx, 'mine'));
    assert.deepEqual(await names(one), ['mine', 'of the other']);
  });
});

test('whoever waits for something else while reading keeps no connection', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  const waiting = Promise.withResolvers<void>();
  // More than there are connections.
  const begun = Array.from({ length: 40 }, () => Promise.withResolvers<void>());
  const readers = begun.map((each) =>
    db.reading(async () => {
      await names(db);
      each.resolve();
      await waiting.promise;
      return names(db);
    }),
  );
  // Whoever is still being answered would go on at once, in the same state.
  await Promise.all(begun.map((each) => each.promise));
  await db.reading(() => names(db));
  await db.transaction((tx) => write(tx, 'meanwhile'));
  waiting.resolve();
  for (const seen of await Promise.all(readers)) assert.deepEqual(seen, ['meanwhile']);
});

test('values come out as they went in, and text that is no text of PostgreSQL as the unreadable', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  const data = new Uint8Array([0, 1, 255]);
  const blob = { id: 'b', type: 'x', size: 9_007_199_254_740_991, created_at: 'é', data };
  await db.transaction(async (tx) => {
    await tx.run(tx.build.insertInto('blob').values(blob));
    await write(tx, 'nothing', 'a\0b');
  });
  const row = await db.first(db.build.selectFrom('blob').selectAll());
  assert.deepEqual({ ...row, data: new Uint8Array(row!.data) }, blob);
  assert.equal(await valueOf(db, 'nothing'), 'a\u{fffd}b');
  const found = await db.first(sql<{ is: number }>`SELECT EXISTS (SELECT 1 FROM blob) AS is`.compile(db.build));
  assert.equal(found!.is, 1);
});

test('text is compared by its octets, and by LIKE without regard to the case of ASCII alone', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  await db.transaction(async (tx) => {
    for (const name of ['b', 'B', 'é', 'a', 'É', 'Z', '\u{1f600}', '\u{ffff}']) await write(tx, name);
  });
  assert.deepEqual(await names(db), ['B', 'Z', 'a', 'b', 'É', 'é', '\u{ffff}', '\u{1f600}']);
  const like = sql<{ name: string }>`SELECT name FROM setting WHERE name LIKE ${'b'} OR name LIKE ${'é'} ORDER BY name`;
  assert.deepEqual(
    (await db.all(like.compile(db.build))).map(({ name }) => name),
    ['B', 'b', 'é'],
  );
});

test('programs that start at the same time on an empty database make its tables once', async () => {
  const name = `empty_${process.pid}`;
  await using admin = await openClient('postgres');
  await admin.client.query(`CREATE DATABASE ${name}`);
  const programs = await Promise.all([1, 2, 3].map(() => openPostgres(serverUrl(name))));
  await programs[0]!.transaction((tx) => write(tx, 'one'));
  assert.deepEqual(await Promise.all(programs.map(names)), [['one'], ['one'], ['one']]);
  await Promise.all(programs.map((program) => program.close()));
  await admin.client.query(`DROP DATABASE ${name}`);
});

test('data of a newer version is left alone', async () => {
  await using world = await openPrograms(1);
  await world.programs[0]!.transaction((tx) =>
    tx.run(sql`INSERT INTO migration VALUES ('9999-contract-newer.sql', '')`.compile(tx.build)),
  );
  await assert.rejects(openPostgres(world.url), /written by a newer version of Coterie \(9999-contract-newer\.sql\)/u);
  await world.programs[0]!.transaction((tx) =>
    tx.run(sql`DELETE FROM migration WHERE name = '9999-contract-newer.sql'`.compile(tx.build)),
  );
});

test('a statement that was kept is planned anew when another program has changed the tables, for who reads and who writes', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  await using admin = await openClient(new URL(world.url).pathname.slice(1));
  const all = (tx: Pick<Database, 'build' | 'all'>) =>
    tx.all(sql`SELECT name, value FROM setting WHERE name = ${'a'}`.compile(tx.build));
  const kept = () =>
    db.transaction(async (tx) => {
      for (let round = 0; round < 5; round++) {
        await all(tx);
        // What asks for all columns is not kept: each column that is added would make it fail.
        await tx.all(sql`SELECT * FROM setting WHERE name = ${'a'}`.compile(tx.build));
      }
      return tx.all(
        sql`SELECT name FROM pg_prepared_statements WHERE statement LIKE ${'%FROM setting WHERE name = %'}`.compile(
          tx.build,
        ),
      );
    });
  await db.transaction((tx) => write(tx, 'a'));
  assert.equal((await kept()).length, 1);
  for (let round = 0; round < 5; round++) assert.deepEqual(await all(db), [{ name: 'a', value: '' }]);
  await admin.client.query('ALTER TABLE setting ALTER COLUMN value TYPE varchar COLLATE "C"');
  try {
    assert.deepEqual(await all(db), [{ name: 'a', value: '' }]);
    assert.deepEqual(await db.transaction(all), [{ name: 'a', value: '' }]);
  } finally {
    await admin.client.query('ALTER TABLE setting ALTER COLUMN value TYPE text COLLATE "C"');
  }
});

test('what is told is kept from when it was told, however long ago its transaction began', async () => {
  await using world = await openPrograms(1);
  const [db] = world.programs as [Database];
  const clock = async (reader: Pick<Database, 'build' | 'first'>, words: string) =>
    Number((await reader.first(sql<{ at: number }>`SELECT ${sql.raw(words)} AS at`.compile(reader.build)))?.at);
  const seconds = 'extract(epoch FROM clock_timestamp())::float8';
  const told = await db.transaction(async (tx) => {
    const began = await clock(tx, 'extract(epoch FROM now())::float8');
    let at = await clock(tx, seconds);
    while (at <= began) at = await clock(tx, seconds);
    tx.tell!('{}');
    return at;
  });
  assert.ok((await clock(db, '(SELECT extract(epoch FROM max(at))::float8 FROM commit_news)')) >= told);
});
