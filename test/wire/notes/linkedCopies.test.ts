/** « Copier vers », « garder lié »: copies that follow their originals, field by field, as long as their maker may read these. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { purgeLinks } from '../../../src/core/linkedCopy/purgeLinks.ts';
import { followOriginals } from '../../../src/core/linkedCopy/followOriginals.ts';
import {
  answer,
  card,
  create,
  destroy,
  folder,
  get,
  list,
  pixel,
  refusal,
  share,
  shareAccepted,
  stateOf,
  update,
  upload,
} from '../../kit/calls.ts';
import { dav } from '../../kit/dav.ts';
import { historyOf } from '../../kit/history.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** Does what is due; faults are faults of the test. */
async function follow(app: TestApp): Promise<number> {
  return followOriginals(app.world, (error) => {
    throw error;
  });
}

/** Ada's card, which Ben may read, and his linked copy of it. */
async function scene(app: TestApp) {
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  const sourceId = await create(ada, 'ContactCard', {
    name: { full: 'Jean Dupont' },
    emails: { e: { address: 'jean@demo.example' } },
    titles: { t: { name: 'Attaché' } },
    addressBookIds: { [bookId]: true },
  });
  const shareId = await shareAccepted(ada, bookId, ben, 'viewer');
  const mine = await folder(ben, 'À moi');
  const copyId = await create(ben, 'CardLink', { sourceId, addressBookId: mine });
  const where = { accountId: ada.id };
  const edit = (patch: object) => update(ada, 'ContactCard', sourceId, patch);
  const copy = async () => (await get(ben, 'ContactCard', copyId))!;
  const link = async () => (await get(ben, 'CardLink', copyId))!;
  return { bookId, sourceId, shareId, mine, copyId, where, edit, copy, link };
}

const addressesOf = (one: Result) => Object.values(one['emails'] ?? {}).map((email) => (email as Result)['address']);

test('a copy says what it follows, and takes what changes in the original, also by CardDAV', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, sourceId, copyId, mine, edit, copy, link } = await scene(app);
  const made = await link();
  assert.deepEqual(
    [made['id'], made['sourceId'], made['sourceName'], made['status'], made['cardAccountId'], made['addressBookId']],
    [copyId, sourceId, 'Jean Dupont', 'following', ben.id, mine],
  );
  assert.deepEqual([made['sourceAccountId'], made['sourceAddressBookId']], [ada.id, bookId]);
  assert.equal(await follow(app), 0);
  const state = await stateOf(ben, 'ContactCard');
  await edit({ titles: { t: { name: 'Directeur' } }, phones: { p: { number: '0556000001' } } });
  assert.equal(await follow(app), 1);
  const followed = await copy();
  assert.equal(
    followed['titles']!['t']?.['name'] ?? Object.values(followed['titles']!)[0]!['name' as never],
    'Directeur',
  );
  assert.equal(Object.values(followed['phones']!).length, 1);
  const told = await ben.call('ContactCard/changes', { sinceState: state });
  assert.deepEqual(told['updated'], [copyId]);
  const [version] = await historyOf(ben, copyId);
  assert.deepEqual([version!['way'], version!['action'], version!['authorId']], ['linkedCopy', 'updated', ben.id]);

  const home = await dav(ada, 'PROPFIND', `/dav/addressbooks/${ada.id}/`, { headers: { Depth: '1' } });
  const all = home.responses.map(({ href }) => href);
  const places = await Promise.all(all.map((href) => dav(ada, 'PROPFIND', href, { headers: { Depth: '1' } })));
  const href = places.flatMap(({ responses }) => responses).find((one) => one.href.endsWith('.vcf'))!.href;
  const before = (await dav(ada, 'GET', href)).text;
  const body = before.replace('jean@demo.example', 'directeur@demo.example');
  assert.equal((await dav(ada, 'PUT', href, { body })).status, 204);
  await follow(app);
  assert.deepEqual(addressesOf(await copy()), ['directeur@demo.example']);
});

