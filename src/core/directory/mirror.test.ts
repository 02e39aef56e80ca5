import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDirectory } from '../../../test/kit/directory.ts';
import type { TestDirectory } from '../../../test/kit/directory.ts';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import type { World } from '../context.ts';
import { createPerson } from '../principal/createPerson.ts';
import { findPrincipalByEmail, findPrincipalByLogin } from '../principal/findPrincipalByEmail.ts';
import { findPrincipals } from '../principal/findPrincipals.ts';
import { searchPrincipals } from '../principal/searchPrincipals.ts';
import { setGroupMembers } from '../principal/setGroupMembers.ts';
import { setPersonActive } from '../principal/setPersonActive.ts';
import { applyEntries } from './applyEntries.ts';
import type { DirectoryEntry } from './directory.ts';
import { createDirectoryJob, requestSync } from './directoryJob.ts';
import { directoryStatus } from './mirrorState.ts';
import { syncDirectory } from './syncDirectory.ts';

function organisation(size: number): TestDirectory {
  const directory = createTestDirectory();
  for (let i = 0; i < size; i += 1) directory.put({ externalId: `person${i}` });
  return directory;
}

async function activeIds(world: TestWorld): Promise<string[]> {
  const rows = await world.db.all(
    world.db.build.selectFrom('principal').select('external_id').where('is_active', '=', 1).orderBy('external_id'),
  );
  return rows.map((row) => row.external_id!);
}

test('a thousand entries that have not changed write nothing', async () => {
  await using world = await openTestWorld();
  const directory = organisation(1000);
  directory.put({ externalId: 'group1', members: directory.entries().map((entry) => entry.references[0]!) });
  assert.deepEqual((await applyEntries(world, directory.entries())).written, 1001);
  let transactions = 0;
  const counting: World = {
    ...world,
    now: world.now,
    db: {
      ...world.db,
      transaction(task) {
        transactions += 1;
        return world.db.transaction(task);
      },
    },
  };
  const shuffled = directory
    .entries()
    .map((entry): DirectoryEntry => ({ ...entry, members: entry.members.toReversed() }));
  assert.deepEqual(await applyEntries(counting, shuffled), { written: 0, problems: [] });
  assert.equal(transactions, 0);
});

test('a group of many is written in parts, and one who is not said any more leaves it', async () => {
  await using world = await openTestWorld();
  const directory = organisation(2500);
  const members = directory.entries().map((entry) => entry.references[0]!);
  directory.put({ externalId: 'group1', members });
  await syncDirectory(world, directory);
  const group = (await world.db.first(
    world.db.build.selectFrom('principal').select('id').where('kind', '=', 'group'),
  ))!;
  const count = async () =>
    (
      await world.db.all(
        world.db.build.selectFrom('principal_member').select('member_id').where('group_id', '=', group.id),
      )
    ).length;
  assert.equal(await count(), 2500);
  const regrouped: string[] = [];
  world.hub.listen((commit) => regrouped.push(...commit.regrouped));
  directory.put({ externalId: 'group1', members: members.slice(1) });
  await syncDirectory(world, directory);
  assert.equal(await count(), 2499);
  assert.equal(regrouped.length, 1, 'nobody else is told');
});

test('two who claim one address: the first keeps it, administrators are told, and it passes on when the first leaves', async () => {
  await using world = await openTestWorld();
  const directory = organisation(3);
  const lines: string[] = [];
  const run = createDirectoryJob(world, directory, { everySeconds: 60, warn: (line) => lines.push(line) });
  const job = async () => {
    world.clock = new Date(world.clock.getTime() + 60_000);
    await run();
  };
  await job();
  directory.put({ externalId: 'person1', name: 'Second', email: 'person0@demo.example' });
  await job();
  await job();
  assert.deepEqual((await directoryStatus(world.db)).clashes, [
    { name: 'person0@demo.example', holder: 'person0', claimant: 'Second' },
  ]);
  assert.deepEqual(lines, ['person0@demo.example is claimed by « person0 », who keeps it, and by « Second »']);
  const holder = async () => (await findPrincipalByEmail(world.db, 'PERSON0@demo.example'))?.external_id;
  assert.equal(await holder(), 'person0');
  directory.put({ externalId: 'person0', isActive: false });
  await job();
  assert.equal(await holder(), 'person1');
  assert.deepEqual((await directoryStatus(world.db)).clashes, []);
});

