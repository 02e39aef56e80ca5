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
  session,
  share,
  shareAccepted,
  stateOf,
  update,
} from '../../kit/calls.ts';
import type { Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

/** Ada’s folder that Ben has accepted, and one that he cannot see. */
async function open() {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const [id, secret] = [await folder(ada, 'Presse'), await folder(ada, 'Secret')];
  const shareId = await shareAccepted(ada, id, ben, 'manager');
  const states = async () => [await stateOf(ben, 'AddressBook', ada.id), await stateOf(ben, 'ContactCard', ada.id)];
  return {
    app,
    ada,
    ben,
    chloe,
    id,
    secret,
    shareId,
    states,
    where: { accountId: ada.id },
    [Symbol.asyncDispose]: app.close,
  };
}

const lists = (told: Result) =>
  [told['created'], told['updated'], told['destroyed']].map((ids) => [...ids!].sort()) as unknown;

test('changes name what was created, updated and destroyed; from the present state there are none', async () => {
  await using scene = await open();
  const { ada, id } = scene;
  const [kept, gone] = [await card(ada, id, 'Reste'), await card(ada, id, 'Part')];
  const since = await stateOf(ada, 'ContactCard');
  const made = await card(ada, id, 'Neuve');
  await update(ada, 'ContactCard', kept, { keywords: { vip: true } });
  await destroy(ada, 'ContactCard', gone);
  const told = await changes(ada, 'ContactCard', since);
  assert.deepEqual(
    [told['oldState'], told['newState'], told['hasMoreChanges']],
    [since, await stateOf(ada, 'ContactCard'), false],
  );
  assert.deepEqual(lists(told), [[made], [kept], [gone]]);
  assert.deepEqual(lists(await changes(ada, 'ContactCard', told['newState']!)), [[], [], []]);
});

test('what came and went since is in no list', async () => {
  await using scene = await open();
  const { ada, id } = scene;
  const since = await stateOf(ada, 'ContactCard');
  await destroy(ada, 'ContactCard', await card(ada, id, 'Éphémère'));
  assert.deepEqual(lists(await changes(ada, 'ContactCard', since)), [[], [], []]);
});

test('a state that was never given out, or of another kind of reader, cannot be calculated from', async () => {
  await using scene = await open();
  const { ada, ben, where } = scene;
  for (const since of ['', 'abc', '99999', '-1', '1-1-1']) {
    assert.equal((await changes(ada, 'ContactCard', since))['type'], 'cannotCalculateChanges', since);
  }
  const foreign = await ben.call('ContactCard/changes', { ...where, sinceState: await stateOf(ada, 'ContactCard') });
  assert.equal(foreign['type'], 'cannotCalculateChanges');
});

test('a thousand deletions come in a few steps, not one by one', async () => {
  await using scene = await open();
  const { ada, id } = scene;
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, number) => [`c${number}`, { addressBookIds: { [id]: true } }]),
  );
  await ada.call('ContactCard/set', { create: many });
  let since = await stateOf(ada, 'ContactCard');
  await destroy(ada, 'AddressBook', id, { onDestroyRemoveContents: true });
  const gone = new Set<unknown>();
  let steps = 0;
  for (let more = true; more; steps++) {
    const told = await ada.call('ContactCard/changes', { sinceState: since, maxChanges: 50 });
    assert.ok(items(told['destroyed']).length <= 50);
    for (const cardId of items(told['destroyed'])) gone.add(cardId);
    [since, more] = [told['newState']!, Boolean(told['hasMoreChanges'])];
  }
  assert.equal(gone.size, 300);
  assert.ok(steps <= 12, `${steps} steps`);
});

test('a colleague’s work in a shared folder is told, and nothing of other folders moves a state', async () => {
  await using scene = await open();
  const { ada, ben, chloe, id, secret, states } = scene;
  const before = await states();
  const hidden = await card(ada, secret, 'Tante Rose');
  await update(ada, 'ContactCard', hidden, { keywords: { family: true } });
  await folder(ada, 'Encore un', { parentId: secret });
  await share(ada, secret, chloe, 'viewer');
  await destroy(ada, 'ContactCard', hidden);
  assert.deepEqual(await states(), before);
  const made = await card(ada, id, 'Jean Dupont');
  const told = await changes(ben, 'ContactCard', before[1]!, ada.id);
  assert.deepEqual(lists(told), [[made], [], []]);
  assert.deepEqual(lists(await changes(ben, 'AddressBook', before[0]!, ada.id)), [[], [id], []]);
});

test('a card that moves between a folder that is seen and one that is not comes and goes', async () => {
  await using scene = await open();
  const { ada, ben, id, secret } = scene;
  const moved = await card(ada, id, 'Jean Dupont');
  const move = async (bookId: string) => {
    const since = await stateOf(ben, 'ContactCard', ada.id);
    await update(ada, 'ContactCard', moved, { addressBookIds: { [bookId]: true } });
    return lists(await changes(ben, 'ContactCard', since, ada.id));
  };
  assert.deepEqual(await move(secret), [[], [], [moved]]);
  const out = await stateOf(ben, 'ContactCard', ada.id);
  await update(ada, 'ContactCard', moved, { keywords: { gone: true } });
  assert.equal(await stateOf(ben, 'ContactCard', ada.id), out);
  assert.deepEqual(await move(id), [[moved], [], []]);
  const below = await folder(ada, 'Locale', { parentId: id });
  assert.deepEqual(await move(below), [[], [moved], []]);
});

