import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  C,
  conditionsOf,
  contactsOf,
  CS,
  D,
  dav,
  document,
  homeOf,
  namesIn,
  plainCard,
  propfind,
  put,
} from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';

const mkcol = (person: Person, path: string, props: string) =>
  dav(person, 'MKCOL', path, { body: document('D:mkcol', `<D:set><D:prop>${props}</D:prop></D:set>`) });
const isBook = '<D:resourcetype><D:collection/><C:addressbook/></D:resourcetype>';

test('an address book is made with what the client says of it, and is whole at once: C110, C119', async () => {
  await using app = await createTestApp();
  const path = `${homeOf(app.ada)}presse/`;
  const color = '<I:calendar-color xmlns:I="http://apple.com/ns/ical/">#F66666FF</I:calendar-color>';
  const props = `${isBook}<D:displayname>Presse</D:displayname><C:addressbook-description xml:lang="fr">Tous</C:addressbook-description>${color}`;
  const made = await mkcol(app.ada, path, props);
  assert.equal(made.status, 201, made.text);
  const names = [
    D('displayname'),
    C('addressbook-description'),
    D('sync-token'),
    CS('getctag'),
    D('current-user-privilege-set'),
  ];
  const [told] = (await propfind(app.ada, path, 0, [...names, '{http://apple.com/ns/ical/}calendar-color'])).responses;
  assert.deepEqual([...told!.refused], []);
  assert.equal(textOf(told!.found.get(D('displayname'))!), 'Presse');
  assert.equal(textOf(told!.found.get(C('addressbook-description'))!), 'Tous');
  assert.equal(textOf(told!.found.get('{http://apple.com/ns/ical/}calendar-color')!), '#F66666FF');
  const { list } = await app.ada.call('AddressBook/get');
  const [book] = [...(list as unknown as { name: string; color: string }[])].filter(({ name }) => name === 'Presse');
  assert.equal(book!.color, 'red');
});

test('MKCOL without a body makes an address book: C111', async () => {
  await using app = await createTestApp();
  const path = `${homeOf(app.ada)}plain/`;
  assert.equal((await dav(app.ada, 'MKCOL', path)).status, 201);
  const [told] = (await propfind(app.ada, path, 0, [D('resourcetype')])).responses;
  assert.ok(namesIn(told, D('resourcetype')).includes(C('addressbook')));
  assert.equal((await put(app.ada, `${path}a.vcf`, plainCard('a'))).status, 201);
});

test('where something is, where nothing can be, and for others, nothing is made: C112, C113, C116, C117, C248', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const tryMake = async (path: string) => (await dav(app.ada, 'MKCOL', path)).status;
  assert.equal(await tryMake(book), 405);
  assert.equal(await tryMake(`${book}a.vcf`), 405);
  assert.equal(await tryMake(`${homeOf(app.ada)}none/in/`), 409);
  assert.equal(await tryMake(`${homeOf(app.ada)}none/in/deep/`), 409);
  assert.equal(await tryMake(`${book}a.vcf/in/`), 409);
  assert.equal(await tryMake('/dav/none/x/'), 409);
  const inside = await dav(app.ada, 'MKCOL', `${book}in/`);
  assert.deepEqual([inside.status, conditionsOf(inside)], [403, [C('addressbook-collection-location-ok')]]);
  assert.equal(await tryMake('/dav/x/'), 403);
  assert.equal(await tryMake(`/dav/notifications/${app.ada.id}/x/`), 403);
  assert.equal(await tryMake(`${homeOf(app.ben)}mine/`), 403);
});

