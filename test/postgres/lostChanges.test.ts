/** PostgreSQL goes back to an earlier state without a backup of Coterie's own being restored: nobody misses a change for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { restored } from '../../src/commands/restoredCommand.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { createLog } from '../../src/lib/log.ts';
import { card, folder, list, update } from '../kit/calls.ts';
import { assertSame, davCopy, jmapCopy } from '../kit/copies.ts';
import { contactsOf, homeOf, report } from '../kit/dav.ts';
import { createClient } from '../kit/person.ts';
import type { Person } from '../kit/person.ts';
import { startPostgres, templateName } from '../kit/postgresServer.ts';
import { familyOf, whenEnded } from '../kit/processFamily.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp } from '../kit/world.ts';

async function openWorld() {
  const server = await startPostgres({ synchronousCommit: 'on' });
  const lines: string[] = [];
  const log = createLog({ level: 'warn', write: (line) => lines.push(line) });
  return {
    server,
    open: async (name: string, empty = true) =>
      createTestApp({ database: await openPostgres(`${server.url}/${name}`, log), empty }),
    leaps: () => lines.filter((line) => line.includes('numbers leap')).length,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Somebody at another program, with the cookie that they have. */
const at = ({ url }: TestApp, person: Person) => Object.assign(createClient(url, person), { cookie: person.cookie });

const ownFolder = async (person: Person) =>
  (await list(person, 'AddressBook')).find(({ isDefault }) => String(isDefault) === 'true')!['id']!;

/** Asks until the server answers again. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function openCopies(person: Person) {
  const make = async () => [jmapCopy(person.id), davCopy(await contactsOf(person)), davCopy(homeOf(person))];
  const [early, late] = [await make(), await make()];
  const follow = async (copies: typeof early, as: Person = person) => {
    const ways: string[] = [];
    for (const copy of copies) ways.push(await patiently(() => copy.follow(as)));
    return ways;
  };
  return {
    early: (as?: Person) => follow(early, as),
    late: (as?: Person) => follow(late, as),
    async areRight(as: Person = person) {
      const fresh = await make();
      for (const copies of [early, late])
        for (const [index, copy] of copies.entries()) await assertSame(copy, fresh[index]!, as);
    },
  };
}

const plain = (bookId: string, full: string) => ({ addressBookIds: { [bookId]: true }, name: { full } });

const anew = ['anew', 'anew', 'anew'];
/** Homes are short, and are listed anew after each leap. */
const changes = ['changes', 'changes', 'anew'];

test('when an earlier state of the server is put back under the programs, devices that know of the lost time read anew, others read what changed', async () => {
  await using world = await openWorld();
  const { server } = world;
  await using app = await world.open(templateName, false);
  await using other = await world.open(templateName);
  const { ada } = app;
  const there = at(other, ada);
  const book = await folder(ada, 'Presse');
  const own = await ownFolder(ada);
  await card(ada, own, 'Before');
  const copies = await openCopies(ada);
  await copies.early();
  await server.kill();
  await server.keep();
  await server.start();
  await patiently(() => card(ada, own, 'Lost'));
  await folder(ada, 'Lost');
  await card(ada, book, 'Lost, too');
  await copies.late();
  await server.kill();
  await server.putBack();
  await server.start();
  // Whoever changes something first gives as many numbers as were lost.
  await patiently(() => card(there, own, 'After'));
  await card(ada, own, 'After that');
  await folder(there, 'After');
  assert.deepEqual(await copies.late(), anew);
  assert.deepEqual(await copies.early(), changes);
  await copies.areRight();
  assert.equal(world.leaps(), 2, 'one for each crash, by one of the programs');
});