test('somebody made here keeps the address until they are kept out; then it is the directory’s', async () => {
  await using world = await openTestWorld();
  const local = await createPerson(world, { name: 'Made here', email: 'person0@demo.example' });
  const directory = organisation(2);
  await syncDirectory(world, directory);
  const holder = async () => (await findPrincipalByEmail(world.db, 'person0@demo.example'))?.name;
  assert.equal(await holder(), 'Made here');
  await setPersonActive(world, local.id, false);
  assert.equal(await holder(), 'person0');
  await assert.rejects(setPersonActive(world, local.id, true), { kind: 'exists' });
  assert.equal(await holder(), 'person0');
});

test('aliases and logins find the person; what the directory keeps is not changed here', async () => {
  await using world = await openTestWorld();
  const directory = organisation(1);
  directory.put({ externalId: 'person0', aliases: ['first.last@demo.example'], logins: ['Uid0'] });
  directory.put({ externalId: 'group1' });
  await syncDirectory(world, directory);
  const person = (await findPrincipalByEmail(world.db, 'First.Last@demo.example'))!;
  assert.equal(person.external_id, 'person0');
  assert.equal((await findPrincipalByLogin(world.db, 'uid0'))?.id, person.id);
  assert.equal(await findPrincipalByEmail(world.db, 'uid0'), undefined, 'a login is no address');
  const { principals } = await searchPrincipals(world.as('nobody'), { text: 'last fir', position: 0, limit: 10 });
  assert.deepEqual(
    principals.map(({ id }) => id),
    [person.id],
  );
  const group = (await world.db.first(
    world.db.build.selectFrom('principal').select('id').where('kind', '=', 'group'),
  ))!;
  const refused = { kind: 'forbidden', details: { reason: 'inDirectory' } };
  await assert.rejects(setGroupMembers(world, group.id, [person.id]), refused);
  await assert.rejects(setPersonActive(world, person.id, false), refused);
});

test('people are sorted as a dictionary does, and those who are not listed find themselves alone', async () => {
  await using world = await openTestWorld();
  const directory = createTestDirectory();
  for (const name of ['Zoé', 'Élodie', 'eric', 'Œdipe', 'Ondine', 'Hidden']) directory.put({ externalId: name, name });
  directory.put({ externalId: 'Hidden', isListed: false });
  await syncDirectory(world, directory);
  const found = async (asker: string) =>
    (await searchPrincipals(world.as(asker), { position: 0, limit: 10 })).principals.map(({ name }) => name);
  assert.deepEqual(
    await found('nobody'),
    ['Œdipe', 'Élodie', 'eric', 'Ondine', 'Zoé'].toSorted((a, b) => a.localeCompare(b, 'fr')),
  );
  const hidden = (await findPrincipalByEmail(world.db, 'hidden@demo.example'))!;
  assert.ok((await found(hidden.id)).includes('Hidden'));
  assert.deepEqual(await findPrincipals(world.as('nobody'), [hidden.id]), []);
  assert.equal((await findPrincipals(world.as(hidden.id), [hidden.id])).length, 1);
});

test('who is gone is inactive after the next sweep and comes back as themselves', async () => {
  await using world = await openTestWorld();
  const directory = organisation(10);
  await syncDirectory(world, directory);
  const before = (await findPrincipalByEmail(world.db, 'person3@demo.example'))!;
  const entry = directory.get('person3')!;
  directory.remove('person3');
  await syncDirectory(world, directory);
  assert.equal((await activeIds(world)).length, 10, 'nobody uses it: the next sweep finds it');
  world.clock = new Date(world.clock.getTime() + 3_600_000);
  assert.equal((await syncDirectory(world, directory)).removed, 1);
  assert.equal((await activeIds(world)).length, 9);
  assert.equal(await findPrincipalByEmail(world.db, 'person3@demo.example'), undefined);
  directory.put(entry);
  await syncDirectory(world, directory);
  assert.equal((await findPrincipalByEmail(world.db, 'person3@demo.example'))?.id, before.id);
});