test('what the maker changed in the copy stays, and where both changed the copy’s value stays and is named', async () => {
  await using app = await createTestApp();
  const { ben } = app;
  const { copyId, edit, copy, link } = await scene(app);
  const titleKey = Object.keys((await copy())['titles']!)[0]!;
  await update(ben, 'ContactCard', copyId, {
    [`titles/${titleKey}/name`]: 'Mon attaché',
    keywords: { presse: true },
  });
  await edit({ 'titles/t/name': 'Directeur', phones: { p: { number: '0556000001' } } });
  await follow(app);
  const followed = await copy();
  assert.equal(followed['titles']![titleKey as never]!['name'], 'Mon attaché');
  assert.deepEqual([followed['keywords'], Object.values(followed['phones']!).length], [{ presse: true }, 1]);
  assert.deepEqual((await link())['conflicts'], [`titles/${titleKey}`]);
  await edit({ notes: { n: { note: 'Autre chose' } } });
  await follow(app);
  assert.deepEqual((await link())['conflicts'], [`titles/${titleKey}`], 'it is not said twice');
  const more = await refusal(ben, 'CardLink/set', { update: { [copyId]: { conflicts: ['name', 'x'] } } });
  assert.equal(more['type'], 'invalidProperties');
  await update(ben, 'CardLink', copyId, { conflicts: [] });
  assert.deepEqual((await link())['conflicts'], []);
});

test('after access has ended nothing flows, and the link says so; with the access it goes on', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, shareId, edit, copy, link } = await scene(app);
  const before = await copy();
  await destroy(ada, 'Share', shareId);
  const ended = await link();
  assert.deepEqual([ended['status'], ended['sourceAccountId'], ended['sourceName']], ['noAccess', null, 'Jean Dupont']);
  const state = await stateOf(ben, 'CardLink');
  await edit({ name: { full: 'Jean Secret' }, notes: { n: { note: 'Secret' } } });
  assert.equal(await follow(app), 1);
  assert.deepEqual([await copy(), await link()], [before, ended]);
  assert.equal(await stateOf(ben, 'CardLink'), state);
  await edit({ titles: null });
  await follow(app);
  assert.deepEqual(await copy(), before);
  await share(ada, bookId, ben, 'viewer');
  await answer(ben, bookId, 'accepted');
  await follow(app);
  assert.deepEqual([(await copy())['name'], (await link())['status']], [{ full: 'Jean Secret' }, 'following']);
});

test('a deleted original is said to be gone, and followed again when it comes back', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { sourceId, shareId, copyId, edit, copy, link } = await scene(app);
  await destroy(ada, 'ContactCard', sourceId);
  assert.deepEqual([(await link())['status'], (await link())['sourceName']], ['gone', 'Jean Dupont']);
  assert.ok(await copy());
  await ada.call('TrashItem/restore', { ids: [sourceId] });
  assert.equal((await link())['status'], 'following');
  // Moved to where the maker does not see it: no more is told than of one that was deleted.
  const secret = await folder(ada, 'Réservé');
  await edit({ addressBookIds: { [secret]: true }, titles: null });
  await follow(app);
  assert.deepEqual([(await link())['status'], Object.keys((await copy())['titles']!).length], ['gone', 1]);
  await destroy(ada, 'ContactCard', sourceId);
  await destroy(ada, 'TrashItem', sourceId);
  assert.equal((await link())['status'], 'gone');
  await destroy(ada, 'Share', shareId);
  assert.equal((await link())['status'], 'noAccess');
  await destroy(ben, 'CardLink', copyId);
  assert.deepEqual([await list(ben, 'CardLink'), Boolean(await copy())], [[], true]);
});