test('what a program keeps in memory of the lost time is read anew', async () => {
  await using world = await openWorld();
  const { server } = world;
  await using app = await world.open(templateName, false);
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  // So many that what is found is kept: of devices the texts of the folder, of windows the list of those who match.
  const many = Array.from({ length: 1001 }, (_, number) => [number, plain(book, `Somebody ${number}`)] as const);
  for (let start = 0; start < many.length; start += 500)
    await ada.call('ContactCard/set', { create: Object.fromEntries(many.slice(start, start + 500)) });
  const id = await card(ada, book, 'Zephyrine');
  const found = async (name: string) => {
    const filter = `<C:filter><C:prop-filter name="FN"><C:text-match>${name}</C:text-match></C:prop-filter></C:filter>`;
    const inner = `<D:prop><D:getetag/></D:prop>${filter}`;
    return (await report(ada, `${homeOf(ada)}${book}/`, 'C:addressbook-query', inner)).responses.length;
  };
  const counted = async () =>
    Number((await ada.call('ContactCard/query', { filter: { text: 'Somebody' }, calculateTotal: true }))['total']);
  assert.deepEqual([await found('Zephyrine'), await counted()], [1, 1001]);
  await server.kill();
  await server.keep();
  await server.start();
  await patiently(() => update(ada, 'ContactCard', id, { 'name/full': 'Somebody else' }));
  assert.deepEqual([await found('Zephyrine'), await counted()], [0, 1002]);
  await server.kill();
  await server.putBack();
  await server.start();
  await patiently(() => card(ada, book, 'After'));
  assert.deepEqual([await found('Zephyrine'), await counted()], [1, 1001]);
});

test('a copy of the database that takes its place is known by where it is', async () => {
  await using world = await openWorld();
  const { server } = world;
  const first = await world.open(templateName, false);
  const { ada } = first;
  const own = await ownFolder(ada);
  await card(ada, own, 'Before');
  const copies = await openCopies(ada);
  await copies.early();
  await first.close();
  const admin = new Client(`${server.url}/postgres`);
  await admin.connect();
  await admin.query(`CREATE DATABASE kept TEMPLATE ${templateName}`);
  await admin.end();
  await using again = await world.open(templateName);
  await card(at(again, ada), own, 'Lost');
  await copies.late(at(again, ada));
  assert.equal(world.leaps(), 0, 'a program that ends and starts again on the same database changes nothing');
  await using kept = await world.open('kept');
  const late = at(kept, ada);
  await card(late, own, 'After');
  assert.deepEqual(await copies.late(late), anew);
  assert.deepEqual(await copies.early(late), changes);
  assert.equal(world.leaps(), 1);
});

test('a server that is as it was before is neither read nor written, until somebody says that an earlier state was put back', async () => {
  await using world = await openWorld();
  const { server } = world;
  await using app = await world.open(templateName, false);
  const { ada } = app;
  const own = await ownFolder(ada);
  await card(ada, own, 'Before');
  const copies = await openCopies(ada);
  await copies.early();
  // Shut down, it is in the same life afterwards.
  const family = familyOf(await server.pid());
  process.kill(await server.pid(), 'SIGINT');
  await whenEnded(family);
  await server.keep();
  await server.start();
  await patiently(() => card(ada, own, 'Lost'));
  assert.equal(world.leaps(), 0);
  await server.kill();
  await server.start();
  await patiently(() => card(ada, own, 'Lost, too'));
  assert.equal(world.leaps(), 1);
  await copies.late();

  await server.kill();
  await server.putBack();
  await server.start();
  // Until it has started nothing is answered, either.
  const client = await patiently(async () => {
    const trying = new Client(`${server.url}/${templateName}`);
    await trying.connect();
    return trying;
  });
  assert.equal((await client.query('SELECT FROM server_here')).rowCount, 1);
  await client.end();
  await assert.rejects(list(ada, 'AddressBook'), /503/u);
  await assert.rejects(card(ada, own, 'Nowhere'), /503/u);
  await restored(['--in', `${server.url}/${templateName}`], {});
  await patiently(() => card(ada, own, 'After'));
  assert.equal(world.leaps(), 2);
  assert.deepEqual(await copies.late(), anew);
  assert.deepEqual(await copies.early(), changes);
  await copies.areRight();
});
