import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../../src/lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../src/lib/xml/xmlElement.ts';
import {
  booksOf,
  C,
  conditionsOf,
  contactsOf,
  CS,
  D,
  dav,
  homeOf,
  hrefIn,
  namesIn,
  plainCard,
  propfind,
  put,
  report,
} from '../../kit/dav.ts';
import { createClient } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';
import { folder, share, shareAccepted } from '../../kit/calls.ts';

test('below the well-known address nothing is a fault: C002', async () => {
  await using app = await createTestApp();
  for (const path of ['/.well-known/carddav/', '/.well-known/carddav/x/y'])
    for (const method of ['GET', 'PROPFIND'])
      assert.equal((await fetch(app.url + path, { method, redirect: 'manual' })).status, 308);
});

test('OPTIONS tells what the server and what each resource can do: C009, C010', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  for (const path of [homeOf(app.ada), book, '/dav/', `/dav/principals/${app.ada.id}/`]) {
    const reply = await dav(app.ada, 'OPTIONS', path);
    assert.equal(reply.status, 200);
    const classes = reply.headers.get('dav')!.split(', ');
    for (const name of ['1', '3', 'access-control', 'addressbook', 'extended-mkcol']) assert.ok(classes.includes(name));
    assert.ok(!classes.includes('2'));
  }
  const allowed = async (path: string) => (await dav(app.ada, 'OPTIONS', path)).headers.get('allow')!.split(', ');
  assert.ok((await allowed(homeOf(app.ada))).includes('MKCOL'));
  assert.ok(!(await allowed(homeOf(app.ada))).includes('MKCALENDAR'));
  for (const name of ['REPORT', 'PROPPATCH', 'GET', 'POST', 'ACL']) assert.ok((await allowed(book)).includes(name));
  // Where nothing is yet, something can be made.
  for (const name of ['PUT', 'MKCOL']) assert.ok((await allowed(`${book}none.vcf`)).includes(name));
});

test('an address book tells its reports, versions, collations and largest card: C011, C012, C013, C014, C015', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARD_SIZE: '10000' } });
  const book = await contactsOf(app.ada);
  const names = [D('supported-report-set'), C('supported-address-data'), C('supported-collation-set')];
  const [told] = (await propfind(app.ada, book, 0, [...names, C('max-resource-size')])).responses;
  const reports = namesIn(told, D('supported-report-set'));
  for (const name of [C('addressbook-query'), C('addressbook-multiget'), D('sync-collection'), D('expand-property')])
    assert.ok(reports.includes(name), name);
  const versions = told!.found
    .get(C('supported-address-data'))!
    .children.map((child) =>
      typeof child === 'string' ? '' : `${child.attributes['content-type']} ${child.attributes['version']}`,
    );
  assert.deepEqual(versions, ['text/vcard 3.0', 'text/vcard 4.0']);
  const collations = told!.found
    .get(C('supported-collation-set'))!
    .children.map((child) => (typeof child === 'string' ? '' : textOf(child)));
  for (const name of ['i;ascii-casemap', 'i;unicode-casemap']) assert.ok(collations.includes(name));
  assert.equal(textOf(told!.found.get(C('max-resource-size'))!), '10000');
  const large = plainCard('a', `NOTE:${'x'.repeat(10_000)}`);
  assert.deepEqual(conditionsOf(await dav(app.ada, 'PUT', `${book}a.vcf`, { body: large })), [C('max-resource-size')]);
  for (const path of [homeOf(app.ada), `/dav/principals/${app.ada.id}/`, '/dav/']) {
    const [other] = (await propfind(app.ada, path, 0, [D('supported-report-set')])).responses;
    assert.ok(!namesIn(other, D('supported-report-set')).includes(C('addressbook-query')), path);
  }
});

