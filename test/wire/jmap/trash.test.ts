import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  card,
  changes,
  create,
  destroy,
  folder,
  get,
  list,
  refusal,
  shareAccepted,
  stateOf,
  update,
  upload,
  pixel,
} from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { Person, Result } from '../../kit/person.ts';

async function restore(person: Person, id: string, addressBookId?: string): Promise<Result> {
  const result = await person.call('TrashItem/restore', { ids: [id], ...(addressBookId ? { addressBookId } : {}) });
  assert.ok(result['restored'] && id in result['restored'], JSON.stringify(result));
  return result['restored'][id]!;
}

const refuseRestore = (person: Person, id: string, more: object = {}) =>
  refusal(person, 'TrashItem/restore', { ids: [id], ...more });

test('a card that was deleted waits in the trash and comes back whole: id, uid, photo, everything', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const blobId = await upload(ada, pixel, 'image/png');
  const id = await create(ada, 'ContactCard', {
    name: { full: 'Jean Dupont' },
    emails: { e: { address: 'jean@demo.example' } },
    media: { photo: { kind: 'photo', blobId, mediaType: 'image/png' } },
    addressBookIds: { [bookId]: true },
  });
  const before = await get(ada, 'ContactCard', id);
  await destroy(ada, 'ContactCard', id);
  const [item] = await list(ada, 'TrashItem');
  assert.deepEqual(
    { ...(item as unknown as object), deletedAt: null },
    {
      id,
      kind: 'card',
      name: 'Jean Dupont',
      email: 'jean@demo.example',
      ownerAccountId: ada.id,
      addressBookId: bookId,
      addressBookName: 'Presse',
      cardCount: 1,
      deletedAt: null,
      deletedBy: ada.id,
      deletedByName: 'Ada',
      mayRestore: true,
    },
  );
  assert.deepEqual(await restore(ada, id), { accountId: ada.id, addressBookId: bookId });
  assert.deepEqual(await get(ada, 'ContactCard', id), before);
  assert.deepEqual(await list(ada, 'TrashItem'), []);
  assert.equal((await ada.get(`/jmap/download/${ada.id}/${blobId}/photo.png?accept=image/png`)).status, 200);
});

test('who deletes what was shared with them does not learn from the trash where it stood', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const above = await folder(ada, 'Licenciements');
  const id = await folder(ada, 'Presse', { parentId: above });
  const cardId = await card(ada, id, 'Jean Dupont');
  const rights = { mayRead: true, mayWrite: true, mayShare: false, mayDelete: true };
  await update(ada, 'AddressBook', id, { shareWith: { [ben.id]: rights } });
  const where = { accountId: ada.id };
  const places = async (person: Person) =>
    (await list(person, 'TrashItem')).map((item) => [
      item['addressBookId'],
      item['addressBookName'],
      item['mayRestore'],
    ]);
  await destroy(ben, 'ContactCard', cardId, where);
  assert.deepEqual(await places(ben), [[id, 'Presse', true]] as unknown);
  await destroy(ben, 'AddressBook', id, where);
  const unseen = [null, null, false];
  assert.deepEqual(await places(ben), [unseen, unseen] as unknown);
  assert.ok((await places(ada)).some((place) => (place as unknown[]).includes('Licenciements')));
});

