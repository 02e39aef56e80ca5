import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import {
  changes,
  create,
  destroy,
  folder,
  get,
  items,
  list,
  refusal,
  share,
  shareAccepted,
  stateOf,
  update,
} from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

const viewer = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
const manager = { ...viewer, mayWrite: true, mayAdd: true };

async function open() {
  const app = await createTestApp();
  return {
    app,
    ada: app.ada,
    ben: app.ben,
    chloe: app.chloe,
    id: await folder(app.ada, 'Presse'),
    [Symbol.asyncDispose]: app.close,
  };
}

test('a person is notified when rights are given, changed and taken, by whom, on what', async () => {
  await using scene = await open();
  const { app, ada, ben, id } = scene;
  const since = await stateOf(ben, 'ShareNotification');
  const shareId = await share(ada, id, ben, 'viewer');
  app.clock.advance(1000);
  await update(ada, 'Share', shareId, { role: 'manager' });
  app.clock.advance(1000);
  await destroy(ada, 'Share', shareId);
  const found = await list(ben, 'ShareNotification');
  assert.deepEqual(
    found.map((item) => [item['oldRights'], item['newRights']] as unknown),
    [
      [manager, null],
      [viewer, manager],
      [null, viewer],
    ],
  );
  const { id: notificationId, created, ...first } = found.at(-1) as unknown as Record<string, unknown>;
  assert.match(String(created), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
  assert.deepEqual(first, {
    changedBy: { name: 'Ada', email: ada.email, principalId: ada.id },
    objectType: 'AddressBook',
    objectAccountId: ada.id,
    objectId: id,
    oldRights: null,
    newRights: viewer,
    name: 'Presse',
  });
  const told = await changes(ben, 'ShareNotification', since);
  assert.deepEqual(new Set(told['created']), new Set(found.map((item) => item['id'] as never)));
  assert.ok(found.some((item) => item['id'] === notificationId));
});

test('nobody else is notified: neither the owner, nor other sharees, nor whom it gives nothing', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id } = scene;
  await share(ada, id, chloe, 'viewer');
  const shareId = await share(ada, id, ben, 'none');
  await update(ada, 'Share', shareId, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  assert.deepEqual([await list(ada, 'ShareNotification'), await list(ben, 'ShareNotification')], [[], []]);
  assert.equal((await list(chloe, 'ShareNotification')).length, 1);
});

test('they are found by time and account, newest first or oldest first', async () => {
  await using scene = await open();
  const { app, ada, ben, chloe, id } = scene;
  await share(ada, id, ben, 'viewer');
  app.clock.advance(60_000);
  const between = new Date(Date.now() + 30_000).toISOString().replace(/\.\d+Z/u, 'Z');
  const other = await folder(chloe, 'Radio');
  await share(chloe, other, ben, 'viewer');
  const names = async (args: object) => {
    const { ids } = await ben.call('ShareNotification/query', args);
    return Promise.all([...ids!].map(async (key) => (await get(ben, 'ShareNotification', key))!['name'] as unknown));
  };
  assert.deepEqual(await names({ sort: [{ property: 'created', isAscending: true }] }), ['Presse', 'Radio']);
  assert.deepEqual(await names({ sort: [{ property: 'created', isAscending: false }] }), ['Radio', 'Presse']);
  assert.deepEqual(await names({ filter: { after: between } }), ['Radio']);
  assert.deepEqual(await names({ filter: { before: between } }), ['Presse']);
  assert.deepEqual(await names({ filter: { objectAccountId: ada.id, objectType: 'AddressBook' } }), ['Presse']);
  assert.deepEqual(await names({ filter: { objectType: 'Mailbox' } }), []);
  // RFC 9670 §3.4.1: UTCDate|null.
  assert.deepEqual(await names({ filter: { after: null, before: between } }), ['Presse']);
  const conditions = [{ after: between }, { objectType: 'Mailbox' }];
  assert.deepEqual(await names({ filter: { operator: 'OR', conditions } }), ['Radio']);
  assert.deepEqual(await names({ filter: { operator: 'NOT', conditions } }), ['Presse']);
});

