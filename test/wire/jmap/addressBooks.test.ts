import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, changes, destroy, folder, get, items, list, refusal, stateOf, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import type { Person } from '../../kit/person.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

const plain = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];

const byRole = async (person: Person, role: string) =>
  (await list(person, 'AddressBook')).find((book) => book['role'] === role)!;

test('a new account has « Contacts », which is the default, and « Personnes contactées par mail »', async () => {
  const books = await list(app.ben, 'AddressBook');
  assert.deepEqual(
    books.map((book) => [book['name'], book['role'], book['isDefault']] as unknown[]),
    [
      ['Contacts', 'contacts', true],
      ['Personnes contactées par mail', 'collected', false],
    ],
  );
});

test('a plain client sees what RFC 9610 names, and nothing of ours', async () => {
  const [response] = await app.ben.jmap([['AddressBook/get', { accountId: app.ben.id, ids: null }]], plain);
  const [, result] = response!;
  assert.deepEqual(Object.keys(result['list']![0]!).sort(), [
    'description',
    'id',
    'isDefault',
    'isSubscribed',
    'myRights',
    'name',
    'shareWith',
    'sortOrder',
  ]);
});

test('a folder that is made with a name only has the defaults of the standard', async () => {
  const id = await folder(app.ada, 'Presse');
  const { name, description, sortOrder, isDefault, isSubscribed, shareWith, myRights, color, parentId, cardCount } =
    (await get(app.ada, 'AddressBook', id))!;
  assert.deepEqual(
    [name, description, sortOrder, isDefault, isSubscribed, shareWith],
    ['Presse', null, 0, false, true, null],
  );
  assert.deepEqual([color, parentId, cardCount], [null, null, 0]);
  assert.deepEqual(myRights, { mayRead: true, mayWrite: true, mayAdd: true, mayShare: true, mayDelete: true });
});

test('ids: null is all, [] is none, the unknown is not found, one that is named twice is given once', async () => {
  const id = await folder(app.ada, 'Radio');
  const all = await app.ada.call('AddressBook/get', { ids: null });
  assert.deepEqual([items(all['list']).length, all['notFound']], [(await list(app.ada, 'AddressBook')).length, []]);
  const none = await app.ada.call('AddressBook/get', { ids: [] });
  assert.deepEqual([none['list'], none['notFound']], [[], []]);
  const some = await app.ada.call('AddressBook/get', { ids: [id, 'unknown', id], properties: ['name'] });
  assert.deepEqual([some['list'], some['notFound']], [[{ id, name: 'Radio' }], ['unknown']]);
  assert.equal((await app.ada.call('AddressBook/get', { properties: ['size'] }))['type'], 'invalidArguments');
});

test('what only the server sets, and what it does not know, is refused by name', async () => {
  for (const name of [
    'id',
    'isDefault',
    'myRights',
    'role',
    'sharedName',
    'cardCount',
    'shareCount',
    'isShareRoot',
    'size',
  ]) {
    const error = await refusal(app.ada, 'AddressBook/set', { create: { new: { name: 'Neuf', [name]: true } } });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', [name]]);
  }
});

test('all properties that are wrong are named at once', async () => {
  const wrong = {
    name: 1,
    description: 2,
    sortOrder: -1,
    isSubscribed: 'yes',
    shareWith: { [app.ben.id]: { mayRead: 'yes' } },
    parentId: 3,
    color: 'bluish',
    offerToDevices: 'no',
    listedFor: 4,
  };
  const named = [...Object.keys(wrong).filter((name) => name !== 'shareWith'), `shareWith/${app.ben.id}/mayRead`];
  const id = await folder(app.ada, 'Fausse');
  for (const args of [{ create: { new: wrong } }, { update: { [id]: wrong } }]) {
    const error = await refusal(app.ada, 'AddressBook/set', args);
    assert.equal(error['type'], 'invalidProperties');
    assert.deepEqual(items(error['properties']).toSorted(), named.toSorted(), JSON.stringify(args));
  }
  const color = { name: 1, color: 'bluish', description: 'Good' };
  const some = await refusal(app.ada, 'AddressBook/set', { update: { [id]: color } });
  assert.deepEqual(some['properties'], ['name', 'color']);
});