test('a folder comes back with its sub-folders, cards, shares and answers, under its old ids', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const where = { accountId: ada.id };
  const root = await folder(ada, 'Presse');
  const below = await folder(ada, 'Locale', { parentId: root });
  const cards = [await card(ada, root, 'Jean Dupont'), await card(ada, below, 'Jeanne Dupont')];
  const shareId = await shareAccepted(ada, root, ben, 'manager');
  await update(ben, 'AddressBook', root, { name: 'Presse à nous' }, where);
  const shares = await stateOf(ada, 'Share');
  await destroy(ada, 'AddressBook', root, { onDestroyRemoveContents: true });
  const [item] = await list(ada, 'TrashItem');
  assert.deepEqual(
    [item!['kind'], item!['name'], item!['cardCount'], item!['addressBookId']],
    ['folder', 'Presse', 2, null],
  );
  assert.equal((await ben.call('AddressBook/get', where))['type'], 'accountNotFound');
  assert.deepEqual(await list(ben, 'ShareInvitation'), []);
  assert.deepEqual((await changes(ada, 'Share', shares))['destroyed'], [shareId]);
  const gone = await stateOf(ada, 'Share');
  await restore(ada, root);
  assert.deepEqual((await changes(ada, 'Share', gone))['created'], [shareId]);
  assert.equal((await get(ada, 'Share', shareId))!['status'], 'accepted');
  const seen = await list(ben, 'AddressBook', where);
  assert.deepEqual(seen.map((book) => [book['name'], book['cardCount']] as unknown[]).sort(), [
    ['Locale', 1],
    ['Presse à nous', 1],
  ]);
  assert.deepEqual(
    new Set((await list(ben, 'ContactCard', where)).map((item) => item['id'] as unknown)),
    new Set(cards),
  );
});

test('a folder whose name was taken meanwhile comes back with a number; one that stood in a gone folder, on top', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [first, parentId] = [await folder(ada, 'Presse'), await folder(ada, 'Parent')];
  const below = await folder(ada, 'Corbeille', { parentId });
  await destroy(ada, 'AddressBook', first);
  await folder(ada, 'PRESSE');
  await restore(ada, first);
  assert.equal((await get(ada, 'AddressBook', first))!['name'], 'Presse (2)');
  await destroy(ada, 'AddressBook', below);
  await restore(ada, below);
  assert.deepEqual(
    [(await get(ada, 'AddressBook', below))!['name'], (await get(ada, 'AddressBook', below))!['parentId']],
    ['Corbeille', parentId],
  );
  await destroy(ada, 'AddressBook', below);
  await destroy(ada, 'AddressBook', parentId);
  await restore(ada, below);
  const back = (await get(ada, 'AddressBook', below))!;
  assert.deepEqual([back['name'], back['parentId']], ['Corbeille (2)', null]);
});

test('a card whose folder is gone needs another one, of the same account', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [bookId, other, theirs] = [
    await folder(ada, 'Presse'),
    await folder(ada, 'Autre'),
    await folder(ben, 'Chez Ben'),
  ];
  await shareAccepted(ben, theirs, ada, 'manager');
  const id = await card(ada, bookId, 'Jean Dupont');
  await destroy(ada, 'ContactCard', id);
  await destroy(ada, 'AddressBook', bookId);
  const error = await refuseRestore(ada, id);
  assert.deepEqual(
    [error['type'], error['properties'], error['reason']],
    ['invalidProperties', ['addressBookId'], 'folderGone'],
  );
  assert.equal((await refuseRestore(ada, id, { addressBookId: theirs }))['reason'], 'otherAccount');
  assert.deepEqual(await restore(ada, id, other), { accountId: ada.id, addressBookId: other });
});

test('a folder is restored into another one of the same account, and of no other', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [id, other, theirs] = [await folder(ada, 'Presse'), await folder(ada, 'Autre'), await folder(ben, 'Chez Ben')];
  await shareAccepted(ben, theirs, ada, 'manager');
  await destroy(ada, 'AddressBook', id);
  assert.equal((await refuseRestore(ada, id, { addressBookId: theirs }))['reason'], 'otherAccount');
  await restore(ada, id, other);
  assert.equal((await get(ada, 'AddressBook', id))!['parentId'], other);
});

