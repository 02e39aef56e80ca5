import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, destroy, folder, get, items, list, share, shareAccepted, update } from '../../kit/calls.ts';
import { feedOf, historyOf, restoreVersion } from '../../kit/history.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const minute = 60_000;

/** What people see of the folder: names and notes. */
async function contentOf(person: Person, bookId: string, accountId = person.id): Promise<string[]> {
  const { ids } = await person.call('ContactCard/query', { accountId, filter: { inAddressBook: bookId } });
  const cards = await list(person, 'ContactCard', { accountId, ids: items(ids).slice(0, 1000) });
  return cards.map((each) => `${each['name']!['full']} ${each['notes']?.['n']?.['note'] ?? '-'}`).sort();
}

/** A moment between what was done and what will be. */
function moment({ world, clock }: TestApp): string {
  clock.advance(minute);
  const now = world.now().toISOString();
  clock.advance(minute);
  return now;
}

function rewind(person: Person, args: object): Promise<Result> {
  return person.call('AddressBook/rewind', args);
}

async function sharedFolder(app: TestApp): Promise<{ bookId: string; ids: string[] }> {
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben, 'manager');
  const ids: string[] = [];
  for (const name of ['Un', 'Deux', 'Trois', 'Quatre']) ids.push(await card(ada, bookId, name));
  return { bookId, ids };
}

test('the owner undoes the mass deletion of a manager in one call, with the ids that the cards had', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, ids } = await sharedFolder(app);
  const before = await contentOf(ada, bookId);
  await ben.call('ContactCard/set', { accountId: ada.id, destroy: ids });
  const [deletion] = await feedOf(ada, bookId);
  const dry = await ada.call('CardVersion/undo', { batchId: deletion!['id'], dryRun: true });
  assert.equal(dry['counts']!['restored'], 4);
  assert.deepEqual(
    items(dry['cards']).map((each) => String(each['name'])),
    ['Un', 'Deux', 'Trois', 'Quatre'],
  );
  assert.deepEqual(await contentOf(ada, bookId), []);
  const done = await ada.call('CardVersion/undo', { batchId: deletion!['id'] });
  assert.equal(done['counts']!['restored'], 4);
  assert.deepEqual(await contentOf(ada, bookId), before);
  assert.ok(await get(ada, 'ContactCard', ids[0]!));
  assert.deepEqual(await list(ben, 'TrashItem'), []);
  const [again] = await feedOf(ada, bookId);
  assert.equal(`${again!['action']} ${again!['cardCount']} ${again!['way']}`, 'restored 4 restore');
  const redone = await ada.call('CardVersion/undo', { operationId: done['operationId'] });
  assert.equal(redone['counts']!['deleted'], 4);
  assert.deepEqual(await contentOf(ada, bookId), []);
});

test('a folder goes back to a moment: what was made, changed, deleted and moved since', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, ids } = await sharedFolder(app);
  const otherId = await folder(ada, 'Autre');
  const comesId = await card(ada, otherId, 'Venue');
  const before = await contentOf(ada, bookId);
  const to = moment(app);
  await update(ben, 'ContactCard', ids[0]!, { notes: { n: { note: 'faux' } } }, { accountId: ada.id });
  await update(ada, 'ContactCard', ids[0]!, { 'name/full': 'Uno' });
  await destroy(ben, 'ContactCard', ids[1]!, { accountId: ada.id });
  await update(ada, 'ContactCard', ids[2]!, { addressBookIds: { [otherId]: true } });
  await update(ada, 'ContactCard', comesId, { addressBookIds: { [bookId]: true } });
  await card(ben, bookId, 'Intrus', { accountId: ada.id });
  const dry = await rewind(ada, { id: bookId, to, dryRun: true });
  const expected = { restored: 1, changed: 1, deleted: 1, moved: 2, kept: 0 };
  assert.deepEqual(dry['counts'], expected);
  assert.equal(dry['operationId'], null);
  const messed = await contentOf(ada, bookId);
  const done = await rewind(ada, { id: bookId, to });
  assert.deepEqual(done['counts'], expected);
  assert.deepEqual(await contentOf(ada, bookId), before);
  assert.deepEqual(await contentOf(ada, otherId), ['Venue -']);
  await ada.call('CardVersion/undo', { operationId: done['operationId'] });
  assert.deepEqual(await contentOf(ada, bookId), messed);
});

