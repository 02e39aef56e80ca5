import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { updatePrincipal } from '../../../src/core/principal/updatePrincipal.ts';
import { createTestWorld, defaultBook, grant } from './coreWorld.ts';
import type { Person, Result, TestWorld } from './coreWorld.ts';

let app: TestWorld;
let ada: Person;
let ben: Person;
before(async () => {
  app = await createTestWorld();
  ada = await app.person('Ada Lovage');
  ben = await app.person('Ben Basil');
  await createGroup(app.world, { name: 'Team Herbs', email: 'herbs@demo.example' });
});
after(() => app.close());

async function one(name: string, args: object): Promise<Result> {
  const [response] = await ada.jmap([name, args]);
  return response![1];
}

async function names(filter: object | null, more: object = {}): Promise<unknown[]> {
  const query = await one('Principal/query', { filter, ...more });
  if (!query['ids']) return [query['type']];
  const found = (await one('Principal/get', { ids: query['ids'] }))['list'] as unknown as {
    id: string;
    name: string;
  }[];
  return (query['ids'] as unknown as string[]).map((id) => found.find((principal) => principal.id === id)!.name);
}

test('a Principal has the properties of the RFC; one’s own has one’s own account', async () => {
  const { list } = (await one('Principal/get', { ids: [ada.id, ben.id] })) as unknown as {
    list: Record<string, unknown>[];
  };
  const [own, other] = [ada, ben].map(({ id }) => list.find((principal) => principal['id'] === id)!) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  assert.deepEqual(Object.keys(own).sort(), [
    'accounts',
    'capabilities',
    'description',
    'email',
    'id',
    'name',
    'timeZone',
    'type',
  ]);
  assert.deepEqual([own['type'], own['name'], own['email']], ['individual', 'Ada Lovage', 'adalovage@demo.example']);
  assert.deepEqual(Object.keys(own['accounts'] as object), [ada.id]);
  assert.equal(other['accounts'], null);
});

test('an account shows with its owner from the moment that something in it is shared, before it is accepted', async () => {
  const carl = await app.person('Carl Caraway');
  const { state } = (await one('Principal/get', { ids: [] })) as unknown as { state: string };
  await grant(carl, await defaultBook(carl), ada, { mayWrite: false }, null);
  const get = (await one('Principal/get', { ids: [carl.id] })) as unknown as {
    state: string;
    list: [{ accounts: Record<string, { isReadOnly: boolean }> }];
  };
  assert.equal(get.list[0].accounts[carl.id]!.isReadOnly, true);
  assert.notEqual(get.state, state);
});

test('query finds by name, address and type, by name in order, in windows', async () => {
  assert.deepEqual(await names({ text: 'lov' }), ['Ada Lovage']);
  assert.deepEqual(await names({ email: 'herbs' }), ['Team Herbs']);
  assert.deepEqual(await names({ type: 'group' }), ['Team Herbs']);
  assert.deepEqual(await names({ type: 'location' }), []);
  const all = (await names(null)) as string[];
  assert.deepEqual(all, [...all].sort());
  assert.deepEqual(await names(null, { position: 1, limit: 1 }), all.slice(1, 2));
  assert.deepEqual(await names(null, { position: -1 }), all.slice(-1));
  assert.deepEqual(await names(null, { sort: [{ property: 'name', isAscending: false }] }), all.toReversed());
  assert.equal((await one('Principal/query', { limit: 1, calculateTotal: true }))['total'] as unknown, all.length);
});

test('query by account, time zone and with operators', async () => {
  assert.deepEqual(await names({ accountIds: [ada.id, ben.id, 'x'] }), ['Ada Lovage']);
  assert.deepEqual(await names({ timeZone: 'Europe/Paris' }), []);
  assert.deepEqual(await names({ operator: 'OR', conditions: [{ name: 'basil' }, { name: 'herbs' }] }), [
    'Ben Basil',
    'Team Herbs',
  ]);
  assert.ok(!(await names({ operator: 'NOT', conditions: [{ type: 'individual' }] })).includes('Ada Lovage'));
  assert.deepEqual(await names({ shoeSize: 42 }), ['unsupportedFilter']);
});

test('what is looked for may stand anywhere in a name or an address, in any case, and is no pattern', async () => {
  assert.deepEqual(await names({ name: 'VAGE' }), ['Ada Lovage']);
  assert.deepEqual(await names({ text: 'da Lov' }), ['Ada Lovage']);
  assert.deepEqual(await names({ email: 'asil@demo' }), ['Ben Basil']);
  assert.deepEqual(await names({ name: 'A%e' }), []);
  assert.deepEqual(await names({ text: 'B_n' }), []);
  assert.deepEqual(await names({ operator: 'OR', conditions: [] }), []);
  assert.ok((await names({ operator: 'AND', conditions: [] })).includes('Ada Lovage'));
});

