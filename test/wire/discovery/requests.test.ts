import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, destroy, folder, get, list, refusal, share, update } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const day = 24 * 3600 * 1000;
const everybody = { listedFor: { principalId: null } };

const ask = (person: Person, addressBookId: string, note: string | null = null) =>
  create(person, 'AccessRequest', { addressBookId, note });

const answering = (id: string, status: string, role?: string) => ({
  update: { [id]: { status, ...(role === undefined ? {} : { role }) } },
});

test('who finds a folder asks for it, and has it as soon as the owner says yes', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const press = await folder(ada, 'Presse', everybody);
  const id = await ask(ben, press, 'Pour le colloque.');
  const seen = (await get(ada, 'AccessRequest', id))!;
  assert.deepEqual(
    [seen['askedByName'], seen['askedByEmail'], seen['name'], seen['note'], seen['status']],
    ['Ben', 'ben@demo.example', 'Presse', 'Pour le colloque.', 'waiting'],
  );
  assert.deepEqual(await list(chloe, 'AccessRequest'), []);
  assert.equal((await refusal(ben, 'AccessRequest/set', answering(id, 'granted', 'manager')))['type'], 'notFound');
  assert.equal((await refusal(ada, 'AccessRequest/set', { destroy: [id] }))['type'], 'forbidden');
  assert.equal((await ben.call('AddressBook/get', { accountId: ada.id }))['type'], 'accountNotFound', 'not yet');
  await ada.call('AccessRequest/set', answering(id, 'granted', 'viewer'));
  const book = (await get(ben, 'AddressBook', press, { accountId: ada.id }))!;
  assert.deepEqual(
    [book['isSubscribed'], book['name'], Boolean(book['myRights']!['mayRead']), Boolean(book['myRights']!['mayWrite'])],
    [true, 'Presse de Ada', true, false],
  );
  assert.equal((await get(ben, 'AccessRequest', id))!['status'], 'granted');
  assert.deepEqual(await list(ada, 'AccessRequest'), [], 'done for her');
  await destroy(ben, 'AccessRequest', id);
  assert.deepEqual(await list(ben, 'AccessRequest'), []);
});

test('a refusal gives nothing, and is not asked against for a month', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse', everybody);
  const id = await ask(ben, press);
  await ada.call('AccessRequest/set', answering(id, 'declined'));
  assert.equal((await get(ben, 'AccessRequest', id))!['status'], 'declined');
  await destroy(ben, 'AccessRequest', id);
  const again = { create: { new: { addressBookId: press } } };
  const error = await refusal(ben, 'AccessRequest/set', again);
  assert.deepEqual([error['type'], error['reason']], ['rateLimit', 'askedLately']);
  app.clock.advance(31 * day);
  await ben.signIn();
  assert.ok(await ask(ben, press));
});

test('one asks once, may withdraw it, and asks for twenty folders a day at most', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse', everybody);
  const id = await ask(ben, press);
  assert.equal(
    (await refusal(ben, 'AccessRequest/set', { create: { new: { addressBookId: press } } }))['type'],
    'requestWaits',
  );
  await destroy(ben, 'AccessRequest', id);
  assert.deepEqual(await list(ada, 'AccessRequest'), []);
  assert.equal((await refusal(ada, 'AccessRequest/set', answering(id, 'granted', 'viewer')))['type'], 'notFound');
  for (let count = 1; count < 20; count++) await ask(ben, await folder(ada, `Dossier ${count}`, everybody));
  const one = await folder(ada, 'De trop', everybody);
  const error = await refusal(ben, 'AccessRequest/set', { create: { new: { addressBookId: one } } });
  assert.deepEqual([error['type'], error['reason']], ['rateLimit', 'tooManyRequests']);
  app.clock.advance(day + 1);
  assert.ok(await ask(ben, one));
});

test('what was shared meanwhile is granted all the same, and what the owner may not give is not given', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const press = await folder(ada, 'Presse', everybody);
  const id = await ask(ben, press);
  await share(ada, press, ben, 'viewer');
  for (const [status, role] of [['granted'], ['granted', 'admin'], ['waiting', 'viewer']] as const)
    assert.ok(await refusal(ada, 'AccessRequest/set', answering(id, status, role)), `${status} ${role}`);
  await ada.call('AccessRequest/set', answering(id, 'granted', 'viewer'));
  assert.equal((await list(ada, 'Share')).length, 1);
  assert.equal((await get(ben, 'AddressBook', press, { accountId: ada.id }))!['isSubscribed'], true);
  const second = await ask(chloe, press);
  await destroy(ada, 'AddressBook', press, { onDestroyRemoveContents: true });
  assert.deepEqual(await list(chloe, 'AccessRequest'), [], 'with the folder the request is gone');
  assert.equal((await refusal(ada, 'AccessRequest/set', answering(second, 'granted', 'viewer')))['type'], 'notFound');
});

test('a folder that goes to somebody else is found no more, and what was asked of the old owner is void', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const press = await folder(ada, 'Presse', everybody);
  await ask(chloe, press);
  const offer = await create(ada, 'FolderHandover', { addressBookId: press, toId: ben.id });
  await update(ben, 'FolderHandover', offer, { status: 'accepted' });
  assert.deepEqual(await list(chloe, 'AccessRequest'), []);
  assert.deepEqual(await list(ada, 'AccessRequest'), []);
  assert.deepEqual((await chloe.call('ListedFolder/query'))['list'], []);
  assert.equal((await get(ben, 'AddressBook', press))!['listedFor'], null);
});
