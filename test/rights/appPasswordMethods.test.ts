import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { spelled } from '../../src/db/dialect.ts';
import { methods } from '../../src/protocol/jmap/methods.ts';
import { answer, card, create, folder, pixel, share, stateOf, upload } from '../kit/calls.ts';
import { makeDevice } from '../kit/device.ts';
import type { Device } from '../kit/device.ts';
import { historyOf } from '../kit/history.ts';
import { createTestApp } from '../kit/world.ts';
import type { TestApp } from '../kit/world.ts';

/** Ada with something of everything, and ids of it. */
type Things = Readonly<
  Record<
    | 'adaId'
    | 'benId'
    | 'bookId'
    | 'otherId'
    | 'cardId'
    | 'twinId'
    | 'shareId'
    | 'trashId'
    | 'versionId'
    | 'waitingId'
    | 'blobId'
    | 'offerId'
    | 'listedId'
    | 'requestId',
    string
  >
>;

/** A change that would go through for Ada herself, for every method that changes something. */
const changes: Readonly<Record<string, (things: Things) => object>> = {
  'AddressBook/set': ({ otherId }) => ({
    create: { new: { name: 'Neu' } },
    update: { [otherId]: { name: 'Anders' } },
    destroy: [],
    onSuccessSetIsDefault: otherId,
  }),
  'ContactCard/set': ({ cardId, bookId }) => ({
    create: { new: { name: { full: 'Neu' }, addressBookIds: { [bookId]: true } } },
    update: { [cardId]: { 'name/full': 'Anders' } },
    destroy: [cardId],
  }),
  'AddressBook/rewind': ({ otherId }) => ({ id: otherId, to: '2020-01-01T00:00:00Z' }),
  'CardVersion/restore': ({ versionId }) => ({ id: versionId, state: 'before' }),
  'CardVersion/undo': ({ versionId }) => ({ batchId: versionId }),
  'CardVersion/erase': ({ trashId }) => ({ cardId: trashId }),
  'Share/set': ({ shareId }) => ({ update: { [shareId]: { role: 'manager' } }, destroy: [shareId] }),
  'Share/resend': ({ shareId }) => ({ ids: [shareId] }),
  'ShareInvitation/set': ({ waitingId }) => ({ update: { [waitingId]: { status: 'accepted' } } }),
  'FolderHandover/set': ({ otherId, benId, offerId }) => ({
    create: { new: { addressBookId: otherId, toId: benId } },
    update: { [offerId]: { status: 'accepted' } },
  }),
  'AccessRequest/set': ({ listedId, requestId }) => ({
    create: { new: { addressBookId: listedId } },
    update: { [requestId]: { status: 'granted', role: 'viewer' } },
  }),
  'PrivateNote/set': ({ cardId }) => ({ create: { new: { cardId, text: 'Neu' } } }),
  'CardLink/set': ({ cardId, otherId }) => ({ create: { new: { sourceId: cardId, addressBookId: otherId } } }),
  'ShareNotification/set': () => ({ destroy: ['none'] }),
  'ContactCard/export': ({ cardId }) => ({ ids: [cardId], format: 'csv' }),
  'ContactImport/set': ({ bookId, blobId }) => ({ create: { new: { addressBookId: bookId, blobId } } }),
  'ContactImport/previewZimbra': ({ blobId }) => ({ blobId }),
  'ContactImport/fetchZimbra': () => ({ username: 'ada', password: 'secret' }),
  'TrashItem/set': ({ trashId }) => ({ destroy: [trashId] }),
  'TrashItem/empty': () => ({}),
  'TrashItem/restore': ({ trashId }) => ({ ids: [trashId] }),
  'Preferences/set': () => ({ update: { singleton: { language: 'en', collects: false, mails: { created: false } } } }),
  'Preferences/testSentMailbox': () => ({ sentMailbox: { host: 'mail.demo.example', port: 993, username: 'ada' } }),
  'AppPassword/set': () => ({ create: { new: { name: 'Neu' } } }),
  'Principal/set': () => ({ create: { new: { name: 'Neu', type: 'individual' } } }),
  'Blob/upload': () => ({ create: { new: { data: [{ 'data:asText': 'neu' }], type: 'text/plain' } } }),
  'Blob/copy': ({ blobId }) => ({ blobIds: [blobId] }),
  'ContactCard/copy': ({ cardId, otherId }) => ({
    create: { new: { id: cardId, addressBookIds: { [otherId]: true } } },
  }),
  'Preferences/beginMailboxConsent': () => ({}),
  'Duplicate/set': () => ({ update: { none: { isDismissed: true } } }),
  'Merge/set': ({ cardId, twinId }) => ({ create: { new: { keepId: cardId, cardIds: [twinId] } } }),
  'Merge/undo': () => ({ ids: ['none'] }),
  // Ada is an administrator, but no program is.
  'ManagedPrincipal/set': () => ({ create: { new: { name: 'Neu', email: 'neu@demo.example', type: 'individual' } } }),
  'ManagedPrincipal/setPassword': ({ benId }) => ({ id: benId, password: 'another long password' }),
  'ManagedPrincipal/createPasswordLink': ({ benId }) => ({ id: benId }),
  'ManagedPrincipal/giveFolders': ({ benId, adaId }) => ({ fromId: benId, toId: adaId }),
  'DirectoryStatus/read': () => ({ acceptLosses: true }),
  'HeldMail/retry': () => ({ ids: ['none'] }),
  'HeldMail/set': () => ({ destroy: ['none'] }),
  // A device of its own may be told of what it may know.
  'PushSubscription/set': () => ({ destroy: ['none'] }),
};