test('what is asked for with a body of another kind, another type or a wrong property is not made: C114, C115, C118', async () => {
  await using app = await createTestApp();
  const path = `${homeOf(app.ada)}x/`;
  const odd = await app.ada.basic(path, {
    method: 'MKCOL',
    headers: { 'Content-Type': 'application/zip' },
    body: 'PK',
  });
  assert.equal(odd.status, 415);
  const other = await dav(app.ada, 'MKCOL', path, { body: document('D:other', '') });
  assert.equal(other.status, 415);
  const types = ['<D:collection/>', '<D:collection/><L:calendar xmlns:L="urn:ietf:params:xml:ns:caldav"/>'];
  for (const type of types) {
    const reply = await mkcol(
      app.ada,
      path,
      `<D:resourcetype>${type}</D:resourcetype><D:displayname>X</D:displayname>`,
    );
    assert.deepEqual([reply.status, reply.root!.name], [403, D('mkcol-response')]);
    assert.match(reply.text, /<D:valid-resourcetype\/>/u);
    assert.match(reply.text, /<D:displayname\/><\/D:prop><D:status>HTTP\/1\.1 424/u);
  }
  const wrong = await mkcol(app.ada, path, `${isBook}<D:getetag>x</D:getetag><D:displayname>X</D:displayname>`);
  assert.equal(wrong.status, 403);
  assert.match(wrong.text, /<D:getetag\/><\/D:prop><D:status>HTTP\/1\.1 403/u);
  assert.equal((await propfind(app.ada, path, 0)).status, 404);
});

test('a folder lists each card once with what a list shows: C130, C140', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  await put(app.ada, `${book}b.vcf`, plainCard('b'));
  const names = [D('getetag'), D('getcontenttype'), D('getcontentlength'), D('getlastmodified')];
  const listed = (await propfind(app.ada, book, 1, names)).responses;
  assert.deepEqual(
    listed.map(({ href }) => href),
    [book, `${book}a.vcf`, `${book}b.vcf`],
  );
  assert.ok(!listed[0]!.found.has(D('getcontentlength')));
  for (const card of listed.slice(1)) assert.deepEqual([...card.found.keys()], names);
  assert.equal(textOf(listed[1]!.found.get(D('getcontentlength'))!), String(plainCard('a').length));
  assert.deepEqual(
    (await propfind(app.ada, book, 0, names)).responses.map(({ href }) => href),
    [book],
  );
});

test('Depth is 0 or 1, and 1 when it is missing: C131, C132', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const endless = await dav(app.ada, 'PROPFIND', book, { headers: { Depth: 'infinity' } });
  assert.deepEqual([endless.status, conditionsOf(endless)], [403, [D('propfind-finite-depth')]]);
  assert.equal((await dav(app.ada, 'PROPFIND', book)).responses.length, 2);
  assert.equal((await dav(app.ada, 'PROPFIND', book, { headers: { Depth: '7' } })).status, 400);
});

test('all properties or only their names can be asked for, never the content of cards: C133, C134', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  for (const depth of [0, 1] as const) {
    const all = await propfind(app.ada, book, depth);
    assert.ok(all.responses[0]!.found.has(D('displayname')));
    assert.ok(all.responses.every(({ found }) => !found.has(C('address-data')) && !found.has(D('sync-token'))));
    const body = document('D:propfind', '<D:propname/>');
    const names = await dav(app.ada, 'PROPFIND', book, { body, headers: { Depth: String(depth) } });
    assert.ok(names.responses[0]!.found.has(D('sync-token')));
    assert.equal(textOf(names.responses[0]!.found.get(D('displayname'))!), '');
  }
  const [some] = (await propfind(app.ada, book, 0, [D('displayname'), '{urn:x}none'])).responses;
  assert.ok(some!.found.has(D('displayname')));
  assert.equal(some!.refused.get('{urn:x}none'), 'HTTP/1.1 404 Not Found');
});