test('« Délier » leaves the copy as it is, and it follows nothing any more', async () => {
  await using app = await createTestApp();
  const { ben } = app;
  const { copyId, edit, copy } = await scene(app);
  await update(ben, 'CardLink', copyId, { isUnlinked: true });
  const before = await copy();
  await edit({ titles: null });
  assert.equal(await follow(app), 0);
  assert.deepEqual(await copy(), before);
  // « Annuler »: it follows again, and what changed meanwhile comes.
  await update(ben, 'CardLink', copyId, { isUnlinked: false });
  await follow(app);
  assert.equal((await copy())['titles'], undefined);
  await update(ben, 'CardLink', copyId, { isUnlinked: true });
  app.clock.advance(25 * 3_600_000);
  assert.equal(await purgeLinks(app.world), 1);
  assert.deepEqual(await list(ben, 'CardLink'), []);
  assert.equal((await refusal(ben, 'CardLink/set', { destroy: [copyId] }))['type'], 'notFound');
});

test('beside the original, in one account, a copy has a uid of its own, and photos come along', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [one, other] = [await folder(ada, 'Un'), await folder(ada, 'Deux')];
  const sourceId = await card(ada, one, 'Anne');
  const copyId = await create(ada, 'CardLink', { sourceId, addressBookId: other });
  const copy = async () => (await get(ada, 'ContactCard', copyId))!;
  assert.notEqual((await copy())['uid'], (await get(ada, 'ContactCard', sourceId))!['uid']);
  const blobId = await upload(ada, pixel, 'image/png');
  await update(ada, 'ContactCard', sourceId, { media: { p: { kind: 'photo', blobId } } });
  await follow(app);
  assert.equal(Object.values((await copy())['media']!)[0]!['blobId' as never], blobId);
  await update(ada, 'ContactCard', sourceId, { media: null });
  await follow(app);
  assert.equal((await copy())['media'], undefined);
});

test('a copy of one’s linked copy follows the same original, a copy of somebody else’s follows that copy, and nothing goes round', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const { sourceId, copyId, mine, edit } = await scene(app);
  const second = await folder(ben, 'Encore');
  const again = await create(ben, 'CardLink', { sourceId: copyId, addressBookId: second });
  assert.equal((await get(ben, 'CardLink', again))!['sourceId'], sourceId);
  await shareAccepted(ben, mine, chloe, 'viewer');
  const hers = await create(chloe, 'CardLink', { sourceId: copyId, addressBookId: await folder(chloe, 'Chez moi') });
  assert.equal((await get(chloe, 'CardLink', hers))!['sourceId'], copyId);
  await edit({ name: { full: 'Jean Nouveau' } });
  // The original's two, and then the one that follows the first.
  assert.equal(await follow(app), 3);
  const nameOf = async (who: Person, id: string) => (await get(who, 'ContactCard', id))!['name'];
  assert.deepEqual(
    [await nameOf(ben, copyId), await nameOf(ben, again), await nameOf(chloe, hers)],
    [{ full: 'Jean Nouveau' }, { full: 'Jean Nouveau' }, { full: 'Jean Nouveau' }],
  );
  assert.deepEqual(await list(ada, 'CardLink'), []);
});

test('who has the copy already is told which, and the right to write in the folder is asked', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { sourceId, copyId, mine, bookId } = await scene(app);
  const refused = (value: object) => refusal(ben, 'CardLink/set', { create: { k: value } });
  const twice = await refused({ sourceId, addressBookId: mine });
  assert.deepEqual([twice['type'], twice['existingId']], ['alreadyExists', copyId]);
  assert.equal((await refused({ sourceId, addressBookId: bookId }))['type'], 'forbidden');
  const secret = await card(ada, await folder(ada, 'Réservé'), 'Tante Rose');
  assert.equal((await refused({ sourceId: secret, addressBookId: mine }))['type'], 'notFound');
});