test('what one person did in the last hour is taken out; what others did stays, before and after', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const { bookId, ids } = await sharedFolder(app);
  const to = moment(app);
  const where = { accountId: ada.id };
  await update(ben, 'ContactCard', ids[0]!, { notes: { n: { note: 'de Ben' } } }, where);
  await update(ada, 'ContactCard', ids[0]!, { 'name/full': 'Un bis' });
  await update(ben, 'ContactCard', ids[1]!, { 'name/full': 'Deux de Ben' }, where);
  await update(ada, 'ContactCard', ids[1]!, { 'name/full': 'Deux d’Ada' });
  await destroy(ben, 'ContactCard', ids[2]!, where);
  await update(ada, 'ContactCard', ids[3]!, { notes: { n: { note: 'd’Ada' } } });
  const done = await rewind(ada, { id: bookId, to, author: ben.id });
  assert.deepEqual(done['counts'], { restored: 1, changed: 1, deleted: 0, moved: 0, kept: 1 });
  const kept = items(done['cards']).find((each) => each['change'] === 'kept');
  assert.equal(kept!['reason'], 'changedSince');
  assert.equal(kept!['cardId'], ids[1]);
  assert.deepEqual(await contentOf(ada, bookId), ['Deux d’Ada -', 'Quatre d’Ada', 'Trois -', 'Un bis -']);
});

test('much is undone in several calls, which are one operation; nobody goes on with what another began', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben, 'manager');
  const create = (from: number, count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `c${from + index}`,
        { name: { full: `N${from + index}` }, addressBookIds: { [bookId]: true } },
      ]),
    );
  await ada.call('ContactCard/set', { create: create(0, 700) });
  await ada.call('ContactCard/set', { create: create(700, 500) });
  const { ids } = await ada.call('ContactCard/query', { filter: { inAddressBook: bookId } });
  const all = items(ids);
  await ben.call('ContactCard/set', { accountId: ada.id, destroy: all.slice(0, 600) });
  await ben.call('ContactCard/set', { accountId: ada.id, destroy: all.slice(600) });
  const [deletion] = await feedOf(ada, bookId);
  assert.equal(Number(deletion!['cardCount']), 1200);
  const undoing = { batchId: deletion!['id'] };
  const first = await ada.call('CardVersion/undo', undoing);
  assert.equal(`${first['counts']!['restored']} ${first['left']}`, '1000 200');
  const continues = first['operationId'];
  const stranger = await ben.call('CardVersion/undo', { accountId: ada.id, ...undoing, continues });
  assert.equal(stranger['type'], 'invalidArguments');
  const second = await ada.call('CardVersion/undo', { ...undoing, continues });
  assert.equal(`${second['counts']!['restored']} ${second['left']} ${second['operationId']}`, `200 0 ${continues}`);
  assert.equal((await contentOf(ada, bookId)).length, 1000);
  const [again] = await feedOf(ada, bookId);
  assert.equal(Number(again!['cardCount']), 1200);
});

test('what was emptied from the trash comes back with its folder', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const { bookId, ids } = await sharedFolder(app);
  const before = await contentOf(ada, bookId);
  const to = moment(app);
  await ada.call('ContactCard/set', { destroy: ids });
  await ada.call('TrashItem/empty');
  const done = await rewind(ada, { id: bookId, to });
  assert.equal(done['counts']!['restored'], 4);
  assert.deepEqual(await contentOf(ada, bookId), before);
});

test('who may only read sees what happened since the folder is shared with them, and undoes nothing', async () => {
  await using app = await createTestApp();
  const { ada, chloe } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  const goneId = await card(ada, bookId, 'Secrète');
  await update(ada, 'ContactCard', id, { notes: { n: { note: 'secret' } } });
  await update(ada, 'ContactCard', id, { notes: null });
  await destroy(ada, 'ContactCard', goneId);
  app.clock.advance(minute);
  await shareAccepted(ada, bookId, chloe, 'viewer');
  await update(ada, 'ContactCard', id, { 'name/full': 'Jean D.' });
  const seen = await historyOf(chloe, id, ada.id);
  assert.deepEqual(
    seen.map((version) => version['action']),
    ['updated'],
  );
  assert.doesNotMatch(JSON.stringify(seen), /secret/u);
  assert.equal((await feedOf(chloe, bookId, { accountId: ada.id })).length, 1);
  assert.deepEqual(await historyOf(chloe, goneId, ada.id), []);
  const [old] = await historyOf(ada, goneId);
  const where = { accountId: ada.id };
  for (const [method, args, type] of [
    ['CardVersion/restore', { id: old!['id'] }, 'notFound'],
    ['CardVersion/restore', { id: seen[0]!['id'], state: 'before' }, 'forbidden'],
    ['AddressBook/rewind', { id: bookId, to: '2020-01-01T00:00:00Z' }, 'forbidden'],
    ['AddressBook/rewind', { id: bookId, to: '2020-01-01T00:00:00Z', dryRun: true }, 'forbidden'],
    ['CardVersion/undo', { batchId: seen[0]!['batchId'] }, 'forbidden'],
  ] as const)
    assert.equal((await chloe.call(method, { ...where, ...args }))['type'], type, method);
  assert.equal((await get(ada, 'ContactCard', id))!['name']!['full'], 'Jean D.');
});

