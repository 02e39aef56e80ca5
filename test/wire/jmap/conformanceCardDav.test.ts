/** One store, two doors: what is done through CardDAV is seen through JMAP, and the other way. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { card, changes, create, destroy, get, list, shareAccepted, stateOf, update } from '../../kit/calls.ts';
import { C, D, dav, document, namesIn, propfind } from '../../kit/dav.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let ada: Person;
let home = '';
before(async () => {
  app = await createTestApp();
  ({ ada } = app);
  home = `/dav/addressbooks/${ada.id}/`;
});
after(() => app.close());

const vcard = (uid: string, name: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, ...lines, 'END:VCARD', ''].join('\r\n');
const put = (path: string, body: string) => dav(ada, 'PUT', path, { body });
const told = (result: Result) => ['created', 'updated', 'destroyed'].map((name) => [...result[name]!]);

/** The books of a home: address by displayname. */
async function booksOf(person: Person): Promise<Map<string, string>> {
  const names = [D('displayname'), D('resourcetype')];
  const listed = await propfind(person, `/dav/addressbooks/${person.id}/`, 1, names);
  const books = listed.responses.filter((response) => namesIn(response, D('resourcetype')).includes(C('addressbook')));
  return new Map(books.map((book) => [textOf(book.found.get(D('displayname'))!), book.href]));
}

/** A folder made through CardDAV, and its id. */
async function makeBook(name: string): Promise<{ path: string; id: string }> {
  const path = `${home}${name}/`;
  assert.equal((await dav(ada, 'MKCOL', path)).status, 201);
  const book = (await list(ada, 'AddressBook')).find((one) => String(one['name']) === name);
  return { path, id: book!['id']! };
}

async function idOf(uid: string): Promise<string> {
  const { ids } = await ada.call('ContactCard/query', { filter: { uid } });
  assert.equal(ids!.length, 1, `${uid} is found at once`);
  return ids![0]!;
}

test('J016 folders that are made, renamed and deleted through CardDAV are told as changes', async () => {
  const since = await stateOf(ada, 'AddressBook');
  const { path, id } = await makeBook('presse');
  assert.deepEqual(told(await changes(ada, 'AddressBook', since)), [[id], [], []]);
  const made = await stateOf(ada, 'AddressBook');
  const name = '<D:displayname>Presse et radio</D:displayname>';
  const body = `<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>${name}</D:prop></D:set></D:propertyupdate>`;
  assert.equal((await dav(ada, 'PROPPATCH', path, { body })).status, 207);
  assert.deepEqual(told(await changes(ada, 'AddressBook', made)), [[], [id], []]);
  assert.equal((await get(ada, 'AddressBook', id))!['name'], 'Presse et radio');
  const renamed = await stateOf(ada, 'AddressBook');
  assert.equal((await dav(ada, 'DELETE', path)).status, 204);
  assert.deepEqual(told(await changes(ada, 'AddressBook', renamed)), [[], [], [id]]);
});

test('J023 the displayname of CardDAV follows the name of JMAP', async () => {
  const { path, id } = await makeBook('salons');
  await update(ada, 'AddressBook', id, { name: 'Salons 2027', description: 'Tous les salons' });
  const found = await propfind(ada, path, 0, [D('displayname'), C('addressbook-description')]);
  assert.deepEqual([...found.responses[0]!.found.values()].map(textOf), ['Salons 2027', 'Tous les salons']);
});

