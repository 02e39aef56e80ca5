import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { comeAsGuest, shareWithGuest } from '../../kit/guest.ts';
import { card, destroy, folder, list, pixel, refusal, session, share } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const ines = 'ines@ailleurs.example';
let app: TestApp;
let guest: Person;
let bookId: string;
let cardId: string;

before(async () => {
  app = await createTestApp({ key: new Uint8Array(32).fill(3) });
  bookId = await folder(app.ada, 'Presse');
  cardId = await card(app.ada, bookId, 'Jean Dupont');
  await folder(app.ada, 'Famille');
  await share(app.ada, bookId, app.ben, 'manager');
  const { id: groupId } = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(app.world, groupId, [app.chloe.id]);
  await shareWithGuest(app.ada, bookId, ines);
  guest = await comeAsGuest(app, ines);
});
after(() => app.close());

test('the session of a guest has their own empty account and the one of the owner, both read-only', async () => {
  const { accounts } = await session(guest);
  assert.deepEqual(Object.keys(accounts).sort(), [app.ada.id, guest.id].sort());
  for (const account of Object.values(accounts)) assert.equal(Boolean(account['isReadOnly']), true);
  const capabilities = accounts[guest.id]!['accountCapabilities']!;
  assert.equal(Boolean(capabilities['urn:ietf:params:jmap:contacts']!['mayCreateAddressBook']), false);
  assert.equal(Boolean(capabilities['https://coterie.example/jmap/contacts']!['isGuest']), true);
  const ada = (await session(app.ada)).accounts[app.ada.id]!['accountCapabilities']!;
  assert.equal(Boolean(ada['https://coterie.example/jmap/contacts']!['isGuest']), false);
});

test('a guest sees the folder and its cards, and no other', async () => {
  assert.deepEqual(await list(guest, 'AddressBook'), [], 'nothing of their own, not even « Personnes contactées »');
  const books = await list(guest, 'AddressBook', { accountId: app.ada.id });
  assert.deepEqual(
    books.map(({ sharedName }) => sharedName),
    ['Presse'],
  );
  assert.equal(books[0]!['shareWith'], null, 'with whom else it is shared is not theirs to know');
  assert.equal((await list(guest, 'ContactCard', { accountId: app.ada.id })).length, 1);
  assert.deepEqual(await list(guest, 'Share', { accountId: app.ada.id }), []);
});

test('a guest changes nothing, and keeps nothing here', async () => {
  const inFolder = { accountId: app.ada.id };
  const update = { [cardId]: { 'name/full': 'Mallory' } };
  assert.equal((await refusal(guest, 'ContactCard/set', { ...inFolder, update }))['type'], 'forbidden');
  const value = { name: { full: 'X' }, addressBookIds: { [bookId]: true } };
  assert.equal((await refusal(guest, 'ContactCard/set', { ...inFolder, create: { n: value } }))['type'], 'forbidden');
  const made = await refusal(guest, 'AddressBook/set', { create: { n: { name: 'À moi' } } });
  assert.equal(made['type'], 'forbidden');
  const body = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: pixel };
  assert.equal((await guest.fetch(`/jmap/upload/${guest.id}`, body)).status, 403);
  assert.equal((await guest.fetch(`/jmap/upload/${app.ada.id}`, body)).status, 403);
  const further = { addressBookId: bookId, type: 'guest', email: 'dan@ailleurs.example', role: 'viewer' };
  assert.equal((await refusal(guest, 'Share/set', { ...inFolder, create: { n: further } }))['type'], 'forbidden');
  const mailbox = { host: 'imap.ailleurs.example', port: 993, username: 'x', password: 'y', mailbox: 'Sent' };
  const asked = { update: { singleton: { sentMailbox: mailbox } } };
  assert.ok((await refusal(guest, 'Preferences/set', asked))['type']);
  assert.equal(Boolean((await list(guest, 'Preferences'))[0]!['mayNameSentMailbox']), false);
});

