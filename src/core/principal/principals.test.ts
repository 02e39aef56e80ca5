import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import type { Commit } from '../change/hub.ts';
import { createGroup } from './createGroup.ts';
import { createPeople, createPerson } from './createPerson.ts';
import { findPrincipalByEmail } from './findPrincipalByEmail.ts';
import { findPrincipals } from './findPrincipals.ts';
import { memberCount, memberCounts } from './memberCount.ts';
import { principalsOf } from './principalsOf.ts';
import { searchPrincipals } from './searchPrincipals.ts';
import type { PrincipalSearch } from './searchPrincipals.ts';
import { setGroupMembers } from './setGroupMembers.ts';
import { setPersonActive } from './setPersonActive.ts';
import { updatePrincipal } from './updatePrincipal.ts';

/** Ada and Ben in « Laboratoire », which is with Chloé in « Faculté ». */
async function faculty(world: TestWorld) {
  const [ada, ben, chloe] = await createPeople(world, [
    { name: 'Ada Démo', email: 'ada@demo.example' },
    { name: 'Ben Élan', email: 'Ben.Elan@demo.example' },
    { name: 'Chloé Œuvre', email: 'chloe@demo.example' },
  ]);
  const laboratory = await createGroup(world, {
    name: 'Laboratoire',
    email: 'lab@demo.example',
    memberIds: [ada!.id, ben!.id],
  });
  const whole = await createGroup(world, { name: 'Faculté des Inventions', memberIds: [laboratory.id, chloe!.id] });
  return { ada: ada!.id, ben: ben!.id, chloe: chloe!.id, laboratory: laboratory.id, faculty: whole.id };
}

async function versions(world: TestWorld, ids: readonly string[]): Promise<number[]> {
  const found = await findPrincipals(world.as(ids[0]!), ids);
  return ids.map((id) => found.find((principal) => principal.id === id)!.groups_version);
}

test('a person is in their groups, and in the groups around those', async () => {
  await using world = await openTestWorld();
  const { ada, chloe, laboratory, faculty: whole } = await faculty(world);
  assert.deepEqual((await principalsOf(world.db, ada)).sort(), [ada, laboratory, whole].sort());
  assert.deepEqual((await principalsOf(world.db, chloe)).sort(), [chloe, whole].sort());
});

test('a group counts each person once, and not those who have left', async () => {
  await using world = await openTestWorld();
  const { ada, ben, chloe, laboratory, faculty: whole } = await faculty(world);
  await setGroupMembers(world, whole, [laboratory, chloe, ada]);
  assert.equal(await memberCount(world.db, whole), 3);
  await setPersonActive(world, ben, false);
  assert.equal(await memberCount(world.db, whole), 2);
  assert.equal(await memberCount(world.db, laboratory), 1);
});

test('what was counted once is counted again when somebody comes, goes or is kept out', async () => {
  await using world = await openTestWorld();
  const { ada, ben, chloe, laboratory, faculty: whole } = await faculty(world);
  const counts = async () => [...(await memberCounts(world, [whole, laboratory])).values()];
  assert.deepEqual(
    [await counts(), await counts()],
    [
      [3, 2],
      [3, 2],
    ],
  );
  await setGroupMembers(world, laboratory, [ben]);
  assert.deepEqual(await counts(), [2, 1]);
  await setPersonActive(world, chloe, false);
  assert.deepEqual(await counts(), [1, 1]);
  await setGroupMembers(world, laboratory, [ben, ada]);
  assert.deepEqual(await counts(), [2, 2]);
});

test('everybody who comes or goes is told, also through a group inside, and nobody else', async () => {
  await using world = await openTestWorld();
  const { ada, ben, chloe, laboratory, faculty: whole } = await faculty(world);
  const commits: Commit[] = [];
  world.hub.listen((commit) => commits.push(commit));
  const before = await versions(world, [ada, ben, chloe]);
  await setGroupMembers(world, whole, [chloe]);
  assert.deepEqual([...commits[0]!.regrouped].sort(), [ada, ben].sort());
  const after = await versions(world, [ada, ben, chloe]);
  assert.deepEqual(after, [before[0]! + 1, before[1]! + 1, before[2]!]);
  await setGroupMembers(world, laboratory, [ada, ben]);
  assert.deepEqual(await versions(world, [ada, ben, chloe]), after, 'nothing changed');
});

test('a group cannot be inside itself', async () => {
  await using world = await openTestWorld();
  const { laboratory, faculty: whole, ada } = await faculty(world);
  for (const [group, member] of [
    [laboratory, laboratory],
    [laboratory, whole],
  ] as const) {
    await assert.rejects(setGroupMembers(world, group, [ada, member]), {
      kind: 'invalid',
      details: { properties: ['members'], reason: 'cycle' },
    });
  }
  assert.equal(await memberCount(world.db, laboratory), 2);
});