test('changes tell who came, changed and left, in steps; what came and went is in no list', async () => {
  const since = (await one('Principal/get', { ids: [] }))['state'];
  const { id: dora } = await createPerson(app.world, { name: 'Dora Dill', email: 'dora@demo.example' });
  const { id: emil } = await createPerson(app.world, { name: 'Emil Endive', email: 'emil@demo.example' });
  await setPersonActive(app.world, emil, false);
  await updatePrincipal(app.world, ben.id, { description: 'Herbs' });
  const all = await one('Principal/changes', { sinceState: since });
  assert.deepEqual(
    [all['created'], all['updated'], all['destroyed'], all['hasMoreChanges']],
    [[dora], [ben.id], [], false],
  );
  const first = await one('Principal/changes', { sinceState: since, maxChanges: 1 });
  assert.deepEqual([first['created'], first['updated'], first['hasMoreChanges']], [[dora], [], true]);
  const second = await one('Principal/changes', { sinceState: first['newState'], maxChanges: 1 });
  assert.deepEqual([second['created'], second['updated'], second['hasMoreChanges']], [[], [ben.id], false]);
  assert.equal(second['newState'], all['newState']);
  await setPersonActive(app.world, dora, false);
  const gone = await one('Principal/changes', { sinceState: all['newState'] });
  assert.deepEqual([gone['created'], gone['updated'], gone['destroyed']], [[], [], [dora]]);
  await setPersonActive(app.world, dora, true);
  const back = await one('Principal/changes', { sinceState: gone['newState'] });
  assert.deepEqual([back['created'], back['updated'], back['destroyed']], [[dora], [], []]);
});

test('queryChanges follows the directory: what a client makes of it is what a new query gives', async () => {
  const query = { filter: { text: 'demo.example' }, sort: [{ property: 'name', isAscending: false }] };
  const { ids, queryState, canCalculateChanges } = await one('Principal/query', query);
  assert.equal(canCalculateChanges as unknown, true);
  await createPerson(app.world, { name: 'Finn Fennel', email: 'finn@demo.example' });
  await updatePrincipal(app.world, ben.id, { name: 'Zoé Basil' });
  const told = await one('Principal/queryChanges', { ...query, sinceQueryState: queryState, calculateTotal: true });
  const removed = told['removed'] as unknown as string[];
  const kept = (ids as unknown as string[]).filter((id) => !removed.includes(id));
  for (const { id, index } of told['added'] as unknown as { id: string; index: number }[]) kept.splice(index, 0, id);
  const now = await one('Principal/query', query);
  assert.deepEqual(kept, now['ids']);
  assert.equal(told['total'] as unknown, kept.length);
  assert.equal(told['newQueryState'], now['queryState']);
});

test('people are managed elsewhere: every set is forbidden; an unknown state tells no changes', async () => {
  const set = await one('Principal/set', {
    create: { k: { name: 'x', type: 'individual' } },
    update: { [ben.id]: { name: 'x' } },
    destroy: [ada.id],
  });
  assert.deepEqual(
    [set['notCreated']!['k']!['type'], set['notUpdated']![ben.id]!['type'], set['notDestroyed']![ada.id]!['type']],
    ['forbidden', 'forbidden', 'forbidden'],
  );
  const state = set['newState'];
  assert.deepEqual((await one('Principal/changes', { sinceState: state }))['updated'], []);
  assert.equal((await one('Principal/changes', { sinceState: 'old' }))['type'], 'cannotCalculateChanges');
});

test('preferences are one object: null at first, changed by choice, refused otherwise', async () => {
  const properties = ['language', 'theme'];
  const get = async () => (await one('Preferences/get', { properties }))['list'] as unknown;
  assert.deepEqual(await get(), [{ id: 'singleton', language: null, theme: null }]);
  assert.deepEqual(
    (await one('Preferences/set', { update: { singleton: { language: 'en', theme: 'dark' } } }))['updated'],
    { singleton: null },
  );
  assert.deepEqual((await one('Preferences/set', { update: { singleton: { theme: null } } }))['updated'], {
    singleton: null,
  });
  assert.deepEqual(await get(), [{ id: 'singleton', language: 'en', theme: null }]);
  const wrong = await one('Preferences/set', {
    update: { singleton: { language: 'de', theme: 1 } },
    create: { k: {} },
    destroy: ['singleton'],
  });
  assert.deepEqual(wrong['notUpdated']!['singleton']!['properties'], ['language', 'theme']);
  assert.deepEqual(
    [wrong['notCreated']!['k']!['type'], wrong['notDestroyed']!['singleton']!['type']],
    ['singleton', 'singleton'],
  );
});