test('AddressBook/query does not exist', async () => {
  assert.equal((await app.ada.call('AddressBook/query', { filter: {} }))['type'], 'unknownMethod');
});

test('what is changed is read again, also when unchanged properties are sent back with it', async () => {
  const id = await folder(app.ada, 'Mairies');
  const before = (await get(app.ada, 'AddressBook', id)) as unknown as object;
  await update(app.ada, 'AddressBook', id, {
    ...before,
    name: 'Communes',
    description: 'Toutes',
    sortOrder: 4,
    color: 'green',
  });
  const now = (await get(app.ada, 'AddressBook', id))!;
  assert.deepEqual(
    [now['name'], now['description'], now['sortOrder'], now['color']],
    ['Communes', 'Toutes', 4, 'green'],
  );
});

test('the unknown can be neither changed nor destroyed', async () => {
  assert.equal(
    (await refusal(app.ada, 'AddressBook/set', { update: { fnothing: { name: 'x' } } }))['type'],
    'notFound',
  );
  assert.equal((await refusal(app.ada, 'AddressBook/set', { destroy: ['fnothing'] }))['type'], 'notFound');
});

test('a state that is not the present one keeps everything as it is', async () => {
  const id = await folder(app.ada, 'Rectorat');
  const ifInState = await stateOf(app.ada, 'AddressBook');
  await update(app.ada, 'AddressBook', id, { description: 'a' });
  const late = await app.ada.call('AddressBook/set', { ifInState, update: { [id]: { description: 'b' } } });
  assert.equal(late['type'], 'stateMismatch');
  assert.equal((await get(app.ada, 'AddressBook', id))!['description'], 'a');
  const result = await app.ada.call('AddressBook/set', { ifInState: await stateOf(app.ada, 'AddressBook') });
  assert.equal(result['oldState'], result['newState']);
});

test('system folders keep their name, their place and their life, and take another colour', async () => {
  const parentId = await folder(app.ada, 'Parent');
  for (const role of ['contacts', 'collected']) {
    const { id } = (await byRole(app.ada, role)) as unknown as { id: string };
    for (const patch of [{ name: 'Autre' }, { parentId }]) {
      assert.equal((await refusal(app.ada, 'AddressBook/set', { update: { [id]: patch } }))['type'], 'forbidden');
    }
    const error = await refusal(app.ada, 'AddressBook/set', { destroy: [id], onDestroyRemoveContents: true });
    assert.equal(error['type'], 'forbidden');
    await update(app.ada, 'AddressBook', id, { color: 'red' });
    const book = (await get(app.ada, 'AddressBook', id))!;
    assert.deepEqual([book['color'], book['myRights']!['mayDelete']], ['red', false]);
  }
});

test('another folder becomes the default, alone, and both are told as changed', async () => {
  const { id: old } = (await byRole(app.chloe, 'contacts')) as unknown as { id: string };
  const since = await stateOf(app.chloe, 'AddressBook');
  const result = await app.chloe.call('AddressBook/set', {
    create: { new: { name: 'Défaut' } },
    onSuccessSetIsDefault: '#new',
  });
  const { id } = result['created']!['new'] as unknown as { id: string };
  assert.equal(result['created']!['new']!['isDefault'], true);
  assert.deepEqual([Object.keys(result['updated']!), result['updated']![old]!['isDefault']], [[old], false]);
  const told = await changes(app.chloe, 'AddressBook', since);
  assert.deepEqual([told['created'], told['updated']], [[id], [old]]);
  const defaults = (await list(app.chloe, 'AddressBook')).filter((book) => book['isDefault']);
  assert.deepEqual(
    defaults.map((book) => book['id']),
    [id],
  );
  assert.equal((await refusal(app.chloe, 'AddressBook/set', { destroy: [id] }))['type'], 'forbidden');
});

