import assert from 'node:assert/strict';
import { test } from 'node:test';
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
const insertPart = statement((build, value: { data: Uint8Array }) =>
  build.insertInto('blob_part').values({ blob_id: 'b', part: 0, written_at: '', data: value.data }),
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
  const { db } = world;
  await db.transaction((tx) => tx.run(insertPart(tx, { data: new Uint8Array([0, 255]) })));
  const row = await db.first(db.build.selectFrom('blob_part').select('data'));
  assert.deepEqual(new Uint8Array(row!.data), new Uint8Array([0, 255]));
});
