import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveFolders } from '../../../src/core/handover/giveFolders.ts';
import { checkCards } from '../../../src/core/card/checkCards.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { standardMail } from '../../../src/core/share/types.ts';
import { card, changes, create, destroy, folder, get, list, shareAccepted, stateOf } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

async function names(person: Person): Promise<string[]> {
  const books = (await person.call('AddressBook/get', { ids: null }))['list']!;
  return books.map((book) => String(book['name'])).sort();
}

test('a person who left has their folders given to another, with every card, share and answer', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe, world } = app;
  const press = await folder(ada, 'Presse');
  const radio = await folder(ada, 'Radio', { parentId: press });
  const cards = [await card(ada, press, 'Jean Dupont'), await card(ada, radio, 'Marie Martin')];
  const deleted = await card(ada, press, 'Deleted');
  await destroy(ada, 'ContactCard', deleted);
  await shareAccepted(ada, press, chloe, 'manager');
  await shareAccepted(ada, radio, ben, 'viewer');
  const before = {
    books: await stateOf(chloe, 'AddressBook', ada.id),
    own: await stateOf(ben, 'ContactCard'),
  };
  await setPersonActive(world, ada.id, false);
  const given = await giveFolders(world, { fromId: ada.id, toId: ben.id });
  assert.deepEqual(
    [given.folders.toSorted(), given.cards, given.shares],
    [['Contacts', 'Personnes contactées par mail', 'Presse'], 2, 1],
  );
  assert.deepEqual(await names(ben), [
    'Ada',
    'Contacts',
    'Contacts',
    'Personnes contactées par mail',
    'Personnes contactées par mail',
    'Presse',
    'Radio',
  ]);
  for (const id of cards) assert.ok(await get(ben, 'ContactCard', id), 'with its old id');
  assert.deepEqual((await ben.call('ContactCard/query', { filter: { text: 'dupont' } }))['ids'], [cards[0]]);
  const moved = await changes(ben, 'ContactCard', before.own);
  assert.deepEqual([...moved['created']!].sort(), [...cards].sort());
  // Chloé goes on under the receiver.
  const left = await changes(chloe, 'AddressBook', before.books, ada.id);
  assert.deepEqual([left['created'], left['type']], [undefined, 'accountNotFound'], 'nothing is hers there any more');
  const seen = await chloe.call('AddressBook/get', { accountId: ben.id, ids: [press, radio] });
  assert.deepEqual(
    seen['list']!.map((book) => [Boolean(book['isSubscribed']), Boolean(book['myRights']!['mayWrite'])]),
    [
      [true, true],
      [true, true],
    ],
  );
  await card(chloe, press, 'New one', { accountId: ben.id });
  assert.equal((await list(ben, 'Share')).length, 1, 'the receiver’s own share has ended');
  const trash = await list(ben, 'TrashItem');
  assert.deepEqual(
    trash.map((item) => item['id']),
    [deleted],
  );
  assert.deepEqual(await checkCards(world, () => undefined), []);
  await setPersonActive(world, ada.id, true);
  await ada.signIn();
  assert.deepEqual(await names(ada), ['Contacts', 'Personnes contactées par mail']);
  await card(ada, String((await ada.call('AddressBook/get', { ids: null }))['list']![0]!['id']), 'Afresh');
});

test('one folder is given, cards that both have stay twice, and who waits is told anew', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe, world } = app;
  const [press, theirs] = [await folder(ada, 'Presse'), await folder(ben, 'Presse')];
  const uid = 'urn:uuid:00000000-0000-4000-8000-000000000001';
  const cardOf = (person: Person, bookId: string) =>
    create(person, 'ContactCard', { uid, name: { full: 'Twice' }, addressBookIds: { [bookId]: true } });
  const [one, other] = [await cardOf(ada, press), await cardOf(ben, theirs)];
  await create(ada, 'Share', { addressBookId: press, email: chloe.email, role: 'viewer' });
  const count = (await app.mails()).length;
  await giveFolders(world, { fromId: ada.id, toId: ben.id, bookIds: [press], mail: standardMail });
  const found = await Promise.all([one, other].map((id) => get(ben, 'ContactCard', id)));
  assert.notEqual(found[0]!['uid'], found[1]!['uid']);
  const mails = await app.mails();
  assert.equal(mails.length, count + 1);
  assert.equal((await list(chloe, 'ShareInvitation')).map((row) => row['ownerAccountId']).at(0), ben.id);
  assert.deepEqual(await names(ada), ['Contacts', 'Personnes contactées par mail']);
  const below = await folder(ada, 'Below', { parentId: await folder(ada, 'Above') });
  for (const [wrong, kind] of [
    [{ toId: ada.id }, 'invalid'],
    [{ toId: 'nobody' }, 'notFound'],
    [{ toId: ben.id, bookIds: [theirs] }, 'invalid'],
    [{ toId: ben.id, bookIds: [below] }, 'invalid'],
  ] as const)
    await assert.rejects(giveFolders(world, { fromId: ada.id, ...wrong }), { kind });
});