test('a base that knows nobody keeps nobody out until an administrator says so, and the right one brings all back', async () => {
  await using world = await openTestWorld();
  const directory = organisation(10);
  await syncDirectory(world, directory);
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ used_at: world.clock.toISOString() })),
  );
  directory.isEmpty = true;
  await syncDirectory(world, directory, { withSweep: true });
  assert.equal((await activeIds(world)).length, 10);
  assert.match((await directoryStatus(world.db)).warning ?? '', /10 of 10 entries .*--accept-losses/u);
  await syncDirectory(world, directory, { withSweep: true, acceptLosses: true });
  assert.equal((await activeIds(world)).length, 0);
  assert.equal((await directoryStatus(world.db)).warning, null);
  directory.isEmpty = false;
  await syncDirectory(world, directory, { withSweep: true });
  assert.equal((await activeIds(world)).length, 10);
});

test('a reading that breaks off is done again from its beginning', async () => {
  await using world = await openTestWorld();
  const directory = organisation(30);
  directory.pageSize = 10;
  directory.beforePage = (page) => {
    if (page === 2) throw new Error('the process dies');
  };
  await assert.rejects(syncDirectory(world, directory), /dies/u);
  assert.equal((await activeIds(world)).length, 20);
  assert.deepEqual(
    [(await directoryStatus(world.db)).mark, (await directoryStatus(world.db)).error],
    [null, 'the process dies'],
  );
  directory.beforePage = () => undefined;
  assert.equal((await syncDirectory(world, directory)).written, 10);
  assert.deepEqual([(await directoryStatus(world.db)).people, (await directoryStatus(world.db)).error], [30, null]);
});

test('a directory that does not answer is asked less often, and the status says since when', async () => {
  await using world = await openTestWorld();
  const directory = organisation(2);
  const lines: string[] = [];
  const job = createDirectoryJob(world, directory, { everySeconds: 60, warn: (line) => lines.push(line) });
  await job();
  directory.isDown = true;
  const asked = directory.asked.changes;
  const down = new Date(world.clock.getTime() + 60_000).toISOString();
  for (let minute = 0; minute < 30; minute += 1) {
    world.clock = new Date(world.clock.getTime() + 60_000);
    await job();
  }
  assert.ok(directory.asked.changes - asked < 10, `${directory.asked.changes - asked} times in half an hour`);
  assert.equal((await directoryStatus(world.db)).downSince, down);
  directory.isDown = false;
  world.clock = new Date(world.clock.getTime() + 300_000);
  await job();
  assert.equal((await directoryStatus(world.db)).downSince, null);
  assert.deepEqual(lines, ['The directory does not answer: connection refused', 'The directory answers again']);
});

test('an administrator who asks has the whole directory read at once, also while it is let alone', async () => {
  await using world = await openTestWorld();
  const directory = organisation(10);
  const job = createDirectoryJob(world, directory, { everySeconds: 60, warn: () => undefined });
  await job();
  directory.isEmpty = true;
  await job();
  assert.equal(directory.asked.changes, 1, 'not before a minute is over');
  await requestSync(world, { acceptLosses: false });
  await job();
  assert.match((await directoryStatus(world.db)).warning ?? '', /10 of 10/u);
  assert.equal((await activeIds(world)).length, 10);
  await requestSync(world, { acceptLosses: true });
  await job();
  assert.deepEqual([(await directoryStatus(world.db)).request, await activeIds(world)], [null, []]);
});

test('what directories hold by mistake stops nothing', async () => {
  await using world = await openTestWorld();
  const directory = createTestDirectory();
  directory.put({ externalId: 'a', name: '  \n ', email: 'no address', aliases: ['also none', 'a@demo.example'] });
  directory.put({ externalId: 'b', name: 'x'.repeat(5000), references: ['', 'same'], logins: ['', 'b'] });
  directory.put({ externalId: 'group1', name: 'itself', references: ['g1'], members: ['g1', 'g2', 'same', 'same'] });
  directory.put({ externalId: 'group2', name: 'around', references: ['g2'], members: ['g1'] });
  directory.put({ externalId: 'c', references: ['same'] });
  assert.deepEqual((await syncDirectory(world, directory)).problems, []);
  const names = (await searchPrincipals(world.as('nobody'), { position: 0, limit: 9 })).principals.map(
    ({ name }) => name,
  );
  assert.deepEqual(names.toSorted(), ['around', 'c', 'itself', 'a', 'x'.repeat(200)].toSorted());
  directory.put({ externalId: 'c', kind: 'group' });
  directory.put({ externalId: 'b', name: 'Bea' });
  const { problems } = await syncDirectory(world, directory);
  assert.deepEqual(problems, ['c: c has become a group'], 'the others were written');
  assert.equal((await findPrincipalByEmail(world.db, 'b@demo.example'))?.name, 'Bea');
});