test('when the default goes with the folder above it, « Contacts » is the default at once, and is told as changed', async () => {
  const person = await app.person('Dora');
  const { id: contacts } = (await byRole(person, 'contacts')) as unknown as { id: string };
  const above = await folder(person, 'Dessus');
  const below = await folder(person, 'Dessous', { parentId: above });
  await person.call('AddressBook/set', { onSuccessSetIsDefault: below });
  const accountId = person.id;
  const [destroyed, got, made] = await person.jmap([
    ['AddressBook/set', { accountId, destroy: [above] }],
    ['AddressBook/get', { accountId }],
    ['ContactCard/set', { accountId, create: { new: { name: { full: 'Jean' } } } }],
  ]);
  assert.deepEqual([...destroyed![1]['destroyed']!], [above]);
  assert.equal(destroyed![1]['updated']?.[contacts]?.['isDefault'], true);
  const defaults = got![1]['list']!.filter((book) => book['isDefault']);
  assert.deepEqual(
    defaults.map((book) => book['id']),
    [contacts],
  );
  assert.deepEqual(Object.keys(made![1]['created']!['new']!['addressBookIds']!), [contacts]);
  assert.equal(destroyed![1]['newState'], got![1]['state']);
});

test('the default stays where it is when something failed in the same call, or when there is no such folder', async () => {
  const id = await folder(app.chloe, 'Presque');
  const isDefault = async () => (await get(app.chloe, 'AddressBook', id))!['isDefault'];
  await app.chloe.call('AddressBook/set', { create: { bad: { name: '/' } }, onSuccessSetIsDefault: id });
  assert.equal(await isDefault(), false);
  await app.chloe.call('AddressBook/set', { onSuccessSetIsDefault: 'fnothing' });
  assert.equal((await list(app.chloe, 'AddressBook')).filter((book) => book['isDefault']).length, 1);
});

test('one is subscribed to one’s own folders, from the start and for good', async () => {
  const id = await folder(app.ada, 'Abonnée');
  assert.equal(
    (await refusal(app.ada, 'AddressBook/set', { update: { [id]: { isSubscribed: false } } }))['type'],
    'forbidden',
  );
  const made = await refusal(app.ada, 'AddressBook/set', { create: { new: { name: 'Sans', isSubscribed: false } } });
  assert.equal(made['type'], 'forbidden');
  const odd = await refusal(app.ada, 'AddressBook/set', { create: { new: { name: 'Sans', isSubscribed: 'no' } } });
  assert.deepEqual([odd['type'], odd['properties']], ['invalidProperties', ['isSubscribed']]);
});

test('a folder with contacts is destroyed only when that is said, with its sub-folders', async () => {
  const id = await folder(app.ada, 'Pleine');
  const below = await folder(app.ada, 'Dessous', { parentId: id });
  const cardId = await card(app.ada, below, 'Jean Dupont');
  const error = await refusal(app.ada, 'AddressBook/set', { destroy: [id] });
  assert.equal(error['type'], 'addressBookHasContents');
  await destroy(app.ada, 'AddressBook', id, { onDestroyRemoveContents: true });
  assert.deepEqual((await app.ada.call('AddressBook/get', { ids: [id, below] }))['notFound'], [id, below]);
  assert.deepEqual((await app.ada.call('ContactCard/get', { ids: [cardId] }))['notFound'], [cardId]);
});

test('an empty folder needs no such word', async () => {
  const id = await folder(app.ada, 'Vide');
  await folder(app.ada, 'Vide aussi', { parentId: id });
  await destroy(app.ada, 'AddressBook', id);
});

test('the number of contacts is told and moves with them', async () => {
  const [from, to] = [await folder(app.ada, 'Source'), await folder(app.ada, 'Cible')];
  const cardId = await card(app.ada, from, 'Jean Dupont');
  const counts = async () =>
    Promise.all([from, to].map(async (id) => (await get(app.ada, 'AddressBook', id))!['cardCount']));
  assert.deepEqual(await counts(), [1, 0]);
  await update(app.ada, 'ContactCard', cardId, { addressBookIds: { [to]: true } });
  assert.deepEqual(await counts(), [0, 1]);
  await destroy(app.ada, 'ContactCard', cardId);
  assert.deepEqual(await counts(), [0, 0]);
});
