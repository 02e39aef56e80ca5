import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
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
  report,
} from '../../kit/dav.ts';
import { createClient } from '../../kit/person.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';
import { folder, share } from '../../kit/calls.ts';

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

test('hrefs inside hrefs are expanded, and what is gone is 404 and no fault: C019', async () => {
  await using app = await createTestApp();
  const inner =
    '<D:property name="current-user-principal"><D:property name="addressbook-home-set" namespace="urn:ietf:params:xml:ns:carddav"><D:property name="displayname"/></D:property></D:property>';
  const reply = await report(app.ada, '/dav/', 'D:expand-property', inner);
  assert.equal(reply.status, 207);
  assert.match(reply.text, new RegExp(`<C:addressbook-home-set><D:response><D:href>${homeOf(app.ada)}</D:href>`, 'u'));
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
  const ask = (path: string) => report(app.ada, path, 'D:principal-search-property-set', '');
  const reply = await ask('/dav/principals/');
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