test('nobody sees what a card was in a folder that they may not read', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const privateId = await folder(ada, 'Privé');
  const bookId = await folder(ada, 'Presse');
  await share(ada, bookId, ben, 'manager');
  const id = await card(ada, privateId, 'Jean Dupont');
  await update(ada, 'ContactCard', id, { notes: { n: { note: 'secret' } } });
  await update(ada, 'ContactCard', id, { notes: null });
  await update(ada, 'ContactCard', id, { addressBookIds: { [bookId]: true } });
  await update(ben, 'ContactCard', id, { 'name/full': 'Jean D.' }, { accountId: ada.id });
  const seen = await historyOf(ben, id, ada.id);
  assert.deepEqual(
    seen.map((version) => `${version['action']} ${version['otherAddressBookId']}`),
    ['updated null', 'movedIn null'],
  );
  assert.doesNotMatch(JSON.stringify(seen), /secret/u);
  await update(ada, 'ContactCard', id, { addressBookIds: { [privateId]: true } });
  await update(ada, 'ContactCard', id, { notes: { n: { note: 'secret' } } });
  const after = await historyOf(ben, id, ada.id);
  assert.equal(after[0]!['action'], 'movedOut');
  assert.doesNotMatch(JSON.stringify(after), /secret/u);
  const done = await rewind(ben, { accountId: ada.id, id: bookId, to: '2020-01-01T00:00:00Z' });
  assert.doesNotMatch(JSON.stringify(done), /secret/u);
  const back = await ben.call('CardVersion/restore', { accountId: ada.id, id: after[0]!['id'], state: 'before' });
  assert.equal(back['type'], 'notFound');
  const versions = await historyOf(ada, id);
  assert.equal(versions.length, 9);
  const restored = await restoreVersion(ada, versions.at(-2)!['id']!);
  assert.equal(restored['addressBookId'], privateId);
});

test('what was moved away is moved back by undoing it, with what was edited there', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const { bookId, ids } = await sharedFolder(app);
  const otherId = await folder(ada, 'Autre');
  await ada.call('ContactCard/set', {
    update: Object.fromEntries(ids.map((id) => [id, { addressBookIds: { [otherId]: true } }])),
  });
  await update(ada, 'ContactCard', ids[0]!, { notes: { n: { note: 'neuf' } } });
  const [gone] = await feedOf(ada, bookId);
  assert.equal(`${gone!['action']} ${gone!['cardCount']} ${gone!['otherAddressBookId']}`, `movedOut 4 ${otherId}`);
  const done = await ada.call('CardVersion/undo', { batchId: gone!['id'] });
  assert.equal(done['counts']!['moved'], 4);
  assert.deepEqual(await contentOf(ada, bookId), ['Deux -', 'Quatre -', 'Trois -', 'Un neuf']);
});

test('contacts that come from several folders at once are told as coming from all that the reader may see', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [one, other, to] = [await folder(ada, 'Un'), await folder(ada, 'Autre'), await folder(ada, 'Tout')];
  await shareAccepted(ada, to, ben, 'manager');
  await shareAccepted(ada, other, ben, 'viewer');
  const ids = [await card(ada, one, 'Rose'), await card(ada, other, 'Lise'), await card(ada, one, 'Paul')];
  await ada.call('ContactCard/set', {
    update: Object.fromEntries(ids.map((id) => [id, { addressBookIds: { [to]: true } }])),
  });
  const [come] = await feedOf(ada, to);
  assert.deepEqual([come!['cardCount'], come!['otherAddressBookId']], [3, one]);
  assert.deepEqual(come!['otherAddressBookIds'], [one, other]);
  const [seen] = await feedOf(ben, to, { accountId: ada.id });
  assert.deepEqual(seen!['otherAddressBookIds'], [other]);
  const [made] = await feedOf(ada, one, { author: ada.id });
  assert.deepEqual([made!['action'], made!['otherAddressBookIds']], ['movedOut', [to]]);
});

test('history goes with folders that are given to another person', async () => {
  await using app = await createTestApp();
  const { ada, ben, world } = app;
  const { bookId, ids } = await sharedFolder(app);
  await update(ada, 'ContactCard', ids[0]!, { 'name/full': 'Uno' });
  const { giveFolders } = await import('../../../src/core/handover/giveFolders.ts');
  await giveFolders(world, { fromId: ada.id, toId: ben.id, bookIds: [bookId] });
  const versions = await historyOf(ben, ids[0]!);
  assert.deepEqual(
    versions.map((version) => `${version['action']} ${version['authorName']} ${version['way']}`),
    ['handedOver null handover', 'updated Ada web', 'created Ada web'],
  );
  await restoreVersion(ben, versions[2]!['id']!);
  assert.ok((await contentOf(ben, bookId)).includes('Un -'));
  assert.deepEqual(await historyOf(ada, ids[0]!), []);
});