test('a copy in a folder of others is written with its maker’s rights of that moment', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const { sourceId, edit } = await scene(app);
  const shared = await folder(chloe, 'Équipe');
  const shareId = await shareAccepted(chloe, shared, ben, 'contributor');
  const copyId = await create(ben, 'CardLink', { sourceId, addressBookId: shared });
  const nameOf = async () => (await get(chloe, 'ContactCard', copyId))!['name'];
  await edit({ name: { full: 'Un' } });
  await follow(app);
  assert.deepEqual(await nameOf(), { full: 'Un' });
  await update(chloe, 'Share', shareId, { role: 'viewer' });
  await edit({ name: { full: 'Deux' } });
  await follow(app);
  assert.deepEqual([await nameOf(), (await get(ben, 'CardLink', copyId))!['status']], [{ full: 'Un' }, 'readOnly']);
  await update(chloe, 'Share', shareId, { role: 'manager' });
  await follow(app);
  assert.deepEqual(await nameOf(), { full: 'Deux' });
  // The owner of the copy sees an ordinary card: neither that it is linked, nor with what.
  assert.deepEqual(await list(chloe, 'CardLink'), []);
  assert.equal((await ada.call('CardLink/get', { ids: [copyId] }))['notFound']![0], copyId);
});

test('a linked copy that moves to another account follows there, and with an undo where it was', async () => {
  await using app = await createTestApp();
  const { ben, chloe } = app;
  const { copyId, edit } = await scene(app);
  const shared = await folder(chloe, 'Équipe');
  await shareAccepted(chloe, shared, ben, 'manager');
  const args = { fromAccountId: ben.id, accountId: chloe.id, onSuccessDestroyOriginal: true };
  const [copied] = await ben.jmap([
    ['ContactCard/copy', { ...args, create: { k: { id: copyId, addressBookIds: { [shared]: true } } } }],
  ]);
  const there = copied![1]['created']!['k']!['id']! as string;
  await edit({ name: { full: 'Un' } });
  await follow(app);
  assert.deepEqual((await get(chloe, 'ContactCard', there))!['name'], { full: 'Un' });
  await ben.call('ContactCard/set', { accountId: chloe.id, destroy: [there] });
  await ben.call('TrashItem/restore', { ids: [copyId] });
  await follow(app);
  assert.deepEqual((await get(ben, 'ContactCard', copyId))!['name'], { full: 'Un' });
});

test('who may only read a linked copy takes nothing along with a copy of it: neither what flows into it nor what others noted', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, where } = await scene(app);
  const secret = await folder(ada, 'Secret');
  const sourceId = await card(ada, secret, 'Marc Dupuis');
  const cardId = await create(ada, 'CardLink', { sourceId, addressBookId: bookId });
  await create(ada, 'PrivateNote', { cardId, text: 'Rappeler' });
  // A folder of Ben's in which Ada may write: her link could write there.
  const trap = await folder(ben, 'Ensemble');
  await shareAccepted(ben, trap, ada, 'manager');
  const taken = await ben.jmap([
    [
      'ContactCard/copy',
      {
        fromAccountId: ada.id,
        accountId: ben.id,
        create: { k: { id: cardId, addressBookIds: { [trap]: true } } },
        onSuccessDestroyOriginal: true,
      },
    ],
  ]);
  const copied: string = taken[0]![1]['created']!['k']!['id']!;
  assert.equal(taken[1]![1]['notDestroyed']![cardId]!['type'], 'forbidden');
  await update(ada, 'ContactCard', sourceId, { notes: { n: { note: 'Confidentiel' } } });
  await follow(app);
  assert.ok((await get(ben, 'ContactCard', cardId, where))!['notes'], 'what Ada shows in her own folder');
  assert.equal((await get(ben, 'ContactCard', copied))!['notes'], undefined);
  assert.deepEqual(
    (await list(ada, 'PrivateNote')).map((note) => note['cardId']),
    [cardId],
  );
});

