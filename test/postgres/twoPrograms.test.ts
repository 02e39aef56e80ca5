import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { create, destroy, list, update } from '../kit/calls.ts';
import { followChanges } from '../kit/followChanges.ts';
import { createClient } from '../kit/person.ts';
import type { Person } from '../kit/person.ts';
import { forgetTestDatabase } from '../kit/testDatabase.ts';
import { createTestApp } from '../kit/world.ts';

/** Two programs with one database, and Ada at both of them. */
async function openTwo() {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const one = await createTestApp({ folder });
  const other = await createTestApp({ folder, empty: true });
  const ada = createClient(other.url, one.ada);
  await ada.signIn();
  return {
    one,
    other,
    adas: [one.ada, ada] as const,
    async [Symbol.asyncDispose]() {
      await one.close();
      await other.close();
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}

const [writers, rounds] = [4, 12];

/** Makes, changes and deletes contacts, and keeps some. */
async function work(person: Person, bookId: string, name: string): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const card = { addressBookIds: { [bookId]: true }, name: { full: `${name} ${round}` } };
    const id = await create(person, 'ContactCard', card);
    await update(person, 'ContactCard', id, { 'name/full': `${name} ${round}, once more` });
    if (round % 3 === 0) await destroy(person, 'ContactCard', id);
  }
}

test('whoever pages through the changes while two programs write the same account misses none', async () => {
  await using world = await openTwo();
  const [{ adas }, known] = [world, new Map<string, string>()];
  const bookId = await create(adas[0], 'AddressBook', { name: 'Both' });
  let state: string = (await adas[0].call('ContactCard/get', { ids: [] }))['state']!;
  let isOver = false;
  const working = Promise.all(
    Array.from({ length: writers }, (_, index) => work(adas[index % 2]!, bookId, `Writer ${index}`)),
  ).finally(() => (isOver = true));
  for (let round = 0; !isOver; round++) state = await followChanges(adas[round % 2]!, known, state);
  await working;
  await followChanges(adas[1], known, state);
  const there = await list(adas[0], 'ContactCard');
  assert.equal(there.length, writers * rounds * (2 / 3));
  assert.deepEqual([...known].sort(), there.map((card) => [card['id']!, card['name']!['full']!]).sort());
  assert.deepEqual([world.one.faults, world.other.faults], [[], []]);
});

test('the numbers of an account are given once, without a gap, whoever writes where', async () => {
  await using world = await openTwo();
  const bookIds = await Promise.all(
    world.adas.map((ada, index) => create(ada, 'AddressBook', { name: `Book ${index}` })),
  );
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      create(world.adas[index % 2]!, 'ContactCard', { addressBookIds: { [bookIds[index % 3 ? 0 : 1]!]: true } }),
    ),
  );
  const { db } = world.one.world;
  const log = await db.all(
    db.build.selectFrom('change').select('seq').where('account_id', '=', world.one.ada.id).orderBy('seq'),
  );
  assert.deepEqual(
    log.map(({ seq }) => seq),
    Array.from(log, (_, index) => index + 1),
  );
  const books = await list(world.adas[0], 'AddressBook', { ids: bookIds });
  assert.equal(books.length, 2);
  const counts = await db.all(db.build.selectFrom('address_book').select('card_count').where('id', 'in', bookIds));
  assert.equal(
    counts.reduce((sum, row) => sum + row.card_count, 0),
    12,
  );
});

test('a right that one program takes away is gone at the other with the next request', async () => {
  await using world = await openTwo();
  const { one, other, adas } = world;
  const bookId = await create(adas[0], 'AddressBook', { name: 'Shared' });
  const ben = createClient(other.url, one.ben);
  await ben.signIn();
  const mayAsk = async () => (await ben.call('ContactCard/query', { accountId: one.ada.id }))['ids'] !== undefined;
  assert.equal(await mayAsk(), false);
  await update(adas[0], 'AddressBook', bookId, { shareWith: { [one.ben.id]: { mayRead: true } } });
  assert.equal(await mayAsk(), true);
  await update(adas[1], 'AddressBook', bookId, { shareWith: null });
  assert.equal(await mayAsk(), false);
});
