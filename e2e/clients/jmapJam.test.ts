/** A client that others wrote, with nothing but the standards: two people, a shared folder, no browser. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Result } from '../../test/kit/person.ts';
import { basicHeader } from '../../test/kit/person.ts';
import { createDataFolder, type Server, startServer } from '../kit/server.ts';

/** What is used of the client: its own types know mail alone, but it sends any type of object the same way. */
type Jam = {
  authHeader: string;
  session: Promise<Result>;
  request(call: readonly [method: string, args: object]): Promise<[Result]>;
  requestMany(
    drafts: (types: Record<string, Record<string, (args: object) => Draft>>) => Record<string, Draft>,
  ): Promise<[Record<string, Result>]>;
  uploadBlob(accountId: string, body: string, init: RequestInit): Promise<{ blobId: string }>;
  downloadBlob(options: { accountId: string; blobId: string; mimeType: string; fileName: string }): Promise<Response>;
};

type JamClass = {
  new (config: { sessionUrl: string; bearerToken: string; customCapabilities: Record<string, string> }): Jam;
  loadSession(sessionUrl: string, authHeader: string): Promise<Result>;
};

type Draft = { $ref(path: string): object };

type Person = { readonly jam: Jam; readonly id: string };

// As a string: its type declarations are sources, and not written under our compiler's options.
const { JamClient } = (await import('jmap-jam' as string)) as { JamClient: JamClass };

const contacts = 'urn:ietf:params:jmap:contacts';
const principals = 'urn:ietf:params:jmap:principals';

let data: Awaited<ReturnType<typeof createDataFolder>>;
let server: Server;
let ada: Person;
let ben: Person;
let bookId: string;
let cardId: string;

before(async () => {
  data = await createDataFolder();
  server = await startServer(data.path);
  [ada, ben] = await Promise.all([enter('ada@demo.example'), enter('ben@demo.example')]);
});
after(async () => {
  await server.stop();
  await data.remove();
});

async function enter(email: string): Promise<Person> {
  const sessionUrl = `${server.url}/.well-known/jmap`;
  const customCapabilities = {
    AddressBook: contacts,
    ContactCard: contacts,
    Principal: principals,
    ShareNotification: principals,
  };
  const client = new JamClient({ sessionUrl, bearerToken: 'none', customCapabilities });
  await client.session;
  // It speaks of bearer tokens only; its header can be set all the same.
  client.authHeader = basicHeader(email, 'demo');
  client.session = JamClient.loadSession(sessionUrl, client.authHeader);
  return { jam: client, id: (await client.session)['primaryAccounts']![contacts]! };
}

async function call(person: Person, method: string, args: object = {}): Promise<Result> {
  const [result] = await person.jam.request([method, { accountId: person.id, ...args }]);
  return result;
}

/** The error that the client throws. */
async function errorOf(person: Person, method: string, args: object): Promise<string> {
  const thrown = await call(person, method, args).then(assert.fail, (error: unknown) => error);
  return (thrown as { type: string }).type;
}

const reload = ({ jam }: Person) => JamClient.loadSession(`${server.url}/.well-known/jmap`, jam.authHeader);

test('the session tells a client what it needs', async () => {
  const session = await ada.jam.session;
  assert.equal(session['username'], 'ada@demo.example');
  assert.equal(session['accounts']![ada.id]!['isPersonal'], true);
  assert.ok(String(session['apiUrl']).startsWith('http'));
});

test('address books are listed and made', async () => {
  const { list } = await call(ada, 'AddressBook/get', { ids: null });
  assert.equal([...list!].filter((book) => book['isDefault']).length, 1);
  const made = await call(ada, 'AddressBook/set', { create: { new: { name: 'Orchestre' } } });
  bookId = made['created']!['new']!['id']!;
  const error = await call(ada, 'AddressBook/set', { create: { new: { name: '' } } });
  assert.deepEqual(error['notCreated']!['new']!['properties'], ['name']);
});

test('a card is made, found, read and changed, in one request by references', async () => {
  const card = {
    '@type': 'Card',
    version: '1.0',
    name: { full: 'Violette Alto' },
    emails: { e: { address: 'violette@orchestre.example' } },
    addressBookIds: { [bookId]: true },
  };
  const made = await call(ada, 'ContactCard/set', { create: { new: card } });
  cardId = made['created']!['new']!['id']!;
  await call(ada, 'ContactCard/set', {
    update: { [cardId]: { 'emails/e/contexts': { work: true }, keywords: { cordes: true } } },
  });
  const [{ found, cards }] = await ada.jam.requestMany(({ ContactCard }) => {
    const query = ContactCard!['query']!({ accountId: ada.id, filter: { inAddressBook: bookId, text: 'alto' } });
    const get = ContactCard!['get']!({
      accountId: ada.id,
      ids: query.$ref('/ids'),
      properties: ['name', 'emails', 'keywords'],
    });
    return { found: query, cards: get };
  });
  assert.deepEqual(found!['ids'], [cardId]);
  assert.deepEqual(cards!['list'], [
    {
      id: cardId,
      name: { full: 'Violette Alto' },
      emails: { e: { address: 'violette@orchestre.example', contexts: { work: true } } },
      keywords: { cordes: true },
    },
  ]);
});