test('the directory is closed to a guest: by lists, searches, ids and suggestions', async () => {
  assert.deepEqual(
    (await list(guest, 'Principal')).map(({ id }) => id),
    [guest.id],
  );
  for (const filter of [{ text: 'ben' }, { name: 'Accueil' }, { email: 'chloe@demo.example' }, {}])
    assert.ok([...(await guest.call('Principal/query', { filter }))['ids']!].every((id) => String(id) === guest.id));
  const { state } = (await guest.call('Principal/get', { ids: [] })) as unknown as { state: string };
  await app.person('Émile');
  const news = await guest.call('Principal/changes', { sinceState: state });
  assert.deepEqual([news['created'], news['updated'], news['destroyed']], [[], [], []], JSON.stringify(news));
  const asked = [app.ada.id, app.ben.id, app.chloe.id];
  const found = await guest.call('Principal/get', { ids: asked });
  assert.deepEqual(
    [...found['list']!].map(({ id }) => id),
    [app.ada.id],
    'whoever shares with them is known; who else has the folder is not',
  );
  assert.deepEqual((await guest.call('Suggestion/query', { text: 'ada' }))['list'], []);
  assert.deepEqual((await guest.call('Suggestion/query', { text: app.ben.email }))['list'], []);
});

const dav = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"';

test('over CardDAV a guest reads the folder, writes nothing, and finds nobody', async () => {
  const propfind = (path: string, depth: string, props: string) =>
    guest.basic(path, {
      method: 'PROPFIND',
      headers: { Depth: depth, 'Content-Type': 'application/xml' },
      body: `<D:propfind ${dav}><D:prop>${props}</D:prop></D:propfind>`,
    });
  const home = await (await propfind(`/dav/addressbooks/${guest.id}/`, '1', '<D:displayname/>')).text();
  assert.equal(home.match(/<D:response/gu)?.length, 2, home);
  const book = /<D:href>([^<]*\/addressbooks\/[^<]*\/[^<]+\/)<\/D:href>/u.exec(home)![1]!;
  const members = await (await propfind(book, '1', '<D:getetag/>')).text();
  const cardPath = /<D:href>([^<]+\.vcf)<\/D:href>/u.exec(members)![1]!;
  assert.match(await (await guest.basic(cardPath)).text(), /FN:Jean Dupont/u);
  const vcard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:z\r\nFN:Z\r\nN:Z;;;;\r\nEND:VCARD\r\n';
  const put = { method: 'PUT', headers: { 'Content-Type': 'text/vcard' }, body: vcard };
  assert.equal((await guest.basic(`${book}z.vcf`, put)).status, 403);
  assert.equal((await guest.basic(cardPath, { method: 'DELETE' })).status, 403);
  assert.equal((await guest.basic(`/dav/addressbooks/${guest.id}/neu/`, { method: 'MKCOL' })).status, 403);
  const search = `<D:principal-property-search ${dav}><D:property-search><D:prop><D:displayname/></D:prop>
    <D:match>Ben</D:match></D:property-search><D:prop><D:displayname/></D:prop></D:principal-property-search>`;
  const report = { method: 'REPORT', headers: { 'Content-Type': 'application/xml' }, body: search };
  assert.ok(!(await (await guest.basic('/dav/principals/', report)).text()).includes('Ben'));
  assert.equal((await guest.basic(`/dav/principals/${app.ben.id}/`, { method: 'PROPFIND' })).status, 404);
});

test('the address of the folder gives a guest the file, and of no other folder', async () => {
  const file = await guest.basic(`/home/${app.ada.email}/Presse.csv`);
  assert.equal(file.status, 200);
  assert.match(await file.text(), /Jean Dupont/u);
  assert.equal((await guest.basic(`/home/${app.ada.email}/Famille.csv`)).status, 404);
});

test('the end of the share ends access at once, on every way; what is shared again brings the guest back', async () => {
  const id = await folder(app.ada, 'Bref');
  const shareId = await shareWithGuest(app.ada, id, 'dan@ailleurs.example');
  const dan = await comeAsGuest(app, 'dan@ailleurs.example');
  const isIn = async () => (await dan.basic(`/home/${app.ada.email}/Bref.csv`)).status === 200;
  assert.ok(await isIn());
  await destroy(app.ada, 'Share', shareId);
  assert.ok(!(await isIn()));
  assert.deepEqual(Object.keys((await session(dan)).accounts), [dan.id]);
  assert.equal((await dan.call('AddressBook/get', { accountId: app.ada.id }))['type'], 'accountNotFound');
  assert.deepEqual((await dan.call('Principal/get', { ids: [app.ada.id] }))['list'], []);
  await shareWithGuest(app.ada, id, 'dan@ailleurs.example');
  const [mail] = await app.mails();
  assert.equal(mail!.to.address, 'dan@ailleurs.example');
  await dan.call('ShareInvitation/set', { update: { [id]: { status: 'accepted' } } });
  assert.ok(await isIn(), 'with the name and the password from before');
});