test('gaining a folder is told: the folder as created, its cards by asking anew', async () => {
  await using scene = await open();
  const { ada, ben, secret, states } = scene;
  await card(ada, secret, 'Tante Rose');
  const [books, cards] = await states();
  await update(ada, 'AddressBook', secret, { description: 'Avant le partage' });
  await share(ada, secret, ben, 'viewer');
  assert.deepEqual(lists(await changes(ben, 'AddressBook', books!, ada.id)), [[secret], [], []]);
  assert.equal((await changes(ben, 'ContactCard', cards!, ada.id))['type'], 'cannotCalculateChanges');
});

test('losing a folder is told as destroyed, its cards by asking anew', async () => {
  await using scene = await open();
  const { ada, ben, secret, states } = scene;
  const other = await share(ada, secret, ben, 'viewer');
  const [books, cards] = await states();
  await destroy(ada, 'Share', other);
  assert.deepEqual(lists(await changes(ben, 'AddressBook', books!, ada.id)), [[], [], [secret]]);
  assert.equal((await changes(ben, 'ContactCard', cards!, ada.id))['type'], 'cannotCalculateChanges');
});

test('a folder that was gained and lost since is told, if at all, as destroyed', async () => {
  await using scene = await open();
  const { ada, ben, secret, states } = scene;
  const [books] = await states();
  await destroy(ada, 'Share', await share(ada, secret, ben, 'viewer'));
  const told = await changes(ben, 'AddressBook', books!, ada.id);
  assert.deepEqual([items(told['created']), items(told['updated'])], [[], []]);
});

test('another role, accepting, declining, one’s own name: the folder is updated or gone', async () => {
  await using scene = await open();
  const { ada, ben, id, shareId, secret, where } = scene;
  await shareAccepted(ada, secret, ben, 'viewer');
  const told = async (task: () => Promise<unknown>) => {
    const since = await stateOf(ben, 'AddressBook', ada.id);
    await task();
    return lists(await changes(ben, 'AddressBook', since, ada.id));
  };
  assert.deepEqual(await told(() => update(ada, 'Share', shareId, { role: 'viewer' })), [[], [id], []]);
  assert.deepEqual(await told(() => update(ben, 'AddressBook', id, { name: 'À moi' }, where)), [[], [id], []]);
  assert.deepEqual(await told(() => answer(ben, id, 'declined')), [[], [], [id]]);
  assert.deepEqual(await told(() => answer(ben, id, 'accepted')), [[id], [], []]);
  assert.deepEqual(await told(() => answer(ben, id, 'waiting')), [[], [id], []]);
});

test('the owner is told of the answers: the share changes', async () => {
  await using scene = await open();
  const { ada, ben, id, shareId } = scene;
  const since = await stateOf(ada, 'Share');
  await answer(ben, id, 'declined');
  assert.deepEqual(lists(await changes(ada, 'Share', since)), [[], [shareId], []]);
});

test('shares are told to those who may share, and move no state of others', async () => {
  await using scene = await open();
  const { app, ada, ben, chloe, id, shareId } = scene;
  const before = await stateOf(ben, 'Share', ada.id);
  const other = await share(ada, id, chloe, 'viewer');
  assert.equal(await stateOf(ben, 'Share', ada.id), before);
  assert.deepEqual(lists(await changes(ben, 'Share', before, ada.id)), [[], [], []]);
  await update(ada, 'Share', shareId, { role: 'admin' });
  assert.equal((await changes(ben, 'Share', before, ada.id))['type'], 'cannotCalculateChanges');
  const since = await stateOf(ben, 'Share', ada.id);
  await update(ada, 'Share', other, { role: 'manager' });
  const dora = await app.person('Dora');
  const made = await share(ada, id, dora, 'viewer');
  assert.deepEqual(lists(await changes(ben, 'Share', since, ada.id)), [[made], [other], []]);
});

test('the session changes its state with the accounts and not with what happens in them', async () => {
  await using scene = await open();
  const { ada, ben, id, secret, shareId } = scene;
  const state = async () => (await session(ben)).state;
  const before = await state();
  await card(ada, id, 'Jean Dupont');
  await card(ada, secret, 'Tante Rose');
  assert.equal(await state(), before);
  await update(ada, 'Share', shareId, { role: 'viewer' });
  const readOnly = await state();
  assert.notEqual(readOnly, before);
  await destroy(ada, 'Share', shareId);
  assert.notEqual(await state(), readOnly);
  assert.equal((await list(ben, 'AddressBook')).length, 2);
  assert.ok(await get(ada, 'AddressBook', id));
});