test('a principal says who it is, and its folders whose they are: C016, C017, C018', async () => {
  await using app = await createTestApp();
  const path = `/dav/principals/${app.ada.id}/`;
  const names = [D('principal-URL'), D('displayname'), D('resourcetype'), D('principal-collection-set')];
  const [principal] = (await propfind(app.ada, path, 0, names)).responses;
  assert.equal(hrefIn(principal, D('principal-URL')), path);
  assert.equal(textOf(principal!.found.get(D('displayname'))!), 'Ada');
  assert.ok(namesIn(principal, D('resourcetype')).includes(D('principal')));
  assert.equal(hrefIn(principal, D('principal-collection-set')), '/dav/principals/');
  const [home] = (await propfind(app.ada, homeOf(app.ada), 0, [D('principal-collection-set'), D('owner')])).responses;
  assert.equal(hrefIn(home, D('principal-collection-set')), '/dav/principals/');
  assert.equal(hrefIn(home, D('owner')), path);
  const book = (await booksOf(app.ada)).get('Contacts');
  assert.equal(hrefIn(book, D('owner')), path);
  const privileges = namesIn(book, D('current-user-privilege-set'));
  for (const name of ['read', 'write', 'write-properties', 'write-content', 'bind', 'unbind'])
    assert.ok(privileges.includes(D(name)), name);
});

test('hrefs inside hrefs are expanded: C019', async () => {
  await using app = await createTestApp();
  const inner =
    '<D:property name="current-user-principal"><D:property name="addressbook-home-set" namespace="urn:ietf:params:xml:ns:carddav"><D:property name="displayname"/></D:property></D:property>';
  const reply = await report(app.ada, '/dav/', 'D:expand-property', inner);
  assert.equal(reply.status, 207);
  assert.match(reply.text, new RegExp(`<C:addressbook-home-set><D:response><D:href>${homeOf(app.ada)}</D:href>`, 'u'));
});

/** The properties of a resource with what is asked of those that one of them names. */
async function expand(person: Person, path: string, [name, namespace]: readonly [string, string]) {
  const inner = `<D:property name="${name}" namespace="${namespace}"><D:property name="displayname"/></D:property>`;
  const [one] = (await report(person, path, 'D:expand-property', inner)).responses;
  const value = one?.found.get(`{${namespace}}${name}`);
  return childrenOf(value!, D('response')).map((response) => {
    const [href, status] = ['href', 'status'].map((each) => childOf(response, D(each)));
    return { href: textOf(href!), status: status && textOf(status), text: textsIn(response) };
  });
}

const textsIn = (element: XmlElement): string =>
  textOf(element).trim() +
  elementsOf(element)
    .map((child) => textsIn(child))
    .join(' ');

test('an href at which there is nothing for the person is 404 inside the answer, and no fault: C019', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben);
  // It lies in the home of its owner, which is not there for others.
  const [owners] = await expand(app.ben, `${homeOf(app.ben)}${bookId}/`, [
    'shared-url',
    'http://calendarserver.org/ns/',
  ]);
  assert.equal(owners!.href, `${homeOf(app.ada)}${bookId}/`);
  assert.equal(owners!.status, 'HTTP/1.1 404 Not Found');
  assert.doesNotMatch(owners!.text, /Presse/u);
  assert.deepEqual(app.faults, []);
});

test('the members of a group and the groups of a person are expanded: C019', async () => {
  await using app = await createTestApp();
  const { id } = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(app.world, id, [app.ada.id, app.ben.id]);
  const group = { href: `/dav/principals/${id}/`, name: 'Accueil' };
  const told = async (path: string, name: string) =>
    (await expand(app.ada, path, [name, 'DAV:'])).map(({ href, status, text }) => [
      href,
      status,
      text.includes('200 OK'),
    ]);
  const members = await expand(app.ada, group.href, ['group-member-set', 'DAV:']);
  assert.deepEqual(
    members.map(({ href }) => href).toSorted(),
    [app.ada, app.ben].map((person) => `/dav/principals/${person.id}/`).toSorted(),
  );
  for (const name of ['Ada', 'Ben'])
    assert.ok(
      members.some(({ text }) => text.includes(name)),
      name,
    );
  assert.deepEqual(await told(`/dav/principals/${app.ada.id}/`, 'group-membership'), [[group.href, undefined, true]]);
  // In which groups others are is theirs to know.
  assert.deepEqual(await told(`/dav/principals/${app.ben.id}/`, 'group-membership'), []);
});

