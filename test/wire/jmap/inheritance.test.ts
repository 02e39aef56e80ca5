import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answer,
  card,
  changes,
  destroy,
  folder,
  get,
  items,
  list,
  refusal,
  session,
  share,
  shareAccepted,
  stateOf,
  update,
} from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

/** Ada shares a folder with two levels below it with Ben, who accepts. */
async function open(role = 'viewer') {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const where = { accountId: ada.id };
  const root = await folder(ada, 'Presse');
  const middle = await folder(ada, 'Locale', { parentId: root });
  const leaf = await folder(ada, 'Quartiers', { parentId: middle });
  const shareId = await shareAccepted(ada, root, ben, role);
  const seenBy = async (person = ben): Promise<Record<string, boolean>> => {
    const result = await person.call('AddressBook/get', where);
    return Object.fromEntries(
      [...(result['list'] ?? [])].map((book) => [book['sharedName'], book['myRights']!['mayWrite']]),
    );
  };
  return { app, ada, ben, chloe, where, root, middle, leaf, shareId, seenBy, [Symbol.asyncDispose]: app.close };
}

test('sub-folders come along, at any depth, and the view begins at the shared folder', async () => {
  await using scene = await open();
  const { ben, where, root, middle, leaf } = scene;
  const books = await list(ben, 'AddressBook', where);
  const facts = books.map(
    (book) => [book['id'], book['parentId'], book['isShareRoot'], book['isSubscribed']] as unknown[],
  );
  assert.deepEqual(
    new Map(facts.map(([id, ...rest]) => [id, rest])),
    new Map<unknown, unknown>([
      [root, [null, true, true]],
      [middle, [root, false, true]],
      [leaf, [middle, false, true]],
    ]),
  );
  assert.deepEqual(
    (await list(ben, 'ShareInvitation')).map((invitation) => invitation['id']),
    [root],
  );
});

test('a sub-folder that is made later is there, and told', async () => {
  await using scene = await open();
  const { ada, ben, where, leaf, seenBy } = scene;
  const since = await stateOf(ben, 'AddressBook', ada.id);
  const id = await folder(ada, 'Nord', { parentId: leaf });
  assert.ok('Nord' in (await seenBy()));
  const told = await changes(ben, 'AddressBook', since, ada.id);
  assert.deepEqual([told['created'], told['destroyed']], [[id], []]);
  assert.equal((await get(ben, 'AddressBook', id, where))!['isShareRoot'], false);
});

test('« none » on a sub-folder cuts off what it inherits, and what lies below it', async () => {
  await using scene = await open('manager');
  const { ada, ben, chloe, middle, seenBy } = scene;
  const since = await stateOf(ben, 'AddressBook', ada.id);
  const shareId = await share(ada, middle, ben, 'none');
  assert.deepEqual(await seenBy(), { Presse: true });
  const told = await changes(ben, 'AddressBook', since, ada.id);
  assert.deepEqual([told['created'], items(told['destroyed']).length], [[], 2]);
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(await seenBy(), { Presse: true, Locale: true, Quartiers: true });
  assert.equal((await chloe.call('AddressBook/get', { accountId: ada.id }))['type'], 'accountNotFound');
});

test('what is cut off by « none », or only to be looked at, cannot be deleted or moved away from above', async () => {
  await using scene = await open('manager');
  const { ada, ben, where, root, middle, leaf } = scene;
  const destroyed = async () => {
    const refused = await refusal(ben, 'AddressBook/set', {
      ...where,
      destroy: [middle],
      onDestroyRemoveContents: true,
    });
    return refused['type'] as string;
  };
  const shareId = await share(ada, leaf, ben, 'none');
  assert.equal(await destroyed(), 'forbidden');
  await update(ada, 'Share', shareId, { role: 'viewer' });
  assert.equal(await destroyed(), 'forbidden');
  const beside = await folder(ada, 'Archives', { parentId: root });
  const moved = { ...where, update: { [middle]: { parentId: beside } } };
  assert.equal((await refusal(ben, 'AddressBook/set', moved))['type'], 'forbidden');
  await update(ada, 'Share', shareId, { role: 'manager' });
  await update(ben, 'AddressBook', middle, { parentId: beside }, where);
  await destroy(ben, 'AddressBook', middle, { ...where, onDestroyRemoveContents: true });
});

test('the nearest grant decides: more or less on a sub-folder than above it', async () => {
  await using scene = await open('manager');
  const { ada, ben, middle, leaf, shareId, seenBy } = scene;
  await share(ada, middle, ben, 'viewer');
  await share(ada, leaf, ben, 'manager');
  assert.deepEqual(await seenBy(), { Presse: true, Locale: false, Quartiers: true });
  await update(ada, 'Share', shareId, { role: 'viewer' });
  assert.deepEqual(await seenBy(), { Presse: false, Locale: false, Quartiers: true });
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(await seenBy(), { Locale: false, Quartiers: true });
});

test('a change of the role above is a change below', async () => {
  await using scene = await open();
  const { ada, shareId, seenBy } = scene;
  await update(ada, 'Share', shareId, { role: 'manager' });
  assert.deepEqual(await seenBy(), { Presse: true, Locale: true, Quartiers: true });
  await update(ada, 'Share', shareId, { role: 'none' });
  assert.deepEqual(await seenBy(), {});
});

