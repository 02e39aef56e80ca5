/** Session and AddressBook: lines J001 to J034 of docs/conformance.md that no other test proves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { folder, get, items, list, refusal, session, shareAccepted, stateOf, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

test('J001 the session and each account announce contacts, with the folders of a card and whether folders can be made', async () => {
  const { accounts } = await session(app.ada);
  const contacts = accounts[app.ada.id]!['accountCapabilities']!['urn:ietf:params:jmap:contacts'];
  assert.deepEqual(contacts, { maxAddressBooksPerCard: 1, mayCreateAddressBook: true });
  const shared = await folder(app.chloe, 'Partagé');
  await shareAccepted(app.chloe, shared, app.ben, 'manager');
  const inOthers = (await session(app.ben)).accounts[app.chloe.id]!['accountCapabilities']![
    'urn:ietf:params:jmap:contacts'
  ];
  assert.equal(inOthers!['mayCreateAddressBook'], false);
});

test('J004 without the contacts capability in « using » its methods do not exist', async () => {
  const calls = ['AddressBook/get', 'ContactCard/get', 'ContactCard/query'].map(
    (name) => [name, { accountId: app.ada.id }] as const,
  );
  const answers = await app.ada.jmap(calls, ['urn:ietf:params:jmap:core']);
  assert.deepEqual(
    answers.map(([, result]) => result['type'] as unknown),
    ['unknownMethod', 'unknownMethod', 'unknownMethod'],
  );
});

test('J012 every folder has each property of the standard, of the right type', async () => {
  await folder(app.ada, 'Décrit', { description: 'Une phrase', sortOrder: 3 });
  const types = {
    id: 'string',
    name: 'string',
    sortOrder: 'number',
    isDefault: 'boolean',
    isSubscribed: 'boolean',
    myRights: 'object',
  };
  for (const book of await list(app.ada, 'AddressBook')) {
    for (const [name, type] of Object.entries(types)) assert.equal(typeof book[name], type, name);
    for (const name of ['description', 'shareWith']) assert.ok(Object.hasOwn(book, name), name);
    assert.deepEqual(Object.keys(book['myRights']!).sort(), ['mayAdd', 'mayDelete', 'mayRead', 'mayShare', 'mayWrite']);
  }
});

test('J013 exactly one folder of an account is the default', async () => {
  for (const person of [app.ada, app.ben]) {
    assert.equal((await list(person, 'AddressBook')).filter((book) => book['isDefault']).length, 1);
  }
});

test('J015 J017 changes of folders: created, updated, destroyed; from the same state none; an unknown state cannot be followed', async () => {
  const { ada } = app;
  const [kept, gone] = [await folder(ada, 'Gardé'), await folder(ada, 'Perdu')];
  const sinceState = await stateOf(ada, 'AddressBook');
  const made = await folder(ada, 'Fait');
  await update(ada, 'AddressBook', kept, { description: 'Changé' });
  await ada.call('AddressBook/set', { destroy: [gone] });
  const told = await ada.call('AddressBook/changes', { sinceState });
  assert.deepEqual(
    [told['created'], told['updated'], told['destroyed'], told['oldState']],
    [[made], [kept], [gone], sinceState],
  );
  const none = await ada.call('AddressBook/changes', { sinceState: told['newState'] });
  assert.deepEqual([none['created'], none['updated'], none['destroyed'], none['hasMoreChanges']], [[], [], [], false]);
  assert.equal((await ada.call('AddressBook/changes', { sinceState: 'never' }))['type'], 'cannotCalculateChanges');
});

test('J021 a folder without name, with an empty one or with more than 255 octets is refused by name', async () => {
  const wrong: readonly object[] = [
    {},
    { name: '' },
    { name: '  ' },
    { name: 'é'.repeat(128) },
    { name: 'n'.repeat(256) },
    { name: 7 },
    { name: null },
  ];
  for (const value of wrong) {
    const error = await refusal(app.ada, 'AddressBook/set', { create: { new: value } });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['name']], JSON.stringify(value));
  }
});

test('J028 J030 who becomes the default can no more be deleted, who was it can, and the response says both', async () => {
  const { ada } = app;
  const first = await ada.call('AddressBook/set', {
    create: { new: { name: 'Premier' } },
    onSuccessSetIsDefault: '#new',
  });
  const created = first['created']!['new']!;
  assert.deepEqual([created['isDefault'], created['myRights']!['mayDelete']], [true, false]);
  const second = await folder(ada, 'Second');
  const { updated } = await ada.call('AddressBook/set', { onSuccessSetIsDefault: second });
  const old: string = created['id']!;
  assert.deepEqual([updated![second]!['isDefault'], updated![second]!['myRights']!['mayDelete']], [true, false]);
  assert.deepEqual([updated![old]!['isDefault'], updated![old]!['myRights']!['mayDelete']], [false, true]);
  for (const id of [old, second]) {
    const book = (await get(ada, 'AddressBook', id))!;
    assert.deepEqual([updated![id]!['isDefault'], updated![id]!['myRights']], [book['isDefault'], book['myRights']]);
  }
});

test('J032 an empty set answers the state as it is, with nothing in it', async () => {
  const state = await stateOf(app.ada, 'AddressBook');
  const result = await app.ada.call('AddressBook/set', {});
  assert.deepEqual(
    [result['oldState'], result['newState'], result['created'], result['updated'], result['destroyed']],
    [state, state, null, null, null],
  );
});

test('J033 one’s own folder stays subscribed; to say so again is no error', async () => {
  const id = await folder(app.ada, 'À soi');
  assert.equal(await update(app.ada, 'AddressBook', id, { isSubscribed: true }), null);
  const error = await refusal(app.ada, 'AddressBook/set', { update: { [id]: { isSubscribed: false } } });
  assert.equal(error['type'], 'forbidden');
});

test('J034 a property that no folder has is refused by name, on create and on update', async () => {
  const id = await folder(app.ada, 'Connu');
  for (const args of [
    { create: { new: { name: 'Inconnu', shape: 'round' } } },
    { update: { [id]: { shape: 'round' } } },
  ]) {
    const error = await refusal(app.ada, 'AddressBook/set', args);
    assert.deepEqual([error['type'], items(error['properties'])], ['invalidProperties', ['shape']]);
  }
});

test('J095 a folder that is sent back as it is is told as done, with nothing beyond, also by a sharee', async () => {
  const { ada, ben } = app;
  const id = await folder(ada, 'Renvoyé');
  await shareAccepted(ada, id, ben, 'admin');
  for (const person of [ada, ben]) {
    const where = { accountId: ada.id };
    const state = await stateOf(person, 'AddressBook', ada.id);
    const whole = (await get(person, 'AddressBook', id, where)) as unknown as object;
    assert.equal(await update(person, 'AddressBook', id, whole, where), null);
    assert.equal(await stateOf(person, 'AddressBook', ada.id), state);
  }
});

test('J096 an empty patch of a folder is told as done, and moves no state', async () => {
  const id = await folder(app.ada, 'Intact');
  const state = await stateOf(app.ada, 'AddressBook');
  const result = await app.ada.call('AddressBook/set', { update: { [id]: {} } });
  assert.deepEqual([result['updated'], result['newState']], [{ [id]: null }, state]);
});