test('principal-match gives the person themselves, and has Depth 0: C020, C021', async () => {
  await using app = await createTestApp();
  const ask = (depth: string) =>
    report(app.ada, '/dav/principals/', 'D:principal-match', '<D:self/><D:prop><D:displayname/></D:prop>', {
      Depth: depth,
    });
  const reply = await ask('0');
  assert.deepEqual(
    reply.responses.map(({ href }) => href),
    [`/dav/principals/${app.ada.id}/`],
  );
  assert.equal((await ask('1')).status, 400);
});

test('principal-match by a property gives what names the person, at any depth, and nothing of others: C028', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben);
  const [shared, own] = [`${homeOf(app.ben)}${bookId}/`, await contactsOf(app.ben)];
  await put(app.ben, `${shared}theirs.vcf`, plainCard('theirs'));
  await put(app.ben, `${own}mine.vcf`, plainCard('mine'));
  const ask = async (path: string, what: string, headers = {}) => {
    const { status, responses } = await report(app.ben, path, 'D:principal-match', `${what}<D:prop/>`, headers);
    assert.equal(status, 207);
    return responses.map(({ href }) => href);
  };
  const owner = '<D:principal-property><D:owner/></D:principal-property>';
  const books = [...(await booksOf(app.ben)).values()].map(({ href }) => href).filter((href) => href !== shared);
  const inHome = [...books, `${own}mine.vcf`].toSorted();
  assert.ok(books.includes(own));
  assert.deepEqual((await ask(homeOf(app.ben), owner)).toSorted(), inHome);
  assert.deepEqual((await ask('/dav/addressbooks/', owner)).toSorted(), [homeOf(app.ben), ...inHome].toSorted());
  assert.deepEqual(await ask(own, owner), [`${own}mine.vcf`]);
  assert.deepEqual(await ask(shared, owner), []);
  const one = `/dav/one/${app.ben.id}/`;
  assert.deepEqual(await ask(one, owner), [`${one}all/`, `${one}all/mine.vcf`]);
  assert.deepEqual(await ask(own, '<D:principal-property><D:unheard-of/></D:principal-property>'), []);
  // Principals are in none of these.
  for (const path of ['/dav/addressbooks/', homeOf(app.ben), own]) assert.deepEqual(await ask(path, '<D:self/>'), []);
  assert.deepEqual(await ask('/dav/', '<D:self/>'), [`/dav/principals/${app.ben.id}/`]);
  for (const path of ['/dav/', '/dav/addressbooks/', homeOf(app.ben), own]) {
    const [told] = (await propfind(app.ben, path, 0, [D('supported-report-set')])).responses;
    assert.ok(namesIn(told, D('supported-report-set')).includes(D('principal-match')), path);
  }
  const nothing = await report(app.ben, own, 'D:principal-match', '<D:principal-property/>');
  assert.equal(nothing.status, 400);
});

test('principal-property-search finds by name, nothing by what nobody has, and has Depth 0: C022, C023', async () => {
  await using app = await createTestApp();
  const ask = (name: string, depth = '0') =>
    report(
      app.ada,
      '/dav/principals/',
      'D:principal-property-search',
      `<D:property-search><D:prop><D:${name}/></D:prop><D:match>Ben</D:match></D:property-search><D:prop><D:displayname/></D:prop>`,
      { Depth: depth },
    );
  assert.deepEqual(
    (await ask('displayname')).responses.map(({ href }) => href),
    [`/dav/principals/${app.ben.id}/`],
  );
  assert.deepEqual((await ask('unheard-of')).responses, []);
  for (const depth of ['1', 'infinity']) assert.equal((await ask('displayname', depth)).status, 400);
});

test('a search for more words than any name has finds nobody', async () => {
  await using app = await createTestApp();
  const words = Array.from({ length: 2_000 }, (_, number) => `b${number}`).join(' ');
  const reply = await report(
    app.ada,
    '/dav/principals/',
    'D:principal-property-search',
    `<D:property-search><D:prop><D:displayname/></D:prop><D:match>${words}</D:match></D:property-search>`,
    { Depth: '0' },
  );
  assert.deepEqual([reply.status, reply.responses], [207, []]);
  assert.deepEqual(app.faults, []);
});

