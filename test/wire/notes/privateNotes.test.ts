/** Private notes: what a person writes about a contact for themselves. */
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
} from '../../kit/calls.ts';
import { dav } from '../../kit/dav.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** Ada's folder with two cards, which Ben may only read. */
async function scene({ ada, ben }: TestApp, role = 'viewer') {
  const bookId = await folder(ada, 'Presse');
  const cardId = await card(ada, bookId, 'Jean Dupont');
  const otherId = await card(ada, bookId, 'Zoé Exemple');
  const shareId = await shareAccepted(ada, bookId, ben, role);
  return { bookId, cardId, otherId, shareId };
}

const note = (who: Person, cardId: string, text: string) => create(who, 'PrivateNote', { cardId, text });
const textOf = async (who: Person, id: string) => (await get(who, 'PrivateNote', id))?.['text'];

async function found(who: Person, accountId: string, filter: object): Promise<readonly string[]> {
  const result = await who.call('ContactCard/query', { accountId, filter, calculateTotal: true });
  const ids: readonly string[] = [...result['ids']!];
  assert.equal(Number(result['total']), ids.length);
  return ids;
}

test('whoever may only read a contact notes something about it, changes it and takes it away', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { cardId } = await scene(app);
  const id = await note(ben, cardId, 'Toujours joindre avant midi.');
  assert.equal(id, cardId);
  const made = (await get(ben, 'PrivateNote', id))!;
  assert.deepEqual([made['cardAccountId'], made['text']], [ada.id, 'Toujours joindre avant midi.']);
  await update(ben, 'PrivateNote', id, { text: 'Préfère le téléphone.' });
  assert.equal(await textOf(ben, id), 'Préfère le téléphone.');
  await destroy(ben, 'PrivateNote', id);
  assert.equal(await textOf(ben, id), undefined);
});

test('what is no note is refused: an empty one, a second one, one about what one may not see', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { cardId } = await scene(app);
  const secret = await card(ada, await folder(ada, 'Réservé'), 'Tante Rose');
  const refused = (value: object) => refusal(ben, 'PrivateNote/set', { create: { n: value } });
  assert.equal((await refused({ cardId, text: ' ' }))['type'], 'invalidProperties');
  assert.equal((await refused({ cardId, text: 'x'.repeat(10_001) }))['type'], 'invalidProperties');
  assert.deepEqual((await refused({ cardId: secret, text: 'oh' }))['properties'], ['cardId']);
  assert.deepEqual((await refused({ cardId: 'cnobody', text: 'oh' }))['properties'], ['cardId']);
  await note(ben, cardId, 'Une.');
  const second = await refused({ cardId, text: 'Deux.' });
  assert.deepEqual([second['type'], second['existingId']], ['alreadyExists', cardId]);
  const elsewhere = await ben.call('PrivateNote/get', { accountId: ada.id, ids: null });
  assert.equal(elsewhere['type'], 'accountNotSupportedByMethod');
});

test('each finds by search what they noted themselves, together with what the card says, and nobody else does', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { cardId, otherId } = await scene(app, 'manager');
  await note(ben, cardId, 'Allergique aux arachides');
  const inAda = (who: Person, filter: object) => found(who, ada.id, filter);
  assert.deepEqual(await inAda(ben, { privateNote: 'arachid' }), [cardId]);
  assert.deepEqual(await inAda(ben, { anyText: 'dupont allerg' }), [cardId]);
  assert.deepEqual(await inAda(ben, { anyText: 'zoe allerg' }), []);
  assert.deepEqual(await inAda(ben, { anyText: '"aux arachides"' }), [cardId]);
  assert.deepEqual(await inAda(ben, { anyText: '"arachides aux"' }), []);
  assert.deepEqual(await inAda(ben, { anyText: 'exemple' }), [otherId]);
  assert.deepEqual(await inAda(ben, { text: 'arachides' }), []);
  assert.deepEqual(await inAda(ben, { note: 'arachides' }), []);
  for (const filter of [{ privateNote: 'arachides' }, { anyText: 'arachides' }])
    assert.deepEqual(await inAda(ada, filter), []);
  await note(ada, cardId, 'Cousin de Zoé');
  assert.deepEqual(await inAda(ada, { anyText: 'zoe' }), [cardId, otherId]);
  assert.deepEqual(await inAda(ben, { anyText: 'zoe' }), [otherId]);
  await update(ben, 'PrivateNote', cardId, { text: 'Rien' });
  assert.deepEqual(await inAda(ben, { anyText: 'arachides' }), []);
  const not = { operator: 'NOT', conditions: [{ privateNote: 'rien' }] };
  assert.deepEqual(await inAda(ben, not), [otherId]);
});

