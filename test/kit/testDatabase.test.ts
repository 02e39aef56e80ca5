import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { createPerson } from '../../src/core/principal/createPerson.ts';
import { appliedMigrations } from '../../src/db/appliedMigrations.ts';
import { migrationNames } from '../../src/db/migrate.ts';
import { openTestWorld } from './testWorld.ts';
import type { TestWorld } from './testWorld.ts';

const namesIn = async ({ db }: TestWorld) => {
  const people = db.build.selectFrom('principal').select('name').where('email', 'is not', null).orderBy('name');
  return (await db.all<{ name: string }>(people)).map(({ name }) => name);
};

test('worlds that are open at the same time have nothing in common', async () => {
  const worlds = await Promise.all([openTestWorld(), openTestWorld(), openTestWorld()]);
  try {
    for (const [index, world] of worlds.entries())
      await createPerson(world, { name: `Ada ${index}`, email: 'ada@demo.example' });
    await using late = await openTestWorld();
    assert.deepEqual(await Promise.all(worlds.map(namesIn)), [['Ada 0'], ['Ada 1'], ['Ada 2']]);
    assert.deepEqual(await namesIn(late), []);
  } finally {
    for (const world of worlds) await world[Symbol.asyncDispose]();
  }
});

test('what is closed answers whoever asked before, and nobody after; the next world begins empty', async () => {
  const world = await openTestWorld();
  await createPerson(world, { name: 'Ada', email: 'ada@demo.example' });
  const underWay = namesIn(world);
  await world[Symbol.asyncDispose]();
  assert.deepEqual(await underWay, ['Ada']);
  await assert.rejects(namesIn(world));
  await using next = await openTestWorld();
  assert.deepEqual(await namesIn(next), []);
  await createPerson(next, { name: 'Ben', email: 'ben@demo.example' });
  assert.deepEqual(await namesIn(next), ['Ben']);
});

test('what a newer version would have added to a world is not in the next one', async () => {
  {
    await using world = await openTestWorld();
    const added = sql`INSERT INTO migration VALUES ('9999-to-come.sql', '2026-01-01')`;
    await world.db.transaction((tx) => tx.run(added.compile(tx.build)));
  }
  await using next = await openTestWorld();
  assert.deepEqual(await appliedMigrations(next.db), await migrationNames());
});
