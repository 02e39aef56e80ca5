import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactsOf, CS, D, dav, document, homeOf, plainCard, propfind, put } from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';

const set = (inner: string) => `<D:set><D:prop>${inner}</D:prop></D:set>`;
const remove = (inner: string) => `<D:remove><D:prop>${inner}</D:prop></D:remove>`;
const patch = (person: Person, path: string, inner: string, headers: Record<string, string> = {}) =>
  dav(person, 'PROPPATCH', path, { body: document('D:propertyupdate', inner), headers });

async function bookOf(person: Person): Promise<string> {
  await dav(person, 'MKCOL', `${homeOf(person)}presse/`);
  return `${homeOf(person)}presse/`;
}

async function read(person: Person, path: string, name: string): Promise<string | undefined> {
  const found = (await propfind(person, path, 0, [name])).responses[0]!.found.get(name);
  return found && textOf(found);
}

const statuses = (reply: DavReply) => [
  ...[...reply.responses[0]!.found.keys()].map((name) => [name, '200']),
  ...[...reply.responses[0]!.refused].map(([name, status]) => [name, status.slice(9, 12)]),
];

test('name and description read back as they were written: C141', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const text = 'A & B <c> ]]> « é »';
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const reply = await patch(
    app.ada,
    book,
    set(`<D:displayname>${escaped}</D:displayname><C:addressbook-description>${escaped}</C:addressbook-description>`),
  );
  assert.equal(reply.status, 207);
  assert.equal(await read(app.ada, book, D('displayname')), text);
  assert.equal(await read(app.ada, book, '{urn:ietf:params:xml:ns:carddav}addressbook-description'), text);
});

test('what clients keep comes back, in any namespace and alphabet: C142, C145, C146, C147', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const many = [...Array(20).keys()]
    .map((key) => `<n${key}:p xmlns:n${key}="urn:n${key}">v${key}</n${key}:p>`)
    .join('');
  assert.equal((await patch(app.ada, book, set(many))).status, 207);
  for (const key of [0, 19]) assert.equal(await read(app.ada, book, `{urn:n${key}}p`), `v${key}`);
  await patch(app.ada, book, set('<x:p xmlns:x="urn:n0">\u{10000}\u{1f600}</x:p>'));
  assert.equal(await read(app.ada, book, '{urn:n0}p'), '\u{10000}\u{1f600}');
  const nested = '<x:deep xmlns:x="urn:x" xml:lang="fr"><x:a b="1"><y xmlns="">z</y></x:a></x:deep>';
  await patch(app.ada, book, set(nested));
  assert.match((await propfind(app.ada, book, 0, ['{urn:x}deep'])).text, /xml:lang="fr"[^]*b="1"[^]*>z</u);
  assert.equal((await patch(app.ada, book, set('<p xmlns="">v</p>'))).status, 207);
  const nameless = await dav(app.ada, 'PROPFIND', book, {
    body: document('D:propfind', '<D:prop><p xmlns=""/></D:prop>'),
    headers: { Depth: '0' },
  });
  assert.equal(textOf(nameless.responses[0]!.found.get('p')!), 'v');
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  assert.deepEqual(app.faults, []);
});

test('properties are kept that are called like what every object of the program has', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
    const reply = await patch(app.ada, book, set(`<${name} xmlns="">kept</${name}>`));
    assert.deepEqual(statuses(reply), [[name, '200']]);
    const asked = document('D:propfind', `<D:prop><${name} xmlns=""/></D:prop>`);
    const found = await dav(app.ada, 'PROPFIND', book, { body: asked, headers: { Depth: '0' } });
    assert.equal(textOf(found.responses[0]!.found.get(name)!), 'kept');
    const filter = `<C:filter><C:prop-filter name="FN"><C:text-match collation="${name}">a</C:text-match></C:prop-filter></C:filter>`;
    const query = document('C:addressbook-query', `<D:prop><D:getetag/></D:prop>${filter}`);
    assert.equal((await dav(app.ada, 'REPORT', book, { body: query, headers: { Depth: '1' } })).status, 403);
  }
  assert.deepEqual(app.faults, []);
});