test('a list that was found by notes follows what changes, and says so when it cannot', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, cardId, otherId } = await scene(app, 'manager');
  await note(ben, cardId, 'Presse régionale');
  const args = { accountId: ada.id, filter: { anyText: 'presse' } };
  const before = await ben.call('ContactCard/query', args);
  const third = await card(ada, bookId, 'Presse Alfa');
  const delta = await ben.call('ContactCard/queryChanges', { ...args, sinceQueryState: before['queryState'] });
  assert.deepEqual(delta['added'], [{ id: third, index: 1 }]);
  await note(ben, otherId, 'La presse aussi');
  const lost = await ben.call('ContactCard/queryChanges', { ...args, sinceQueryState: delta['newQueryState'] });
  assert.equal(lost['type'], 'cannotCalculateChanges');
  assert.deepEqual([...(await ben.call('ContactCard/query', args))['ids']!], [cardId, third, otherId]);
  // What Ada notes is nothing to Ben's list.
  const now = (await ben.call('ContactCard/query', args))['queryState'];
  await note(ada, third, 'Presse');
  assert.equal((await ben.call('ContactCard/query', args))['queryState'], now);
});

test('a note is hidden with the access to its contact, and there again with it', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, cardId, shareId } = await scene(app);
  await note(ben, cardId, 'Retrouvée');
  const own = await card(ben, await folder(ben, 'À moi'), 'Anne');
  await note(ben, own, 'La mienne');
  const state = await stateOf(ben, 'PrivateNote');
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(
    (await list(ben, 'PrivateNote')).map((one) => one['text']),
    ['La mienne'],
  );
  assert.equal((await refusal(ben, 'PrivateNote/set', { update: { [cardId]: { text: 'x' } } }))['type'], 'notFound');
  assert.equal((await refusal(ben, 'PrivateNote/set', { destroy: [cardId] }))['type'], 'notFound');
  assert.equal((await changes(ben, 'PrivateNote', state))['type'], 'cannotCalculateChanges');
  await shareAccepted(ada, bookId, ben, 'viewer');
  assert.equal(await textOf(ben, cardId), 'Retrouvée');
  assert.deepEqual([...(await changes(ben, 'PrivateNote', state))['updated']!], []);
  await destroy(ada, 'ContactCard', cardId);
  assert.equal(await textOf(ben, cardId), undefined);
  await ada.call('TrashItem/restore', { ids: [cardId] });
  assert.equal(await textOf(ben, cardId), 'Retrouvée');
});

test('a note goes with its contact into other folders and accounts, also by CardDAV, and back with an undo', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, cardId, otherId } = await scene(app, 'manager');
  await note(ben, cardId, 'Vient avec');
  const sub = await folder(ada, 'Sous', { parentId: bookId });
  await update(ben, 'ContactCard', cardId, { addressBookIds: { [sub]: true } }, { accountId: ada.id });
  assert.equal(await textOf(ben, cardId), 'Vient avec');
  const mine = await folder(ben, 'À moi');
  const args = { fromAccountId: ada.id, accountId: ben.id, onSuccessDestroyOriginal: true };
  const [copied] = await ben.jmap([
    ['ContactCard/copy', { ...args, create: { k: { id: cardId, addressBookIds: { [mine]: true } } } }],
  ]);
  const there = copied![1]['created']!['k']!['id']! as string;
  assert.deepEqual([await textOf(ben, there), await textOf(ben, cardId)], ['Vient avec', undefined]);
  // « Annuler »: the copy goes for good, the original comes back.
  await destroy(ben, 'ContactCard', there);
  await ben.call('TrashItem/set', { destroy: [there] });
  await ben.call('TrashItem/restore', { ids: [cardId] });
  assert.deepEqual([await textOf(ben, there), await textOf(ben, cardId)], [undefined, 'Vient avec']);

  await note(ben, otherId, 'Par CardDAV');
  await note(ada, otherId, 'Celle d’Ada');
  const home = await dav(ben, 'PROPFIND', `/dav/addressbooks/${ben.id}/`, { headers: { Depth: '1' } });
  const hrefOf = (name: string) =>
    home.responses.find(({ found: [...props] }) => props.some(([, { children }]) => children.includes(name)))!.href;
  const from = hrefOf('Presse de Ada');
  const members = await dav(ben, 'PROPFIND', from, { headers: { Depth: '1' } });
  const hrefs = members.responses.map(({ href }) => href).filter((href) => href.endsWith('.vcf'));
  assert.equal(hrefs.length, 1);
  const target = `${hrefOf('À moi')}zoe.vcf`;
  const moved = await dav(ben, 'MOVE', hrefs[0]!, { headers: { Destination: `${app.url}${target}` } });
  assert.equal(moved.status, 201, moved.text);
  const notes = (await list(ben, 'PrivateNote')).map((one) => [one['text'], one['cardAccountId']]);
  assert.deepEqual(notes.toSorted(), [
    ['Par CardDAV', ben.id],
    ['Vient avec', ada.id],
  ]);
  assert.deepEqual(await list(ada, 'PrivateNote'), []);
});