test('only groups have members, and only those who exist are members', async () => {
  await using world = await openTestWorld();
  const { ada, ben, laboratory } = await faculty(world);
  await assert.rejects(setGroupMembers(world, ada, [ben]), { kind: 'notFound' });
  await assert.rejects(setGroupMembers(world, laboratory, ['nobody']), { kind: 'invalid' });
});

test('an address belongs to one person, however it is written', async () => {
  await using world = await openTestWorld();
  const { ben } = await faculty(world);
  assert.equal((await findPrincipalByEmail(world.db, ' ben.ELAN@demo.example'))?.id, ben);
  await assert.rejects(createPerson(world, { name: 'Other', email: 'BEN.elan@demo.example' }), { kind: 'exists' });
  await assert.rejects(createPerson(world, { name: 'Other', email: 'no address' }), { kind: 'invalid' });
  await assert.rejects(createPerson(world, { name: '  ', email: 'other@demo.example' }), { kind: 'invalid' });
  await setPersonActive(world, ben, false);
  assert.equal(await findPrincipalByEmail(world.db, 'ben.elan@demo.example'), undefined);
  await assert.rejects(createPerson(world, { name: 'Other', email: 'ben.elan@demo.example' }), { kind: 'exists' });
});

test('people are found by the beginnings of words, in any order, without regard to case and accents', async () => {
  await using world = await openTestWorld();
  const { ada, ben, chloe, laboratory, faculty: whole } = await faculty(world);
  const found = async (search: Partial<PrincipalSearch>) => {
    const { principals } = await searchPrincipals(world.as(ada), { position: 0, limit: 10, ...search });
    return principals.map(({ id }) => id);
  };
  assert.deepEqual(await found({ text: 'elan be' }), [ben]);
  assert.deepEqual(await found({ text: 'ÉLAN' }), [ben]);
  assert.deepEqual(await found({ text: 'oeuv' }), [chloe]);
  assert.deepEqual(await found({ text: 'invent fac' }), [whole]);
  assert.deepEqual(await found({ text: 'lan' }), []);
  assert.deepEqual(await found({ text: 'ben.elan@de' }), [ben]);
  assert.deepEqual(await found({ email: 'LAB@' }), [laboratory]);
  assert.deepEqual(await found({ text: '?!' }), []);
  assert.deepEqual(await found({ text: 'demo', type: 'group' }), [laboratory]);
  assert.deepEqual(await found({ type: 'individual' }), [ada, ben, chloe]);
  await updatePrincipal(world, ben, { name: 'Benjamin Nouveau' });
  assert.deepEqual(await found({ name: 'nouv' }), [ben]);
  assert.deepEqual(await found({ name: 'élan ben' }), [ben], 'the address still says so');
  await setPersonActive(world, ben, false);
  assert.deepEqual(await found({ name: 'nouv' }), []);
});

test('the answer comes in pages, by name', async () => {
  await using world = await openTestWorld();
  await createPeople(
    world,
    Array.from({ length: 25 }, (_, i) => ({ name: `Person ${String(i).padStart(2, '0')}` })),
  );
  const page = (position: number, limit: number) =>
    searchPrincipals(world.as('nobody'), { text: 'pers', position, limit });
  const middle = await page(10, 5);
  assert.deepEqual(
    middle.principals.map(({ name }) => name),
    ['Person 10', 'Person 11', 'Person 12', 'Person 13', 'Person 14'],
  );
  assert.equal((await page(20, 10)).principals.length, 5);
  assert.equal((await page(30, 10)).principals.length, 0);
  assert.equal((await page(0, 0)).principals.length, 0);
});

test('of a frequent beginning the first by name are found, wherever they stand in a large directory', async () => {
  await using world = await openTestWorld();
  const named = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `${name} Personne${String(i).padStart(4, '0')}` }));
  await createPeople(world, [...named('Albane', 2_100), ...named('Zoé', 1_100)]);
  const found = async (text: string, position = 0) => {
    const { principals } = await searchPrincipals(world.as('nobody'), { text, position, limit: 2 });
    return principals.map(({ name }) => name);
  };
  assert.deepEqual(await found('p'), ['Albane Personne0000', 'Albane Personne0001']);
  assert.deepEqual(await found('p', 1_999), ['Albane Personne1999', 'Albane Personne2000']);
  assert.deepEqual(await found('p', 2_100), ['Zoé Personne0000', 'Zoé Personne0001']);
  assert.deepEqual(await found('z'), ['Zoé Personne0000', 'Zoé Personne0001']);
  assert.deepEqual(await found('p z', 1_098), ['Zoé Personne1098', 'Zoé Personne1099']);
});