test('properties are removed, also those that never were, in the order of the document: C143, C144', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const p = '<x:p xmlns:x="urn:x"/>';
  const v = (text: string) => `<x:p xmlns:x="urn:x">${text}</x:p>`;
  assert.deepEqual(statuses(await patch(app.ada, book, remove(p))), [['{urn:x}p', '200']]);
  await patch(app.ada, book, set(v('1')) + remove(p) + set(v('2')));
  assert.equal(await read(app.ada, book, '{urn:x}p'), '2');
  await patch(app.ada, book, set(v('3')) + remove(p));
  assert.equal(await read(app.ada, book, '{urn:x}p'), undefined);
});

test('what is the server’s keeps all of a request from being done: C148', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  for (const name of ['resourcetype', 'getetag', 'sync-token', 'current-user-principal', 'owner', 'acl']) {
    const reply = await patch(app.ada, book, set(`<D:displayname>New</D:displayname><D:${name}/>`));
    assert.deepEqual(
      statuses(reply).toSorted(),
      [
        [D(name), '403'],
        [D('displayname'), '424'],
      ].toSorted(),
      name,
    );
    assert.match(reply.text, /<D:cannot-modify-protected-property\/>/u);
  }
  assert.equal(await read(app.ada, book, D('displayname')), 'presse');
});

test('a condition that does not hold keeps it from being done: C149', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const inner = set('<D:displayname>New</D:displayname>');
  assert.equal((await patch(app.ada, book, inner, { 'If-Match': '"x"' })).status, 412);
  assert.equal((await patch(app.ada, book, inner, { 'If-Match': '*' })).status, 207);
});

test('a value that is too large is not kept: C150', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const reply = await patch(app.ada, book, set(`<x:p xmlns:x="urn:x">${'x'.repeat(50_000)}</x:p>`));
  assert.deepEqual(statuses(reply), [['{urn:x}p', '507']]);
});

test('a folder whose name is taken away has one all the same: C151', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  await patch(app.ada, book, remove('<D:displayname/>'));
  assert.equal(await read(app.ada, book, D('displayname')), 'presse');
});

test('namespaces of the server and of others do no harm: C152', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  for (const space of ['urn:x-coterie', 'http://calendarserver.org/ns/', 'urn:ietf:params:xml:ns:carddav', 'DAV:'])
    assert.equal((await patch(app.ada, book, set(`<x:of-mine xmlns:x="${space}">v</x:of-mine>`))).status, 207);
  assert.equal((await propfind(app.ada, book, 1)).status, 207);
});

test('a change of a member moves the tag of the folder, a change of its name that of the home: C153, C214', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const tags = async () => ({
    book: await read(app.ada, book, CS('getctag')),
    token: await read(app.ada, book, D('sync-token')),
    home: await read(app.ada, homeOf(app.ada), CS('getctag')),
    homeToken: await read(app.ada, homeOf(app.ada), D('sync-token')),
  });
  const first = await tags();
  assert.deepEqual(await tags(), first);
  await patch(app.ada, book, set('<D:displayname>New</D:displayname>'));
  const renamed = await tags();
  assert.deepEqual([renamed.book, renamed.token], [first.book, first.token]);
  assert.notEqual(renamed.home, first.home);
  assert.notEqual(renamed.homeToken, first.homeToken);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const changed = await tags();
  assert.notEqual(changed.book, first.book);
  assert.notEqual(changed.token, first.token);
  assert.notEqual(changed.home, renamed.home);
  await put(app.ada, `${await contactsOf(app.ada)}b.vcf`, plainCard('b'));
  assert.equal((await tags()).book, changed.book);
});

test('the colour of a folder is one everywhere', async () => {
  await using app = await createTestApp();
  const book = await bookOf(app.ada);
  const name = '{http://inf-it.com/ns/ab/}addressbook-color';
  await patch(
    app.ada,
    book,
    set('<x:addressbook-color xmlns:x="http://inf-it.com/ns/ab/">#123456</x:addressbook-color>'),
  );
  assert.equal(await read(app.ada, book, name), '#123456FF');
  const wrong = await patch(
    app.ada,
    book,
    set('<x:addressbook-color xmlns:x="http://inf-it.com/ns/ab/">rouge</x:addressbook-color>'),
  );
  assert.deepEqual(statuses(wrong), [[name, '409']]);
  await patch(app.ada, book, remove('<x:addressbook-color xmlns:x="http://inf-it.com/ns/ab/"/>'));
  assert.equal(await read(app.ada, book, name), undefined);
});