const reading = /\/(?:get|changes|query|queryChanges|parse|lookup|echo|preview|report)$/u;

test('every method that changes something has its attempt here', () => {
  const changing = Object.keys(methods).filter((name) => !reading.test(name));
  assert.deepEqual(Object.keys(changes).sort(), changing.sort());
});

test('by an app password that reads only, no method changes anything', async () => {
  await using app = await createTestApp();
  const things = await furnish(app);
  const device = await makeDevice(app.url, app.ada, { mayWrite: false });
  await device.get('/jmap/session');
  const before = await snapshot(app);
  for (const [name, args] of Object.entries(changes)) {
    await tryMethod(app, device, name, args(things));
    assert.deepEqual(await snapshot(app), before, name);
  }
  const file = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: pixel };
  assert.equal((await device.fetch(`/jmap/upload/${app.ada.id}`, file)).status, 403);
  assert.deepEqual(await snapshot(app), before);
  assert.deepEqual(app.faults, []);
});

test('by one for a folder, nothing else is changed', async () => {
  await using app = await createTestApp();
  const things = await furnish(app);
  const device = await makeDevice(app.url, app.ada, { addressBookId: things.bookId });
  await device.get('/jmap/session');
  const untouched = Object.entries(changes).filter(([name]) => !['ContactCard/set', 'Blob/upload'].includes(name));
  const before = await snapshot(app);
  for (const [name, args] of untouched) {
    await tryMethod(app, device, name, args(things));
    assert.deepEqual(await snapshot(app), before, name);
  }
  assert.deepEqual(app.faults, []);
});

test('by one for a folder, no method tells anything of what is elsewhere', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const things = await furnish(app);
  const device = await makeDevice(app.url, ada, { addressBookId: things.bookId });
  const secrets = /Geheim|Verborgen|Chlo|Wartet|Gelöscht/u;
  for (const name of Object.keys(methods).filter((each) => reading.test(each) && each !== 'Core/echo')) {
    const type = name.split('/')[0]!;
    const asked: Readonly<Record<string, object>> = {
      'Blob/get': { ids: [things.blobId] },
      'Blob/lookup': { typeNames: ['ContactCard', 'AddressBook'], ids: [things.blobId] },
      'ContactCard/parse': { blobIds: [things.blobId] },
      'Suggestion/query': { text: 'geheim', limit: 10 },
      'CardVersion/get': { ids: [things.versionId] },
      'CardVersion/query': { filter: { inAddressBook: things.otherId } },
      'CardActivity/get': { ids: [things.versionId] },
      'CardActivity/query': { filter: { inAddressBook: things.otherId } },
    };
    const since = name.endsWith('/changes') ? { sinceState: '0' } : {};
    const result = await tryMethod(app, device, name, asked[name] ?? since);
    // What somebody asks for may be repeated to them.
    if (type.startsWith('Card')) assert.doesNotMatch(JSON.stringify(result), /"(?:ids|list)":\[[^\]]/u);
    assert.doesNotMatch(JSON.stringify(result), secrets, name);
    for (const id of [things.otherId, things.trashId, things.waitingId, things.shareId])
      assert.ok(!JSON.stringify(result).includes(id), `${type} tells ${id}`);
  }
  const stream = await device.get('/jmap/eventsource?types=*&closeafter=state&ping=0');
  await card(ada, things.otherId, 'Geheim Zwei');
  await ada.call('Preferences/set', { update: { singleton: { theme: 'dark' } } });
  const third = await card(ada, things.bookId, 'Drei');
  const text = await stream.text();
  assert.match(text, /ContactCard/u);
  assert.doesNotMatch(text, /Preferences|TrashItem/u);
  const { changed } = JSON.parse(/^data: (.*)$/mu.exec(text)![1]!) as {
    changed: Record<string, Record<string, string>>;
  };
  assert.equal(changed[ada.id]!['ContactCard'], await stateOf(device, 'ContactCard', ada.id));
  assert.ok((await device.call('ContactCard/query'))['ids']!.includes(third));
});