test('« none » suspends: the folder is gone, and back as it was with the role', async () => {
  await using scene = await open('manager');
  const { ada, ben, where, root, shareId, seenBy } = scene;
  await update(ben, 'AddressBook', root, { name: 'La presse d’Ada', color: 'pink' }, where);
  await update(ada, 'Share', shareId, { role: 'none' });
  assert.deepEqual(Object.keys((await session(ben)).accounts), [ben.id, 'directory']);
  assert.deepEqual(await list(ben, 'ShareInvitation'), []);
  assert.equal((await get(ada, 'Share', shareId))!['role'], 'none');
  await update(ada, 'Share', shareId, { role: 'viewer' });
  assert.ok(ada.id in (await session(ben)).accounts);
  const seen = (await get(ben, 'AddressBook', root, where))!;
  assert.deepEqual([seen['name'], seen['color'], seen['invitation']], ['La presse d’Ada', 'pink', 'accepted']);
  assert.deepEqual(await seenBy(), { Presse: false, Locale: false, Quartiers: false });
});

test('a folder that moves into a shared one is shared, and no longer when it moves out', async () => {
  await using scene = await open();
  const { ada, ben, where, root, seenBy } = scene;
  const id = await folder(ada, 'Radio');
  const below = await folder(ada, 'Locales', { parentId: id });
  const cardId = await card(ada, below, 'Jean Dupont');
  const before = await stateOf(ben, 'AddressBook', ada.id);
  await update(ada, 'AddressBook', id, { parentId: root });
  assert.ok('Locales' in (await seenBy()));
  assert.ok(await get(ben, 'ContactCard', cardId, where));
  const gained = await changes(ben, 'AddressBook', before, ada.id);
  assert.deepEqual([[...gained['created']!].sort(), gained['destroyed']], [[below, id].sort(), []]);
  const between = await stateOf(ben, 'AddressBook', ada.id);
  await update(ada, 'AddressBook', id, { parentId: null });
  assert.deepEqual(await seenBy(), { Presse: false, Locale: false, Quartiers: false });
  const lost = await changes(ben, 'AddressBook', between, ada.id);
  assert.deepEqual([lost['created'], [...lost['destroyed']!].sort()], [[], [below, id].sort()]);
  assert.equal(await get(ben, 'ContactCard', cardId, where), undefined);
});

test('a grant below a folder that was declined is a new invitation, also in the same role', async () => {
  await using scene = await open();
  const { ada, ben, where, root, middle, leaf, seenBy } = scene;
  const cardId = await card(ada, leaf, 'Jean Dupont');
  await answer(ben, root, 'declined');
  const invitations = await stateOf(ben, 'ShareInvitation');
  const other = await folder(ada, 'Autre');
  await shareAccepted(ada, other, ben, 'viewer');
  const [books, cards] = [await stateOf(ben, 'AddressBook', ada.id), await stateOf(ben, 'ContactCard', ada.id)];
  const shareId = await share(ada, middle, ben, 'viewer');
  assert.notEqual(await stateOf(ben, 'ShareInvitation'), invitations);
  const statuses = (await list(ben, 'ShareInvitation')).map((item) => [item['id'], item['status']] as unknown[]);
  assert.deepEqual(new Map(statuses as [unknown, unknown][]).get(middle), 'waiting');
  assert.ok(await get(ben, 'ContactCard', cardId, where));
  const told = await changes(ben, 'AddressBook', books, ada.id);
  assert.deepEqual(new Set([...told['created']!, ...told['updated']!]), new Set([middle, leaf]));
  assert.equal((await changes(ben, 'ContactCard', cards, ada.id))['type'], 'cannotCalculateChanges');
  const seen = await stateOf(ben, 'AddressBook', ada.id);
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(await seenBy(), { Autre: false });
  assert.deepEqual(new Set((await changes(ben, 'AddressBook', seen, ada.id))['destroyed']), new Set([middle, leaf]));
});

test('from one shared folder to another, of which only one was declined, a folder comes and goes', async () => {
  await using scene = await open();
  const { ada, ben, middle, leaf, seenBy } = scene;
  const refused = await folder(ada, 'Refusé');
  await share(ada, refused, ben, 'viewer');
  await answer(ben, refused, 'declined');
  const cards = await stateOf(ben, 'ContactCard', ada.id);
  const books = await stateOf(ben, 'AddressBook', ada.id);
  await update(ada, 'AddressBook', middle, { parentId: refused });
  assert.deepEqual(await seenBy(), { Presse: false });
  assert.deepEqual(new Set((await changes(ben, 'AddressBook', books, ada.id))['destroyed']), new Set([middle, leaf]));
  assert.equal((await changes(ben, 'ContactCard', cards, ada.id))['type'], 'cannotCalculateChanges');
});

test('a sub-folder that was cut off is not told of when the folder above is answered', async () => {
  await using scene = await open();
  const { ada, ben, root, middle, leaf } = scene;
  await shareAccepted(ada, await folder(ada, 'Autre'), ben, 'viewer');
  await share(ada, middle, ben, 'none');
  const since = await stateOf(ben, 'AddressBook', ada.id);
  await answer(ben, root, 'declined');
  const told = await changes(ben, 'AddressBook', since, ada.id);
  assert.deepEqual(told['destroyed'], [root]);
  assert.ok(
    ![...told['updated']!, ...told['created']!].some((id) => id === (middle as never) || id === (leaf as never)),
  );
});