test('a list of notifications follows: what is told since makes of it what a new query gives', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id } = scene;
  await share(ada, id, ben, 'viewer');
  await share(chloe, await folder(chloe, 'Radio'), ben, 'viewer');
  const filter = { objectType: 'AddressBook' };
  const before = await ben.call('ShareNotification/query', { filter });
  assert.equal(Boolean(before['canCalculateChanges']), true);
  await destroy(ben, 'ShareNotification', before['ids']![1]!);
  await share(ada, await folder(ada, 'Salons'), ben, 'viewer');
  const told = await ben.call('ShareNotification/queryChanges', { filter, sinceQueryState: before['queryState'] });
  const kept = items(before['ids']).filter((key) => !items(told['removed']).includes(key));
  for (const { id: key, index } of items(told['added'])) kept.splice(Number(index), 0, key!);
  const now = await ben.call('ShareNotification/query', { filter });
  assert.deepEqual([kept, told['newQueryState']], [items(now['ids']), now['queryState']]);
});

test('they are dismissed and neither made nor changed; each person has their own', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id } = scene;
  await share(ada, id, ben, 'viewer');
  const [item] = await list(ben, 'ShareNotification');
  const key: string = item!['id']!;
  const attempts: readonly object[] = [{ create: { new: { name: 'x' } } }, { update: { [key]: { name: 'x' } } }];
  for (const args of attempts) {
    // RFC 9670 §3.3: MUST be rejected so.
    assert.equal((await refusal(ben, 'ShareNotification/set', args))['type'], 'forbidden');
  }
  assert.equal((await refusal(chloe, 'ShareNotification/set', { destroy: [key] }))['type'], 'notFound');
  await destroy(ben, 'ShareNotification', key);
  assert.deepEqual(await list(ben, 'ShareNotification'), []);
});

test('rights that come by shareWith notify as well, and with the name of then', async () => {
  await using scene = await open();
  const { ada, ben, id } = scene;
  await update(ada, 'AddressBook', id, { shareWith: { [ben.id]: viewer } });
  await update(ada, 'AddressBook', id, { name: 'Médias' });
  assert.deepEqual(
    (await list(ben, 'ShareNotification')).map((item) => item['name']),
    ['Presse'],
  );
  assert.equal((await ben.call('ShareNotification/get', { accountId: ada.id }))['type'], 'accountNotSupportedByMethod');
});

test('at most two hundred are kept', async () => {
  await using scene = await open();
  const { app, ada, ben, id } = scene;
  const shareId = await shareAccepted(ada, id, ben, 'viewer');
  for (let turn = 0; turn < 101; turn++) {
    app.clock.advance(10);
    await update(ada, 'Share', shareId, { role: 'manager' });
    await update(ada, 'Share', shareId, { role: 'viewer' });
  }
  assert.equal((await list(ben, 'ShareNotification')).length, 200);
  assert.ok(await create(ada, 'AddressBook', { name: 'Suite' }));
});

test('the members of a group are told one by one, unless they are many; nobody is told what they did themselves', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const count = async (person: typeof ben) =>
    (await person.call('ShareNotification/get', { ids: null }))['list']!.length;
  const small = await createGroup(app.world, { name: 'Accueil' });
  await setGroupMembers(app.world, small.id, [ada.id, ben.id, chloe.id]);
  await share(ada, await folder(ada, 'Petit'), { id: small.id }, 'viewer');
  assert.deepEqual(await Promise.all([ada, ben, chloe].map(count)), [0, 1, 1]);
  const crowd: string[] = [];
  for (let number = 0; number < 50; number++) {
    crowd.push((await createPerson(app.world, { name: `P${number}`, email: `p${number}@demo.example` })).id);
  }
  const large = await createGroup(app.world, { name: 'Tous' });
  await setGroupMembers(app.world, large.id, [...crowd, ben.id]);
  await share(ada, await folder(ada, 'Grand'), { id: large.id }, 'viewer');
  assert.equal(await count(ben), 1);
});
