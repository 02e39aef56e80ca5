/** Sharing (RFC 9670): lines J160 to J186 of docs/conformance.md that no other test proves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, changes, folder, get, items, list, refusal, session, stateOf, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

const viewer = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };

/** Ada’s folder with a card, shared with Ben by the standard alone, and accepted. */
async function shared(name: string, rights: object = { mayRead: true }) {
  const { ada, ben } = app;
  const id = await folder(ada, name);
  const cardId = await card(ada, id, 'Jean Dupont');
  await update(ada, 'AddressBook', id, { [`shareWith/${ben.id}`]: rights });
  const where = { accountId: ada.id };
  await update(ben, 'AddressBook', id, { isSubscribed: true }, where);
  return { ada, ben, id, cardId, where };
}

test('J162 an account is read-only when nothing at all can be changed in it', async () => {
  const [owner, reader] = [await app.person('Ursule'), await app.person('Victor')];
  const id = await folder(owner, 'Nuances');
  await update(owner, 'AddressBook', id, { [`shareWith/${reader.id}`]: viewer });
  await update(reader, 'AddressBook', id, { isSubscribed: true }, { accountId: owner.id });
  const told = async () => (await session(reader)).accounts[owner.id]!['isReadOnly'] as unknown;
  assert.equal(await told(), true);
  for (const right of ['mayWrite', 'mayShare', 'mayDelete']) {
    await update(owner, 'AddressBook', id, { [`shareWith/${reader.id}`]: { ...viewer, [right]: true } });
    assert.equal(await told(), false, right);
  }
});

test('J165 who may only look writes nothing: no card, no folder, no end of it', async () => {
  const { ben, id, cardId, where } = await shared('Lecture seule');
  const refused: readonly [method: string, args: object][] = [
    ['AddressBook/set', { update: { [id]: { description: 'Autre' } } }],
    ['AddressBook/set', { destroy: [id], onDestroyRemoveContents: true }],
    ['ContactCard/set', { create: { new: { addressBookIds: { [id]: true } } } }],
    ['ContactCard/set', { update: { [cardId]: { kind: 'org' } } }],
    ['ContactCard/set', { destroy: [cardId] }],
  ];
  for (const [method, args] of refused) {
    assert.equal((await refusal(ben, method, { ...where, ...args }))['type'], 'forbidden', JSON.stringify(args));
  }
});

test('J166 mayWrite, given by a patch of it alone, lets the sharee work, and the owner sees it', async () => {
  const { ada, ben, id, cardId, where } = await shared('Écriture');
  await update(ada, 'AddressBook', id, { [`shareWith/${ben.id}/mayWrite`]: true });
  const made = await card(ben, id, 'De Ben', where);
  await update(ben, 'ContactCard', cardId, { 'name/full': 'Jeanne Dupont' }, where);
  assert.deepEqual((await get(ada, 'ContactCard', made))!['name'], { full: 'De Ben' });
  assert.deepEqual((await get(ada, 'ContactCard', cardId))!['name'], { full: 'Jeanne Dupont' });
  await ben.call('ContactCard/set', { ...where, destroy: [made] });
  assert.equal(await get(ada, 'ContactCard', made), undefined);
});

test('J169 what is revoked is gone at once, and the sharee’s changes say so', async () => {
  const kept = await shared('Reste');
  const { ada, ben, id, cardId, where } = await shared('Finit');
  const since = await stateOf(ben, 'AddressBook', ada.id);
  await update(ada, 'AddressBook', id, { [`shareWith/${ben.id}`]: null });
  assert.deepEqual((await changes(ben, 'AddressBook', since, ada.id))['destroyed'], [id]);
  for (const [type, gone] of [
    ['AddressBook', id],
    ['ContactCard', cardId],
  ] as const) {
    assert.equal(await get(ben, type, gone, where), undefined);
  }
  assert.equal((await get(ada, 'AddressBook', id))!['shareWith'], null);
  assert.ok(await get(ben, 'AddressBook', kept.id, where));
});

test('J170 a right that nobody knows is refused with its path', async () => {
  const { ada, ben, id } = await shared('Droits');
  for (const patch of [
    { [`shareWith/${ben.id}/mayFly`]: true },
    { [`shareWith/${ben.id}`]: { ...viewer, mayFly: true } },
  ]) {
    const error = await refusal(ada, 'AddressBook/set', { update: { [id]: patch } });
    assert.deepEqual(
      [error['type'], items(error['properties'])],
      ['invalidProperties', [`shareWith/${ben.id}/mayFly`]],
    );
  }
  assert.deepEqual((await get(ada, 'AddressBook', id))!['shareWith'], { [ben.id]: viewer });
});

