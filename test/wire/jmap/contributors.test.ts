import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, folder, get, refusal, shareAccepted, update } from '../../kit/calls.ts';
import { comeAsGuest } from '../../kit/guest.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const contributing = { mayRead: true, mayWrite: false, mayAdd: true, mayShare: false, mayDelete: false };
const plainViewer = { mayRead: true, mayWrite: false, mayShare: false, mayDelete: false };

/** Capabilities of a client that has never heard of this product. */
const plain = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts', 'urn:ietf:params:jmap:principals'];

async function asPlain(who: Person, method: string, args: object): Promise<Result> {
  const [first] = await who.jmap([[method, args]], plain);
  return first![1];
}

/** Ada's folder with a card, in which Ben contributes. */
async function scene({ ada, ben }: TestApp) {
  const bookId = await folder(ada, 'Presse');
  const hers = await card(ada, bookId, 'Jean Dupont');
  const shareId = await shareAccepted(ada, bookId, ben, 'contributor');
  const where = { accountId: ada.id };
  const create = { new: { name: { full: 'Zoé' }, addressBookIds: { [bookId]: true } } };
  const { created } = await ben.call('ContactCard/set', { ...where, create });
  return { bookId, hers, shareId, where, his: created!['new']!['id']! as string };
}

test('a contributor sees what they may do with the folder and which cards they added', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, hers, his, shareId, where } = await scene(app);
  assert.deepEqual((await get(ben, 'AddressBook', bookId, where))!['myRights'], contributing);
  const mine = async (who: typeof ben, id: string) => (await get(who, 'ContactCard', id, where))!['addedByMe'];
  assert.deepEqual([await mine(ben, his), await mine(ben, hers)], [true, false]);
  assert.deepEqual([await mine(ada, his), await mine(ada, hers)], [false, true]);
  assert.equal((await get(ada, 'Share', shareId))!['role'], 'contributor');
});

test('a client that knows RFC 9610 alone is promised nothing that is refused, and takes nothing away by writing it back', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, his, where } = await scene(app);
  const seen = await asPlain(ben, 'AddressBook/get', { ...where, ids: [bookId] });
  assert.deepEqual(seen['list']![0]!['myRights'], plainViewer);
  const cards = await asPlain(ben, 'ContactCard/get', { ...where, ids: [his] });
  assert.ok(!('addedByMe' in cards['list']![0]!));
  const own = await asPlain(ada, 'AddressBook/get', { ids: [bookId], accountId: ada.id });
  const shareWith: Result = own['list']![0]!['shareWith']!;
  assert.deepEqual(shareWith, { [ben.id]: plainViewer });
  const give = (value: object) =>
    asPlain(ada, 'AddressBook/set', { accountId: ada.id, update: { [bookId]: { shareWith: value } } });
  await give({ ...(shareWith as object), [app.chloe.id]: { mayRead: true } });
  assert.deepEqual((await get(ben, 'AddressBook', bookId, where))!['myRights'], contributing);
  assert.deepEqual((await get(ada, 'AddressBook', bookId))!['shareWith']![app.chloe.id], {
    ...contributing,
    mayAdd: false,
  });
  // What it cannot see it cannot give either: it would think that it has given nothing.
  const unknown = await give({ [ben.id]: { mayRead: true, mayAdd: true } });
  assert.deepEqual([...unknown['notUpdated']![bookId]!['properties']!], [`shareWith/${ben.id}/mayAdd`]);
  await give({ [ben.id]: { mayRead: true, mayWrite: true } });
  await give({ [ben.id]: { mayRead: true } });
  assert.equal((await get(ben, 'AddressBook', bookId, where))!['myRights']!['mayAdd'], false);
});

test('what others do to a card leaves it to who added it; who moves it to another folder has added it there', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, his, where } = await scene(app);
  const isBens = async () => (await get(ben, 'ContactCard', his, where))?.['addedByMe'];
  await update(ada, 'ContactCard', his, { 'name/full': 'Zoé Dupont' });
  assert.equal(await isBens(), true);
  await ada.call('ContactCard/set', { destroy: [his] });
  await ada.call('TrashItem/restore', { ids: [his] });
  assert.equal(await isBens(), true);
  const other = await folder(ada, 'Autre', { parentId: bookId });
  await update(ada, 'ContactCard', his, { addressBookIds: { [other]: true } });
  assert.equal(await isBens(), false);
  const change = { ...where, update: { [his]: { 'name/full': 'Non' } } };
  assert.equal((await refusal(ben, 'ContactCard/set', change))['type'], 'forbidden');
});

test('copied into the folder from one’s own, a card is one’s own there', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, where } = await scene(app);
  const own = await card(ben, await folder(ben, 'À moi'), 'Emil');
  const create = { new: { id: own, addressBookIds: { [bookId]: true } } };
  const copied = await ben.call('ContactCard/copy', { fromAccountId: ben.id, accountId: ada.id, create });
  const id: string = copied['created']!['new']!['id']!;
  await update(ben, 'ContactCard', id, { 'name/full': 'Emil Zwei' }, where);
});

test('a change of role is told as any, and takes effect at once', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, his, shareId, where } = await scene(app);
  await update(ada, 'Share', shareId, { role: 'viewer' });
  const change = { ...where, update: { [his]: { 'name/full': 'Non' } } };
  assert.equal((await refusal(ben, 'ContactCard/set', change))['type'], 'forbidden');
  app.clock.advance(1000);
  await update(ada, 'Share', shareId, { role: 'contributor' });
  await update(ben, 'ContactCard', his, { 'name/full': 'Oui' }, where);
  const { list } = await ben.call('ShareNotification/get');
  const told = list!.filter((one) => (one['objectId'] as unknown) === bookId).map((one) => one['newRights']);
  assert.deepEqual(told[0], contributing, 'the newest comes first');
});

test('a guest may contribute, the public may not, and no guest is a manager', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const email = 'ines@ailleurs.example';
  const wanted = (value: object) => ({ create: { new: { addressBookId: bookId, ...value } } });
  for (const value of [
    { type: 'guest', email, role: 'manager' },
    { type: 'public', role: 'contributor' },
  ])
    assert.equal((await refusal(ada, 'Share/set', wanted(value)))['type'], 'invalidProperties');
  await ada.call('Share/set', wanted({ type: 'guest', email, role: 'contributor' }));
  const guest = await comeAsGuest(app, email);
  const create = { new: { name: { full: 'De dehors' }, addressBookIds: { [bookId]: true } } };
  const { created } = await guest.call('ContactCard/set', { accountId: ada.id, create });
  const id: string = created!['new']!['id']!;
  await update(guest, 'ContactCard', id, { 'name/full': 'Du dehors' }, { accountId: ada.id });
});
