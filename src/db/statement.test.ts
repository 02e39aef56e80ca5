import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestWorld } from '../../test/kit/testWorld.ts';
import { statement } from './statement.ts';

let built = 0;
const namesAmong = statement((build, value: { names: readonly string[]; most: number }) => {
  built += 1;
  return build.selectFrom('setting').select('name').where('name', 'in', value.names).orderBy('name').limit(value.most);
});
const insertSettings = statement((build, value: { rows: readonly { name: string; value: string }[] }) =>
  build.insertInto('setting').values(value.rows),
);
const octets = statement((build, value: { data: Uint8Array }) =>
  sql<{ size: number }>`SELECT length(${value.data}) AS size`.compile(build),
);

test('a statement is built once for each length of its lists and runs with the values of each call', async () => {
  await using world = await openTestWorld();
  const { db } = world;
  const rows = ['a', 'b', 'c'].map((name) => ({ name, value: `of ${name}` }));
  await db.transaction((tx) => tx.run(insertSettings(tx, { rows })));
  const found = async (names: readonly string[], most = 9) =>
    (await db.all(namesAmong(db, { names, most }))).map(({ name }) => name);
  assert.deepEqual(await found(['a', 'b']), ['a', 'b']);
  assert.deepEqual(await found(['c', 'x']), ['c']);
  assert.deepEqual(await found(['b', 'c'], 1), ['b']);
  assert.equal(built, 1);
  assert.deepEqual(await found(['a', 'b', 'c']), ['a', 'b', 'c']);
  assert.equal(built, 2);
});

test('binary data is a value, not a list', async () => {
  await using world = await openTestWorld();
  assert.deepEqual(await world.db.first(octets(world.db, { data: new Uint8Array(5) })), { size: 5 });
});