test('a card that comes back to find its uid taken gets a new one', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const value = { uid: 'urn:uuid:5f1c40f1-7a3c-4b3e-9a4e-1d1f6a4b8c11', addressBookIds: { [bookId]: true } };
  const id = await create(ada, 'ContactCard', value);
  await destroy(ada, 'ContactCard', id);
  await create(ada, 'ContactCard', value);
  await restore(ada, id);
  assert.notEqual((await get(ada, 'ContactCard', id))!['uid'], value.uid);
});

test('what a sharee deletes is in their trash and in the owner’s, and either brings it back', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben, 'manager');
  for (const restorer of [ben, ada]) {
    const id = await card(ada, bookId, 'Jean Dupont');
    const states = [await stateOf(ada, 'TrashItem'), await stateOf(ben, 'TrashItem')];
    await destroy(ben, 'ContactCard', id, { accountId: ada.id });
    for (const person of [ada, ben]) {
      const [item] = await list(person, 'TrashItem');
      assert.deepEqual(
        [item!['id'], item!['deletedByName'], item!['ownerAccountId'], item!['mayRestore']],
        [id, 'Ben', ada.id, true],
      );
    }
    await restore(restorer, id);
    assert.ok(await get(ada, 'ContactCard', id));
    for (const [index, person] of [ada, ben].entries()) {
      assert.deepEqual(await list(person, 'TrashItem'), []);
      const told = await changes(person, 'TrashItem', states[index]!);
      assert.deepEqual([told['created'], told['updated'], told['destroyed']], [[], [], []]);
    }
  }
});

test('a sub-folder that a manager deleted is brought back by them, into a folder that is still shared', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const where = { accountId: ada.id };
  const root = await folder(ada, 'Presse');
  const below = await folder(ada, 'Locale', { parentId: root });
  const cardId = await card(ada, below, 'Jean Dupont');
  await shareAccepted(ada, root, ben, 'manager');
  await destroy(ben, 'AddressBook', below, { ...where, onDestroyRemoveContents: true });
  await restore(ben, below);
  assert.equal((await get(ben, 'AddressBook', below, where))!['parentId'], root);
  assert.ok(await get(ben, 'ContactCard', cardId, where));
});

test('a former sharee brings nothing back, nor one who may only look by now', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  const shareId = await shareAccepted(ada, bookId, ben, 'manager');
  const id = await card(ada, bookId, 'Jean Dupont');
  await destroy(ben, 'ContactCard', id, { accountId: ada.id });
  await update(ada, 'Share', shareId, { role: 'viewer' });
  assert.equal((await list(ben, 'TrashItem'))[0]!['mayRestore'], false);
  assert.equal((await refuseRestore(ben, id))['type'], 'forbidden');
  await destroy(ada, 'Share', shareId);
  assert.equal((await refuseRestore(ben, id))['type'], 'forbidden');
  assert.ok(await restore(ada, id));
});

test('what somebody else deleted is not in the trash of a sharee', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben, 'manager');
  const id = await card(ada, bookId, 'Jean Dupont');
  await destroy(ada, 'ContactCard', id);
  assert.deepEqual(await list(ben, 'TrashItem'), []);
  assert.equal((await refuseRestore(ben, id))['type'], 'notFound');
});

test('what has no room in the account any more waits in the trash until there is some', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARDS_PER_ACCOUNT: '2' } });
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const one = await card(ada, bookId, 'One');
  await card(ada, bookId, 'Two');
  const stay = await folder(ada, 'Radio');
  await destroy(ada, 'ContactCard', one);
  const third = await card(ada, stay, 'Three');
  assert.equal((await refuseRestore(ada, one))['type'], 'overQuota');
  await destroy(ada, 'ContactCard', third);
  await restore(ada, one);
  await destroy(ada, 'AddressBook', bookId, { onDestroyRemoveContents: true });
  await restore(ada, third);
  assert.equal((await refuseRestore(ada, bookId))['type'], 'overQuota');
  await destroy(ada, 'ContactCard', third);
  await restore(ada, bookId);
  assert.equal((await list(ada, 'ContactCard')).length, 2);
});
