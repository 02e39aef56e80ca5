import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { purgeBlobs } from '../../../src/core/blob/purgeBlobs.ts';
import { purgeVersions } from '../../../src/core/version/purgeVersions.ts';
import { card, create, destroy, folder, get, items, shareAccepted, update, upload } from '../../kit/calls.ts';
import { historyOf, feedOf, restoreVersion } from '../../kit/history.ts';
import { createTestApp } from '../../kit/world.ts';

const day = 86_400_000;

test('the history of a card tells who changed it, when, by which way, and what it was before and after', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  await shareAccepted(ada, bookId, ben, 'manager');
  app.clock.advance(60_000);
  await update(ben, 'ContactCard', id, { phones: { p: { number: '+33 1 23' } } }, { accountId: ada.id });
  await destroy(ada, 'ContactCard', id);
  const [deleted, edited, made, ...more] = await historyOf(ada, id);
  assert.equal(more.length, 0);
  assert.equal(made!['action'], 'created');
  assert.equal(made!['before'], null);
  assert.equal(made!['authorName'], 'Ada');
  assert.equal(made!['way'], 'web');
  assert.equal(edited!['action'], 'updated');
  assert.equal(edited!['authorId'], ben.id);
  assert.equal(edited!['before']!['phones'], undefined);
  assert.equal(edited!['after']!['phones']!['p']!['number'], '+33 1 23');
  assert.ok(String(edited!['at']) > String(made!['at']));
  assert.equal(deleted!['action'], 'deleted');
  assert.equal(deleted!['after'], null);
  assert.equal(deleted!['before']!['phones']!['p']!['number'], '+33 1 23');
});

test('each door says by which way a change came', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', 'UID:one', 'FN:Rose', 'END:VCARD', ''];
  const path = `/dav/addressbooks/${ada.id}/${bookId}/one.vcf`;
  const put = (text: string) =>
    ada.basic(path, { method: 'PUT', headers: { 'Content-Type': 'text/vcard' }, body: text });
  const made = await put(lines.join('\r\n'));
  assert.equal(made.status, 201, await made.text());
  const { ids } = await ada.call('ContactCard/query', { filter: { inAddressBook: bookId } });
  const id = items(ids)[0]!;
  await update(ada, 'ContactCard', id, { 'name/full': 'Rose Martin' });
  const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];
  const change = { accountId: ada.id, update: { [id]: { 'name/full': 'Rose M.' } } };
  const body = JSON.stringify({ using, methodCalls: [['ContactCard/set', change, 'c']] });
  await ada.basic('/jmap/api', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  assert.equal((await ada.basic(path, { method: 'DELETE' })).status, 204);
  const told = (await historyOf(ada, id)).map((version) => `${version['action']} ${version['way']}`);
  assert.deepEqual(told, ['deleted carddav', 'updated jmap', 'updated web', 'created carddav']);
});

test('an earlier version comes back line by line, and that can be undone like everything else', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  await update(ada, 'ContactCard', id, { notes: { n: { note: 'Aime le thé' } } });
  await update(ada, 'ContactCard', id, { notes: null, 'name/full': 'Jean D.' });
  const [, withNote] = await historyOf(ada, id);
  const restored = await restoreVersion(ada, withNote!['id']!);
  const back = await get(ada, 'ContactCard', id);
  assert.equal(back!['notes']!['n']!['note'], 'Aime le thé');
  assert.equal(back!['name']!['full'], 'Jean Dupont');
  const [newest] = await historyOf(ada, id);
  assert.equal(newest!['way'], 'restore');
  assert.equal(newest!['operationId'], restored['operationId']);
  const undone = await ada.call('CardVersion/undo', { operationId: restored['operationId'] });
  assert.equal(undone['counts']!['changed'], 1);
  const again = await get(ada, 'ContactCard', id);
  assert.equal(again!['notes'], undefined);
  assert.equal(again!['name']!['full'], 'Jean D.');
});