test('what flows into a linked copy of somebody else does not flow on into another account, whoever moves or merges it there', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [secret, open] = [await folder(ada, 'Secret'), await folder(ada, 'Équipe')];
  await shareAccepted(ada, open, ben, 'manager');
  const trap = await folder(ben, 'Ensemble');
  await shareAccepted(ben, trap, ada, 'manager');
  const linked = async (name: string) => {
    const sourceId = await card(ada, secret, name);
    return { sourceId, copyId: await create(ada, 'CardLink', { sourceId, addressBookId: open }) };
  };
  const [one, two] = [await linked('Marc Dupuis'), await linked('Léa Martin')];
  const moved = await ben.jmap([
    [
      'ContactCard/copy',
      {
        fromAccountId: ada.id,
        accountId: ben.id,
        create: { k: { id: one.copyId, addressBookIds: { [trap]: true } } },
        onSuccessDestroyOriginal: true,
      },
    ],
  ]);
  assert.deepEqual([...moved[1]![1]['destroyed']!], [one.copyId]);
  const keepId = await card(ben, trap, 'Léa Martin');
  await create(ben, 'Merge', { keepId, cardIds: [two.copyId] });
  for (const { sourceId } of [one, two])
    await update(ada, 'ContactCard', sourceId, { notes: { n: { note: 'Confidentiel' } } });
  await follow(app);
  for (const id of [moved[0]![1]['created']!['k']!['id']! as string, keepId])
    assert.equal((await get(ben, 'ContactCard', id))!['notes'], undefined);
});

test('what is due is due after the program ended, and a change that is taken back leaves nothing due', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const { sourceId, edit, copy } = await scene(app);
  const dueOf = async () =>
    (await app.world.db.all(app.world.db.build.selectFrom('card_link').select('due'))).map(({ due }) => due);
  await refusal(ada, 'ContactCard/set', { update: { [sourceId]: { 'emails/e/address': 7 } } });
  assert.deepEqual(await dueOf(), [0]);
  await edit({ name: { full: 'Avant la fin' } });
  assert.deepEqual(await dueOf(), [1], 'in the transaction of the change itself');
  const stopped = new AbortController();
  stopped.abort();
  assert.equal(await followOriginals(app.world, () => {}, stopped.signal), 0);
  assert.deepEqual(await dueOf(), [1]);
  await follow(app);
  assert.deepEqual([await dueOf(), (await copy())['name']], [[0], { full: 'Avant la fin' }]);
});

test('a linked copy that is merged into another card goes on following there, and with the undo where it was', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { mine, copyId, sourceId, edit } = await scene(app);
  const keepId = await card(ben, mine, 'Jean Dupont bis');
  const merge = await create(ben, 'Merge', { keepId, cardIds: [copyId] });
  assert.equal((await get(ben, 'CardLink', keepId))!['sourceId'], sourceId);
  assert.equal((await get(ben, 'CardLink', keepId))!['status'], 'following');
  assert.equal(await get(ben, 'CardLink', copyId), undefined);
  await edit({ phones: { p: { number: '0556000001' } } });
  await follow(app);
  const kept = (await get(ben, 'ContactCard', keepId))!;
  assert.deepEqual([Object.values(kept['phones']!).length, addressesOf(kept)], [1, ['jean@demo.example']]);
  const undone = await ben.call('Merge/undo', { ids: [merge] });
  assert.ok(Object.keys(undone['undone']!).includes(merge), JSON.stringify(undone));
  assert.equal(await get(ben, 'CardLink', keepId), undefined);
  await follow(app);
  assert.equal(Object.values((await get(ben, 'ContactCard', copyId))!['phones']!).length, 1);
  // A copy and its original become one: nothing follows itself.
  const own = await folder(ada, 'À moi');
  const beside = await create(ada, 'CardLink', { sourceId, addressBookId: own });
  await create(ada, 'Merge', { keepId: sourceId, cardIds: [beside] });
  assert.deepEqual(await list(ada, 'CardLink'), []);
});

test('a kept card that follows something goes on following that, whatever goes into it', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, mine, copyId } = await scene(app);
  const otherId = await card(ada, bookId, 'Jean Dupond');
  const other = await create(ben, 'CardLink', { sourceId: otherId, addressBookId: mine });
  const merge = await create(ben, 'Merge', { keepId: other, cardIds: [copyId] });
  assert.equal((await get(ben, 'CardLink', other))!['sourceId'], otherId);
  await ben.call('Merge/undo', { ids: [merge] });
  assert.equal((await get(ben, 'CardLink', other))!['sourceId'], otherId);
  assert.equal((await get(ben, 'CardLink', copyId))!['status'], 'following');
});