test('before it is shared, the other person has no such account', async () => {
  assert.ok(!(ada.id in (await reload(ben))['accounts']!));
  assert.equal(await errorOf(ben, 'AddressBook/get', { accountId: ada.id }), 'accountNotFound');
});

test('shared by shareWith, told by ShareNotification, accepted by isSubscribed', async () => {
  const { ids } = await call(ada, 'Principal/query', { filter: { email: 'ben@demo.example' } });
  assert.deepEqual(ids, [ben.id]);
  await call(ada, 'AddressBook/set', { update: { [bookId]: { [`shareWith/${ben.id}`]: { mayRead: true } } } });
  const told = (await call(ben, 'ShareNotification/get', { ids: null }))['list']!;
  const notification = [...told].find((item) => item['objectId'] === bookId);
  assert.deepEqual([notification?.['objectAccountId'], notification?.['newRights']?.['mayRead']], [ada.id, true]);
  await call(ben, 'AddressBook/set', { accountId: ada.id, update: { [bookId]: { isSubscribed: true } } });
  const account = (await reload(ben))['accounts']![ada.id]!;
  assert.deepEqual([account['isPersonal'], account['isReadOnly']], [false, true]);
});

test('the other person reads the folder and nothing else, and does not write', async () => {
  const where = { accountId: ada.id };
  const books = [...(await call(ben, 'AddressBook/get', { ...where, ids: null }))['list']!];
  const shared = books.find((book) => book['id'] === bookId);
  assert.deepEqual(shared?.['myRights'], { mayRead: true, mayWrite: false, mayShare: false, mayDelete: false });
  const { list } = await call(ben, 'ContactCard/get', { ...where, ids: [cardId], properties: ['name'] });
  assert.deepEqual(list, [{ id: cardId, name: { full: 'Violette Alto' } }]);
  const refused = await call(ben, 'ContactCard/set', { ...where, update: { [cardId]: { kind: 'org' } } });
  assert.equal(refused['notUpdated']![cardId]!['type'], 'forbidden');
});

test('with mayWrite the other person edits, and the owner’s changes say so', async () => {
  const { state } = await call(ada, 'ContactCard/get', { ids: [] });
  await call(ada, 'AddressBook/set', { update: { [bookId]: { [`shareWith/${ben.id}/mayWrite`]: true } } });
  await call(ben, 'ContactCard/set', {
    accountId: ada.id,
    update: { [cardId]: { 'name/full': 'Violette Contralto' } },
  });
  const changes = await call(ada, 'ContactCard/changes', { sinceState: state });
  assert.deepEqual([changes['created'], changes['updated'], changes['destroyed']], [[], [cardId], []]);
  const { list } = await call(ada, 'ContactCard/get', { ids: [cardId] });
  assert.equal(list![0]!['name']!['full'], 'Violette Contralto');
});

test('the other person copies the card into the own account', async () => {
  const { list } = await call(ben, 'AddressBook/get', { ids: null });
  const own = [...list!].find((book) => book['isDefault'])!['id']!;
  const create = { copy: { id: cardId, addressBookIds: { [own]: true } } };
  const copied = await call(ben, 'ContactCard/copy', { fromAccountId: ada.id, create });
  const { list: cards } = await call(ben, 'ContactCard/get', { ids: [copied['created']!['copy']!['id']!] });
  assert.equal(cards![0]!['name']!['full'], 'Violette Contralto');
});

test('files go up and down', async () => {
  const text = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Basile Tuba\r\nEND:VCARD\r\n';
  const { blobId } = await ada.jam.uploadBlob(ada.id, text, {
    headers: { Authorization: ada.jam.authHeader, 'Content-Type': 'text/vcard' },
  });
  const file = await ada.jam.downloadBlob({
    accountId: ada.id,
    blobId,
    mimeType: 'text/vcard',
    fileName: 'basile.vcf',
  });
  assert.equal(await file.text(), text);
});

test('when the share ends, everything of it is gone at once', async () => {
  await call(ada, 'AddressBook/set', { update: { [bookId]: { [`shareWith/${ben.id}`]: null } } });
  const again = await call(ben, 'ContactCard/get', { accountId: ada.id, ids: [cardId] }).catch(
    ({ type }) => type as unknown,
  );
  assert.equal(again, 'accountNotFound');
  const left = await call(ada, 'AddressBook/get', { ids: [bookId] });
  assert.equal(left['list']![0]!['shareWith'], null);
});