test('J051 J054 J129 cards and groups that come, change and go through CardDAV are found at once and told as changes', async () => {
  const { path } = await makeBook('marche');
  const since = await stateOf(ada, 'ContactCard');
  await put(`${path}a.vcf`, vcard('m-a', 'Anne'));
  await put(
    `${path}g.vcf`,
    vcard('m-g', 'Groupe', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:m-a'),
  );
  const ids = [await idOf('m-a'), await idOf('m-g')];
  assert.deepEqual(told(await changes(ada, 'ContactCard', since)), [ids, [], []]);
  const made = await stateOf(ada, 'ContactCard');
  await put(`${path}a.vcf`, vcard('m-a', 'Anne-Marie'));
  await put(`${path}g.vcf`, vcard('m-g', 'Le groupe', 'X-ADDRESSBOOKSERVER-KIND:group'));
  assert.deepEqual(told(await changes(ada, 'ContactCard', made)), [[], ids, []]);
  const { ids: found } = await ada.call('ContactCard/query', { filter: { name: 'Anne-Marie' } });
  assert.deepEqual([...found!], [ids[0]]);
  const first = await ada.call('ContactCard/changes', { sinceState: made, maxChanges: 1 });
  assert.equal(Boolean(first['hasMoreChanges']), true);
  const second = await changes(ada, 'ContactCard', first['newState']!);
  assert.deepEqual(new Set([...first['updated']!, ...second['updated']!]), new Set(ids));
  const changed = await stateOf(ada, 'ContactCard');
  for (const name of ['a', 'g']) assert.equal((await dav(ada, 'DELETE', `${path}${name}.vcf`)).status, 204);
  assert.deepEqual(told(await changes(ada, 'ContactCard', changed)), [[], [], ids]);
});

test('J053 another card under the address of one that was deleted has an id of its own', async () => {
  const { path } = await makeBook('encore');
  await put(`${path}a.vcf`, vcard('e-1', 'Premier'));
  const old = await idOf('e-1');
  const since = await stateOf(ada, 'ContactCard');
  await dav(ada, 'DELETE', `${path}a.vcf`);
  await put(`${path}a.vcf`, vcard('e-2', 'Second'));
  const fresh = await idOf('e-2');
  assert.notEqual(fresh, old);
  assert.deepEqual(told(await changes(ada, 'ContactCard', since)), [[fresh], [], [old]]);
});

test('J077 a card made through JMAP is called by its uid in CardDAV, or by something else where that is no name', async () => {
  const { path, id } = await makeBook('noms');
  const make = (uid: string) =>
    create(ada, 'ContactCard', { uid, name: { full: uid }, addressBookIds: { [id]: true } });
  await make('urn:uuid:7b9f0b5e-5a1c-4c63-9f0a-0d7c4a3b2e11');
  await make('../../é /?#');
  const listed = await propfind(ada, path, 1, [D('getetag')]);
  const names = listed.responses.map(({ href }) => href).filter((href) => href !== path);
  assert.equal(names.length, 2);
  assert.ok(
    names.some((href) => href.includes('7b9f0b5e-5a1c-4c63-9f0a-0d7c4a3b2e11')),
    names.join(),
  );
  for (const name of names) {
    assert.equal(name.slice(path.length).split('/').length, 1, 'one segment, inside of its folder');
    assert.equal((await dav(ada, 'GET', name)).status, 200, name);
  }
});

test('J093 J101 a card that JMAP moves or destroys has moved or gone in CardDAV', async () => {
  const [from, to] = [await makeBook('depart'), await makeBook('arrivee')];
  await put(`${from.path}a.vcf`, vcard('d-1', 'Voyageur', 'X-UNKNOWN:kept'));
  const id = await idOf('d-1');
  await update(ada, 'ContactCard', id, { addressBookIds: { [to.id]: true } });
  assert.equal((await dav(ada, 'GET', `${from.path}a.vcf`)).status, 404);
  const moved = await dav(ada, 'GET', `${to.path}a.vcf`);
  assert.equal(moved.status, 200);
  assert.match(moved.text, /X-UNKNOWN:kept/u);
  // And back through CardDAV: the card keeps its id (RFC 9610 knows it by nothing else).
  const headers = { Destination: `${app.url}${from.path}b.vcf` };
  assert.equal((await dav(ada, 'MOVE', `${to.path}a.vcf`, { headers })).status, 201);
  assert.deepEqual(Object.keys((await get(ada, 'ContactCard', id))!['addressBookIds']!), [from.id]);
  await destroy(ada, 'ContactCard', id);
  assert.equal((await dav(ada, 'GET', `${from.path}b.vcf`)).status, 404);
});

test('J183 what is shared through JMAP is in the CardDAV home of the other, with what they may do, until it ends', async () => {
  const { id } = await makeBook('partage');
  const shareId = await shareAccepted(ada, id, app.ben, 'viewer');
  await card(ada, id, 'Visible');
  const path = [...(await booksOf(app.ben))].find(([name]) => name.startsWith('partage'))![1];
  const privileges = async () =>
    namesIn(
      (await propfind(app.ben, path, 0, [D('current-user-privilege-set')])).responses[0],
      D('current-user-privilege-set'),
    );
  assert.ok((await privileges()).includes(D('read')));
  assert.ok(!(await privileges()).includes(D('write-content')));
  assert.equal((await propfind(app.ben, path, 1, [D('getetag')])).responses.length, 2);
  assert.equal((await dav(app.ben, 'PUT', `${path}x.vcf`, { body: vcard('x', 'X') })).status, 403);
  await update(ada, 'Share', shareId, { role: 'manager' });
  assert.ok((await privileges()).includes(D('write-content')));
  assert.equal((await dav(app.ben, 'PUT', `${path}x.vcf`, { body: vcard('x', 'X') })).status, 201);
  assert.ok(await idOf('x'), 'the owner finds it');
  // And the other way: what CardDAV gives stands in shareWith, and what it takes is gone from there.
  const share = (inner: string) => dav(ada, 'POST', `${home}partage/`, { body: document('CS:share', inner) });
  const chloe = `<D:href>/dav/principals/${app.chloe.id}/</D:href>`;
  assert.equal((await share(`<CS:set>${chloe}<CS:read/></CS:set>`)).status, 200);
  const rights = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
  assert.deepEqual((await get(ada, 'AddressBook', id))!['shareWith']![app.chloe.id], rights);
  assert.equal((await share(`<CS:remove>${chloe}</CS:remove>`)).status, 200);
  assert.ok(!(app.chloe.id in (await get(ada, 'AddressBook', id))!['shareWith']!));
  await destroy(ada, 'Share', shareId);
  assert.ok(![...(await booksOf(app.ben)).values()].includes(path));
  assert.equal((await dav(app.ben, 'GET', `${path}x.vcf`)).status, 404);
});
