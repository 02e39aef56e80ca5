/** How much people and the organisation may take, and what each way in says when that is too much. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { card, create, destroy, folder, items, refusal, session, share } from '../../kit/calls.ts';
import { contactsOf, dav, homeOf, plainCard } from '../../kit/dav.ts';
import { basicHeader, everything, postJson } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const newCard = (addressBookId: string) => ({
  '@type': 'Card',
  version: '1.0',
  addressBookIds: { [addressBookId]: true },
  name: { full: 'X' },
});
const defaultBook = async (person: Person) => {
  const books = items((await person.call('AddressBook/get', { ids: null }))['list']);
  return String(books.find((book) => Boolean(book['isDefault']))!['id']);
};

// The clock of the test goes on while it asks.
const halfAMinute = /^(?:[12]?\d|30)$/u;

test('who asks too often is told when to come back, in each protocol, and nobody else is', async () => {
  await using app = await createTestApp({ environment: { COTERIE_REQUESTS_PER_MINUTE: '2' } });
  const { ada, ben } = app;
  const echo = () => ada.fetch('/jmap/api', postJson({ using: everything, methodCalls: [['Core/echo', {}, '0']] }));
  const statuses: number[] = [];
  while (statuses.length < 4) statuses.push((await echo()).status);
  assert.deepEqual(statuses, [200, 200, 429, 429]);
  const told = await echo();
  assert.match(told.headers.get('retry-after')!, halfAMinute);
  assert.match(told.headers.get('content-type')!, /^application\/problem\+json/u);
  assert.match(await told.text(), /At most 2 requests in a minute/u);
  for (const [method, path] of [
    ['PROPFIND', '/dav/'],
    ['GET', '/home/~?fmt=csv'],
  ] as const) {
    const answer = await fetch(app.url + path, {
      method,
      headers: { Authorization: basicHeader(ada.email, ada.password) },
    });
    assert.equal(answer.status, 429, path);
    assert.match(answer.headers.get('retry-after')!, halfAMinute);
  }
  assert.equal((await ben.get('/jmap/session')).status, 200);
  app.clock.advance(30_000);
  assert.deepEqual([(await echo()).status, (await echo()).status], [200, 429]);
});

test('through a WebSocket each request counts, and the connection goes on', async () => {
  await using app = await createTestApp({ environment: { COTERIE_REQUESTS_PER_MINUTE: '3' } });
  const headers = { Cookie: app.ada.cookie, Origin: app.url };
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/jmap/ws`, ['jmap'], { headers });
  await once(socket, 'open');
  const statuses: unknown[] = [];
  for (const round of [1, 2, 3, 4]) {
    if (round === 4) app.clock.advance(20_000);
    socket.send(JSON.stringify({ '@type': 'Request', using: everything, methodCalls: [['Core/echo', {}, '0']] }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    const { '@type': type, status } = JSON.parse(message.toString()) as Record<string, unknown>;
    statuses.push(type === 'Response' ? 200 : status);
  }
  socket.terminate();
  assert.deepEqual(statuses, [200, 200, 429, 200]);
});

test('a public link that is asked too often is told when to come back', async () => {
  await using app = await createTestApp({ environment: { COTERIE_REQUESTS_PER_MINUTE: '5' } });
  const bookId = await folder(app.ada, 'Presse');
  const id = await create(app.ada, 'Share', { addressBookId: bookId, type: 'public', role: 'viewer' });
  const [made] = items((await app.ada.call('Share/get', { ids: [id] }))['list']);
  const path = new URL(String(made!['url'])).pathname;
  const statuses: number[] = [];
  while (statuses.length < 6) statuses.push((await fetch(app.url + path)).status);
  assert.deepEqual([statuses[4], statuses[5]], [200, 429]);
});

test('all accounts together have room for so many contacts: JMAP and CardDAV say that it is full, and deleting makes room', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARDS: '3' } });
  const { ada, ben } = app;
  const [adas, bens] = [await defaultBook(ada), await defaultBook(ben)];
  const made = [await card(ada, adas, 'A'), await card(ada, adas, 'B'), await card(ben, bens, 'C')];
  const refused = await refusal(ben, 'ContactCard/set', { create: { c: newCard(bens) } });
  assert.equal(refused['type'], 'overQuota');
  assert.match(refused['description']!, /All accounts together have at most 3 contacts/u);
  const answer = await dav(ben, 'PUT', `${await contactsOf(ben)}d.vcf`, { body: plainCard('d') });
  assert.equal(answer.status, 507);
  await destroy(ada, 'ContactCard', made[0]!);
  app.clock.advance(61_000);
  await card(ben, bens, 'D');
});

test('a database that is as large as it may be takes no further contacts', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_DATABASE_MEGABYTES: '1' } });
  const bookId = await defaultBook(app.ada);
  const notes = { n: { note: 'x'.repeat(9_000) } };
  const many = Array.from({ length: 100 }, (_, index) => [`c${index}`, { ...newCard(bookId), notes }] as const);
  let error: string | undefined;
  for (let round = 0; error === undefined && round < 20; round++) {
    const { notCreated } = (await app.ada.call('ContactCard/set', { create: Object.fromEntries(many) })) as {
      notCreated?: Record<string, { type: string }>;
    };
    error = Object.values(notCreated ?? {})[0]?.type;
    app.clock.advance(61_000);
  }
  assert.equal(error, 'overQuota');
});

test('an account has room for so many folders, and a folder for so many shares', async () => {
  const environment = { COTERIE_MAX_FOLDERS_PER_ACCOUNT: '10', COTERIE_MAX_SHARES_PER_FOLDER: '1' };
  await using app = await createTestApp({ environment });
  const { ada, ben, chloe } = app;
  const there = items((await ada.call('AddressBook/get', { ids: null }))['list']).length;
  const made: string[] = [];
  while (there + made.length < 10) made.push(await folder(ada, `Dossier ${made.length}`));
  assert.equal((await refusal(ada, 'AddressBook/set', { create: { f: { name: 'Un de trop' } } }))['type'], 'overQuota');
  const mkcol = await dav(ada, 'MKCOL', `${homeOf(ada)}un-de-trop/`);
  assert.equal(mkcol.status, 507);
  await share(ada, made[0]!, ben, 'viewer');
  const second = { create: { s: { addressBookId: made[0], principalId: chloe.id, role: 'viewer' } } };
  assert.equal((await refusal(ada, 'Share/set', second))['type'], 'overQuota');
  const { capabilities } = (await session(ada)) as unknown as { capabilities: Record<string, Record<string, unknown>> };
  assert.equal(capabilities['https://coterie.example/jmap/contacts']!['maxSharesPerAddressBook'], 1);
});
