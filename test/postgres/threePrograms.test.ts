import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '../../e2e/kit/server.ts';
import { createPerson } from '../../src/core/principal/createPerson.ts';
import { create, destroy, list, update } from '../kit/calls.ts';
import { followChanges } from '../kit/followChanges.ts';
import { createClient } from '../kit/person.ts';
import type { Person } from '../kit/person.ts';
import { forgetTestDatabase, openTestDatabase, testDatabaseUrl } from '../kit/testDatabase.ts';
import { openTestWorld } from '../kit/testWorld.ts';
import { cheapPassword } from '../kit/world.ts';

const ada = { name: 'Ada', email: 'ada@demo.example', password: 'password of Ada' };

/** Three programs, each a process of its own, with one database and one `secret.key`; and Ada at each of them. */
async function openThree() {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const url = await testDatabaseUrl(folder);
  const db = await openTestDatabase(folder);
  await using world = await openTestWorld();
  const { id } = await createPerson({ ...world, db }, { ...ada, passwordCost: cheapPassword });
  const servers: Awaited<ReturnType<typeof startServer>>[] = [];
  const adas: Person[] = [];
  for (let index = 0; index < 3; index++) {
    const server = await startServer(folder, { COTERIE_DATABASE_URL: url, COTERIE_DEMO: 'off' });
    const person = createClient(server.url, { ...ada, id });
    await person.signIn();
    servers.push(server);
    adas.push(person);
  }
  return {
    db,
    id,
    servers,
    adas,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.kill()));
      await db.close();
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}

const rounds = 6;

/** Makes contacts until the program is gone; what was acknowledged of them, by their ids. */
async function makeUntilLost(person: Person, bookId: string, made: Map<string, string>, enough: () => void) {
  for (let round = 0; ; round++) {
    const name = `Lost ${round}`;
    try {
      const card = { addressBookIds: { [bookId]: true }, name: { full: name } };
      made.set(await create(person, 'ContactCard', card), name);
    } catch (error) {
      // Of fetch: the connection was lost. What is said of a contact that is not made is a fault.
      assert.ok(error instanceof TypeError, String(error));
      return;
    }
    if (made.size === rounds) enough();
  }
}

test('one of three programs is killed while all write an account: what it acknowledged stays, the others go on, and who pages through the changes misses nothing', async () => {
  await using world = await openThree();
  const { adas, servers, db } = world;
  const [first, ...others] = adas as [Person, Person, Person];
  const bookId = await create(first, 'AddressBook', { name: 'All' });
  let state: string = (await first.call('ContactCard/get', { ids: [] }))['state']!;
  const [known, acknowledged] = [new Map<string, string>(), new Map<string, string>()];
  const kept = new Map<string, string>();
  const enough = Promise.withResolvers<void>();
  const killed = enough.promise.then(() => servers[0]!.kill());
  let isKilled = false;
  void killed.then(() => (isKilled = true));

  /** Makes, changes and deletes, also for a while after the other is gone. */
  async function work(person: Person, name: string): Promise<void> {
    for (let [round, after] = [0, 0]; after < rounds; round++) {
      if (isKilled) after += 1;
      const id = await create(person, 'ContactCard', { addressBookIds: { [bookId]: true }, name: { full: name } });
      await update(person, 'ContactCard', id, { 'name/full': `${name} ${round}` });
      if (round % 3 === 0) await destroy(person, 'ContactCard', id);
      else kept.set(id, `${name} ${round}`);
    }
  }

  let isOver = false;
  const working = Promise.all([
    makeUntilLost(first, bookId, acknowledged, enough.resolve),
    ...others.map((person, index) => work(person, `Kept ${index}`)),
  ]).finally(() => (isOver = true));
  for (let round = 0; !isOver; round++) state = await followChanges(others[round % 2]!, known, state);
  await working;
  await killed;
  await followChanges(others[0]!, known, state);

  const there = new Map<string, string>(
    (await list(others[1]!, 'ContactCard')).map((card) => [card['id']!, card['name']!['full']!] as const),
  );
  assert.deepEqual([...known].sort(), [...there].sort());
  for (const [id, name] of [...kept, ...acknowledged]) assert.equal(there.get(id), name);
  // What the one that was killed had committed without saying so any more: one contact at most.
  assert.ok(there.size - kept.size - acknowledged.size <= 1);
  const log = await db.all(
    db.build.selectFrom('change').select('seq').where('account_id', '=', world.id).orderBy('seq'),
  );
  assert.deepEqual(
    log.map(({ seq }) => seq),
    Array.from(log, (_, index) => index + 1),
  );
});