test('what principals can be searched by is told where principals are, and nowhere else: C024', async () => {
  await using app = await createTestApp();
  const ask = (path: string, headers = {}) => report(app.ada, path, 'D:principal-search-property-set', '', headers);
  const reply = await ask('/dav/principals/');
  assert.equal((await ask('/dav/principals/', { Depth: '0' })).text, reply.text);
  for (const depth of ['1', 'infinity']) assert.equal((await ask('/dav/principals/', { Depth: depth })).status, 400);
  assert.equal(reply.status, 200);
  assert.match(reply.text, /<D:principal-search-property><D:prop><D:displayname\/>/u);
  assert.deepEqual(conditionsOf(await ask(await contactsOf(app.ada))), [D('supported-report')]);
});

test('the principals of an access list are told to those who may read it: C025', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  await share(app.ada, bookId, app.ben, 'viewer');
  await app.ben.call('ShareInvitation/set', { update: { [bookId]: { status: 'accepted' } } });
  const ask = (person: typeof app.ada, depth = '0') =>
    report(person, `${homeOf(person)}${bookId}/`, 'D:acl-principal-prop-set', '<D:prop><D:displayname/></D:prop>', {
      Depth: depth,
    });
  const names = (await ask(app.ada)).responses.map(({ found }) => textOf(found.get(D('displayname'))!));
  assert.deepEqual(names.toSorted(), ['Ada', 'Ben']);
  assert.equal((await ask(app.ada, '1')).status, 400);
  assert.deepEqual(conditionsOf(await ask(app.ben)), [D('need-privileges')]);
});

test('a person who never signed in elsewhere has a default folder, which cannot be deleted: C026, C027', async () => {
  await using app = await createTestApp();
  const facts = { name: 'Dora', email: 'dora@demo.example', password: 'password of Dora' };
  const { id } = await createPerson(app.world, { ...facts, passwordCost: cheapPassword });
  const dora = createClient(app.url, { id, ...facts });
  const book = await contactsOf(dora);
  assert.equal((await dav(dora, 'PUT', `${book}a.vcf`, { body: plainCard('a') })).status, 201);
  assert.equal((await dav(dora, 'DELETE', book)).status, 403);
  assert.equal((await dav(dora, 'GET', `${book}a.vcf`)).status, 200);
});

test('a home and a principal have what Apple’s programs ask for', async () => {
  await using app = await createTestApp();
  const home = (await propfind(app.ada, homeOf(app.ada), 0, [CS('getctag'), D('sync-token'), C('directory-gateway')]))
    .responses[0]!;
  assert.deepEqual([...home.refused], []);
  const names = [CS('notification-URL'), CS('email-address-set'), C('directory-gateway')];
  const principal = (await propfind(app.ada, `/dav/principals/${app.ada.id}/`, 0, names)).responses[0]!;
  assert.deepEqual([...principal.refused], []);
});

test('a program that is given the bare address, or asks at /principals/, is sent on', async () => {
  await using app = await createTestApp();
  for (const path of ['/', '/principals/', `/principals/users/ada/`]) {
    const reply = await fetch(app.url + path, { method: 'PROPFIND', redirect: 'manual' });
    assert.deepEqual([reply.status, reply.headers.get('location')], [308, '/dav/'], path);
  }
});

test('Apple’s programs find people by words, in any order', async () => {
  await using app = await createTestApp();
  await app.person('Léa Martin');
  const inner =
    '<CS:search-token>mart</CS:search-token><CS:search-token>lea</CS:search-token><D:prop><D:displayname/></D:prop>';
  const reply = await report(app.ada, '/dav/principals/', 'CS:calendarserver-principal-search', inner);
  assert.deepEqual(
    reply.responses.map(({ found }) => textOf(found.get(D('displayname'))!)),
    ['Léa Martin'],
  );
});