test('what one for a folder is told to have changed is what changed there, to the end of the folder', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const { bookId, otherId, cardId } = await furnish(app);
  const device = await makeDevice(app.url, ada, { addressBookId: bookId });
  const [cards, books] = [await stateOf(device, 'ContactCard'), await stateOf(device, 'AddressBook')];
  await card(ada, otherId, 'Geheim Zwei');
  assert.equal(await stateOf(device, 'ContactCard'), cards);
  await ada.call('ContactCard/set', { update: { [cardId]: { addressBookIds: { [otherId]: true } } } });
  const moved = await device.call('ContactCard/changes', { sinceState: cards });
  assert.deepEqual(moved['destroyed'], [cardId]);
  assert.deepEqual(await device.call('ContactCard/get', { ids: [cardId] }).then(({ notFound }) => notFound), [cardId]);
  await ada.call('AddressBook/set', { destroy: [bookId], onDestroyRemoveContents: true });
  const gone = await device.call('AddressBook/changes', { sinceState: books });
  assert.deepEqual(gone['destroyed'], [bookId]);
  assert.deepEqual((await device.call('AddressBook/get'))['list'], []);
});

async function furnish({ world, ada, ben, chloe }: TestApp): Promise<Things> {
  await world.db.transaction((tx) =>
    tx.run(tx.build.updateTable('principal').set({ is_administrator: 1 }).where('id', '=', ada.id)),
  );
  const bookId = await folder(ada, 'Presse');
  const cardId = await card(ada, bookId, 'Jean Dupont');
  const twinId = await card(ada, bookId, 'Jean Dupont');
  const otherId = await folder(ada, 'Verborgen');
  const blobId = await upload(ada, pixel, 'image/png');
  const media = { photo: { kind: 'photo', blobId, mediaType: 'image/png' } };
  await create(ada, 'ContactCard', {
    name: { full: 'Geheim Rose' },
    emails: { e: { address: 'geheim@demo.example' } },
    media,
    addressBookIds: { [otherId]: true },
  });
  const shareId = await share(ada, otherId, chloe, 'viewer');
  await answer(chloe, otherId, 'accepted');
  const trashId = await card(ada, otherId, 'Gelöscht');
  await ada.call('ContactCard/set', { destroy: [trashId] });
  const [deletion] = await historyOf(ada, trashId);
  const versionId = deletion!['id']!;
  const waitingId = await folder(ben, 'Wartet');
  await share(ben, waitingId, ada, 'viewer');
  const offerId = await create(ben, 'FolderHandover', { addressBookId: await folder(ben, 'Geheim'), toId: ada.id });
  const listedFor = { principalId: null };
  const listedId = await folder(ben, 'Verborgen', { listedFor });
  await ada.call('AddressBook/set', { update: { [otherId]: { listedFor } } });
  const requestId = await create(ben, 'AccessRequest', { addressBookId: otherId });
  return {
    offerId,
    listedId,
    requestId,
    adaId: ada.id,
    benId: ben.id,
    bookId,
    otherId,
    cardId,
    twinId,
    shareId,
    trashId,
    versionId,
    waitingId,
    blobId,
  };
}

async function tryMethod({ ada }: TestApp, device: Device, name: string, args: object): Promise<object> {
  const own = name.startsWith('PushSubscription') ? {} : { accountId: ada.id };
  const copies = name.endsWith('/copy') ? { fromAccountId: ada.id } : {};
  const [first] = await device.jmap([[name, { ...own, ...copies, ...args }]]);
  return first!;
}

const tableNames = spelled({
  sqlite: sql`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`,
  postgres: sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY name`,
});

/** Everything that the database holds. */
async function snapshot({ world: { db } }: TestApp): Promise<object> {
  const tables = await db.all(sql<{ name: string }>`${tableNames}`.compile(db.build));
  const rows = tables.map(async ({ name }) => [
    name,
    await db.all(sql`SELECT * FROM ${sql.table(name)}`.compile(db.build)),
  ]);
  return Object.fromEntries(await Promise.all(rows)) as object;
}