test('an old photo is shown, comes back octet by octet, and is kept once however often the card is edited', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const bookId = await folder(ada, 'Presse');
  const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(60_000)]);
  const blobId = await upload(ada, picture, 'image/png');
  const id = await create(ada, 'ContactCard', {
    name: { full: 'Jean Dupont' },
    media: { photo: { kind: 'photo', blobId, mediaType: 'image/png' } },
    addressBookIds: { [bookId]: true },
  });
  for (const note of ['un', 'deux', 'trois']) await update(ada, 'ContactCard', id, { notes: { n: { note } } });
  await update(ada, 'ContactCard', id, { media: null });
  const { total } = (await world.db.first(
    world.db.build
      .selectFrom('card_version')
      .select((row) => row.fn.sum<number>(row.fn('length', ['vcard'])).as('total')),
  )) ?? { total: 0 };
  assert.ok(Number(total) < 60_000);
  const lines = await world.db.all(world.db.build.selectFrom('blob').select('id').where('type', '=', 'text/vcard'));
  assert.equal(lines.length, 1);
  app.clock.advance(2 * day);
  await purgeBlobs(world);
  const [removed] = await historyOf(ada, id);
  assert.equal(removed!['before']!['media']!['photo']!['blobId'], blobId);
  const shown = await ada.get(`/jmap/download/${ada.id}/${blobId}/photo.png?accept=image/png`);
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), picture);
  await restoreVersion(ada, removed!['id']!, { state: 'before' });
  const back = await get(ada, 'ContactCard', id);
  assert.equal(back!['media']!['photo']!['blobId'], blobId);
  assert.equal(back!['notes']!['n']!['note'], 'trois');
});

test('a card that was erased comes back from its history, with its id', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  await destroy(ada, 'ContactCard', id);
  await destroy(ada, 'TrashItem', id);
  const [deleted] = await historyOf(ada, id);
  assert.equal(deleted!['before']!['name']!['full'], 'Jean Dupont');
  await restoreVersion(ada, deleted!['id']!, { state: 'before' });
  assert.equal((await get(ada, 'ContactCard', id))!['name']!['full'], 'Jean Dupont');
});

test('history ends after the days that are set, and with it the photos that only it kept', async () => {
  await using app = await createTestApp({ environment: { COTERIE_HISTORY_DAYS: '7' } });
  const { ada, world } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  await update(ada, 'ContactCard', id, { 'name/full': 'Jean D.' });
  app.clock.advance(6 * day);
  await update(ada, 'ContactCard', id, { 'name/full': 'J. D.' });
  assert.equal(await purgeVersions(world), 0);
  app.clock.advance(2 * day);
  assert.equal(await purgeVersions(world), 2);
  const left = await historyOf(ada, id);
  assert.deepEqual(
    left.map((version) => version['before']!['name']!['full']),
    ['Jean D.'],
  );
});

test('the owner erases what a card was; others may not, and the card stays as it is', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  await update(ada, 'ContactCard', id, { 'name/full': 'Jean D.' });
  await shareAccepted(ada, bookId, ben, 'admin');
  const refused = await ben.call('CardVersion/erase', { accountId: ada.id, cardId: id });
  assert.equal(refused['type'], 'forbidden');
  const { erased } = await ada.call('CardVersion/erase', { cardId: id });
  assert.equal(erased, 2);
  assert.deepEqual(await historyOf(ada, id), []);
  assert.equal((await get(ada, 'ContactCard', id))!['name']!['full'], 'Jean D.');
});

test('a folder tells what happened in it, many changes of one kind as one', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben, 'manager');
  const ids: string[] = [];
  for (let number = 0; number < 5; number++) ids.push(await card(ada, bookId, `Personne ${number}`));
  await ben.call('ContactCard/set', { accountId: ada.id, destroy: ids.slice(0, 4) });
  app.clock.advance(3_600_000);
  await card(ben, bookId, 'Nouvelle', { accountId: ada.id });
  const feed = await feedOf(ada, bookId);
  assert.deepEqual(
    feed.map((entry) => `${entry['authorName']} ${entry['action']} ${entry['cardCount']}`),
    ['Ben created 1', 'Ben deleted 4', 'Ada created 5'],
  );
  assert.equal(items(feed[1]!['cards']).length, 3);
  const ofAda = await feedOf(ada, bookId, { author: ada.id });
  assert.equal(ofAda.length, 1);
});