test('a note ends with its contact, and what was noted about merged contacts is joined', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { cardId, otherId } = await scene(app, 'manager');
  await note(ben, cardId, 'Un');
  await note(ben, otherId, 'Deux');
  await note(ada, otherId, 'D’Ada');
  const merge = { create: { m: { keepId: cardId, cardIds: [otherId] } } };
  const merged = await ada.call('Merge/set', merge);
  assert.ok(merged['created'], JSON.stringify(merged));
  assert.deepEqual([await textOf(ben, cardId), await textOf(ada, cardId)], ['Un\n\nDeux', 'D’Ada']);
  await ada.call('Merge/undo', { ids: [merged['created']['m']!['id']] });
  assert.equal(await textOf(ben, otherId), 'Deux');
  await destroy(ada, 'ContactCard', cardId);
  await destroy(ada, 'TrashItem', cardId);
  const rows = await app.world.db.all(app.world.db.build.selectFrom('private_note').select('contact_id'));
  assert.deepEqual(new Set(rows.map((row) => row.contact_id)), new Set([otherId]));
  const words = await app.world.db.all(app.world.db.build.selectFrom('private_note_token').select('token'));
  assert.ok(!words.some(({ token }) => token === 'un'));
});

test('people of « Annuaire » can have notes, and are found by them', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const { buildDirectoryCards } = await import('../../../src/core/directorybook/buildDirectoryCards.ts');
  await buildDirectoryCards(app.world);
  await note(ben, chloe.id, 'Bureau déménagé au 3e');
  const made = (await get(ben, 'PrivateNote', chloe.id))!;
  assert.equal(made['cardAccountId'], 'directory');
  assert.deepEqual(await found(ben, 'directory', { anyText: 'chlo demenag' }), [chloe.id]);
  assert.deepEqual(await found(ben, 'directory', { privateNote: 'bureau' }), [chloe.id]);
  assert.deepEqual(await found(ada, 'directory', { anyText: 'demenag' }), []);
});

test('pages of changes are exact, one at a time as well', async () => {
  await using app = await createTestApp();
  const { ben } = app;
  const bookId = await folder(ben, 'À moi');
  const since = await stateOf(ben, 'PrivateNote');
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C']) ids.push(await note(ben, await card(ben, bookId, name), `Note ${name}`));
  await destroy(ben, 'PrivateNote', ids[1]!);
  const told: string[] = [];
  let state = since;
  for (let more = true; more;) {
    const page = await ben.call('PrivateNote/changes', { sinceState: state, maxChanges: 1 });
    told.push(...(page['created'] as readonly Result[]));
    state = page['newState']!;
    more = Boolean(page['hasMoreChanges']);
  }
  assert.deepEqual(told, [ids[0], ids[2]]);
  assert.equal(state, await stateOf(ben, 'PrivateNote'));
  assert.equal((await changes(ben, 'PrivateNote', '7-none'))['type'], 'cannotCalculateChanges');
});