test('what is not there, or the folder itself, is left out for those who want it short: C135, C136', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const names = [D('displayname'), '{urn:x}none'];
  // RFC 7240 §2: with white space and parameters, too.
  const preferences = ['return=minimal', 'respond-async, Return = "minimal"; x=1'].map((Prefer) => ({ Prefer }));
  for (const headers of [...preferences, { Brief: 't' }] as Record<string, string>[]) {
    const reply = await propfind(app.ada, book, 0, names, headers);
    assert.doesNotMatch(reply.text, /HTTP\/1\.1 404/u);
    if ('Prefer' in headers) assert.equal(reply.headers.get('preference-applied'), 'return=minimal');
  }
  const noRoot = await propfind(app.ada, book, 1, names, { Prefer: 'depth-noroot' });
  assert.deepEqual(
    noRoot.responses.map(({ href }) => href),
    [`${book}a.vcf`],
  );
});

test('XML is read strictly, whatever it is called, and nothing is fetched or blown up for it: C137, C138, C139', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const ask = async (body: string, type = 'application/xml') =>
    (await app.ada.basic(book, { method: 'PROPFIND', headers: { Depth: '0', 'Content-Type': type }, body })).status;
  const good = '<D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>';
  assert.deepEqual([await ask(''), await ask(good), await ask(good, '')], [207, 207, 207]);
  const entities =
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><D:propfind xmlns:D="DAV:"><D:prop>&a;</D:prop></D:propfind>';
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>';
  const wrong = [
    '<D:propfind xmlns:D="DAV:"><D:allprop>',
    '<D:propfind><D:allprop/></D:propfind>',
    'x',
    entities,
    laughs,
  ];
  for (const body of wrong) assert.equal(await ask(body), 400, body);
});

test('whatever a client calls a new address book, it gets one, called as much like it as can be', async () => {
  await using app = await createTestApp();
  const names = ['漢'.repeat(100), `a${'😀'.repeat(70)}`, '..', 'x'.repeat(300), '漢'.repeat(100)];
  for (const [index, name] of names.entries()) {
    const path = `${homeOf(app.ada)}n${index}/`;
    const made = await mkcol(app.ada, path, `${isBook}<D:displayname>${name}</D:displayname>`);
    assert.equal(made.status, 201, made.text);
    const [told] = (await propfind(app.ada, path, 0, [D('displayname')])).responses;
    const called = textOf(told!.found.get(D('displayname'))!);
    assert.ok(called.isWellFormed() && called.startsWith(name === '..' ? '-' : name.slice(0, 60)), called);
  }
  assert.equal((await dav(app.ada, 'MKCOL', `${homeOf(app.ada)}${encodeURIComponent('漢'.repeat(100))}/`)).status, 201);
});

test('a value that an address book cannot have keeps it from being made, and is named', async () => {
  await using app = await createTestApp();
  const path = `${homeOf(app.ada)}x/`;
  const color = '<I:calendar-color xmlns:I="http://apple.com/ns/ical/">blueish</I:calendar-color>';
  const description = `<C:addressbook-description>${'d'.repeat(200_000)}</C:addressbook-description>`;
  for (const [wrong, status, tag] of [
    [color, 409, 'A:calendar-color'],
    [description, 409, 'C:addressbook-description'],
    [`<n xmlns="urn:n">${'d'.repeat(30_000)}</n>`, 507, 'n xmlns="urn:n"'],
  ] as const) {
    const reply = await mkcol(app.ada, path, `${isBook}${wrong}<D:displayname>X</D:displayname>`);
    assert.deepEqual([reply.status, reply.root?.name], [403, D('mkcol-response')], tag);
    assert.ok(reply.text.includes(`<${tag}/></D:prop><D:status>HTTP/1.1 ${status}`), reply.text);
    assert.match(reply.text, /<D:displayname\/><\/D:prop><D:status>HTTP\/1\.1 424/u);
  }
  const both = `<D:resourcetype><D:collection/><C:addressbook/><L:calendar xmlns:L="urn:ietf:params:xml:ns:caldav"/></D:resourcetype>`;
  assert.match((await mkcol(app.ada, path, both)).text, /<D:valid-resourcetype\/>/u);
  assert.equal((await propfind(app.ada, path, 0)).status, 404);
});
