import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
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
  const [own, other] = (await one('Principal/get', { ids: [ada.id, ben.id] }))['list'] as unknown as [
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

test('people are managed elsewhere: every set is forbidden, changes can only say that there are none', async () => {
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
  const get = async () => (await one('Preferences/get', {}))['list'] as unknown;
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