test('J173 being subscribed is each person’s own, begins with false, and needs no right to write', async () => {
  const { ada, ben, chloe } = app;
  const id = await folder(ada, 'Abonnements');
  await update(ada, 'AddressBook', id, { shareWith: { [ben.id]: viewer, [chloe.id]: viewer } });
  const where = { accountId: ada.id };
  const subscribed = async () =>
    Promise.all(
      [ada, ben, chloe].map(
        async (person) => (await get(person, 'AddressBook', id, where))!['isSubscribed'] as unknown,
      ),
    );
  assert.deepEqual(await subscribed(), [true, false, false]);
  await update(ben, 'AddressBook', id, { isSubscribed: true }, where);
  assert.deepEqual(await subscribed(), [true, true, false]);
});

test('J174 name, order and colour that a sharee chooses are the sharee’s own', async () => {
  const { ada, ben, id, where } = await shared('De tous', { mayRead: true, mayWrite: true });
  await update(ben, 'AddressBook', id, { name: 'À ma façon', sortOrder: 9, color: 'red' }, where);
  const seen = async (person: typeof ada) => {
    const book = (await get(person, 'AddressBook', id, where))!;
    return [book['name'], book['sortOrder'], book['color'], book['sharedName']] as unknown[];
  };
  assert.deepEqual(await seen(ben), ['À ma façon', 9, 'red', 'De tous']);
  assert.deepEqual(await seen(ada), ['De tous', 0, null, 'De tous']);
});

test('J175 the default of an account is its owner’s alone', async () => {
  const { ada, ben, id, where } = await shared('Pas le défaut', { mayRead: true, mayWrite: true, mayShare: true });
  await ada.call('AddressBook/set', { onSuccessSetIsDefault: id });
  assert.equal((await get(ben, 'AddressBook', id, where))!['isDefault'], false);
  const other = (await list(ada, 'AddressBook')).find((book) => book['role'] === 'contacts')!['id']!;
  await ada.call('AddressBook/set', { onSuccessSetIsDefault: other });
  const result = await ben.call('AddressBook/set', { ...where, onSuccessSetIsDefault: id });
  assert.equal(result['updated'], null);
  assert.equal((await get(ada, 'AddressBook', id))!['isDefault'], false);
});

test('J176 a folder on top level is made in one’s own account only', async () => {
  const { ben, where } = await shared('Sommet', { mayRead: true, mayWrite: true });
  assert.equal(
    (await refusal(ben, 'AddressBook/set', { ...where, create: { new: { name: 'Chez Ada' } } }))['type'],
    'forbidden',
  );
});

test('J177 J178 what one cannot see is not there: no card to change, no folder to move to, and no word of either', async () => {
  const { ada, ben, cardId, where } = await shared('Vu', { mayRead: true, mayWrite: true });
  const hidden = await folder(ada, 'Caché');
  const secret = await card(ada, hidden, 'Tante Rose');
  for (const patch of [{}, { kind: 'org' }, { uid: 'x' }, { nonsense: 1 }, { 'a/b/c': 1 }]) {
    const error = await refusal(ben, 'ContactCard/set', { ...where, update: { [secret]: patch } });
    assert.equal(error['type'], 'notFound', JSON.stringify(patch));
  }
  const move = (bookId: string) =>
    refusal(ben, 'ContactCard/set', { ...where, update: { [cardId]: { addressBookIds: { [bookId]: true } } } });
  assert.deepEqual(await move(hidden), await move('fnothing'), 'as if there were no such folder');
});

test('J180 of notifications only dismissing is allowed', async () => {
  const { ben } = await shared('Annoncé');
  const [first] = await list(ben, 'ShareNotification');
  const key: string = first!['id']!;
  const since = await stateOf(ben, 'ShareNotification');
  assert.equal((await refusal(ben, 'ShareNotification/set', { create: { new: {} } }))['type'], 'forbidden');
  assert.equal(
    (await refusal(ben, 'ShareNotification/set', { update: { [key]: { name: 'x' } } }))['type'],
    'forbidden',
  );
  assert.deepEqual((await ben.call('ShareNotification/set', { destroy: [key] }))['destroyed'], [key]);
  assert.deepEqual((await changes(ben, 'ShareNotification', since))['destroyed'], [key]);
  assert.ok(!items((await ben.call('ShareNotification/query'))['ids']).includes(key as never));
});

test('J186 when rights change, the state of the session and the state of the folders change with them', async () => {
  const [owner, reader] = [await app.person('Solène'), await app.person('Tim')];
  const id = await folder(owner, 'À suivre');
  await update(owner, 'AddressBook', id, { [`shareWith/${reader.id}`]: viewer });
  await update(reader, 'AddressBook', id, { isSubscribed: true }, { accountId: owner.id });
  const states = async () => [(await session(reader)).state, await stateOf(reader, 'AddressBook', owner.id)];
  const [before, books] = await states();
  await update(owner, 'AddressBook', id, { [`shareWith/${reader.id}/mayWrite`]: true });
  const [after, changed] = await states();
  assert.notEqual(after, before);
  assert.notEqual(changed, books);
});
