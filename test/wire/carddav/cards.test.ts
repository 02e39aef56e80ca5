import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, D, dav, hrefIn, namesIn, propfind } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const vcard = (uid: string, name: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${name};;;;`, ...lines, 'END:VCARD', ''].join('\r\n');

/** The address books of a person's home, by displayname. */
async function booksOf(person: Person): Promise<Map<string, string>> {
  const listed = await propfind(person, `/dav/addressbooks/${person.id}/`, 1, [D('displayname'), D('resourcetype')]);
  const books = listed.responses.filter((response) => namesIn(response, D('resourcetype')).includes(C('addressbook')));
  return new Map(books.map((book) => [textOf(book.found.get(D('displayname'))!), book.href]));
}

test('a card that was put comes back octet by octet, under its own name', async () => {
  await using app = await createTestApp();
  const contacts = (await booksOf(app.ada)).get('Contacts')!;
  const path = `${contacts}Zo%C3%A9%20(test)@1.vcf`;
  const text = vcard('u1', 'Zoé', 'X-UNKNOWN;FOO=bar:kept', 'NOTE:a\\, b\\nc');
  const made = await dav(app.ada, 'PUT', path, { body: text, headers: { 'If-None-Match': '*' } });
  assert.equal(made.status, 201);
  const got = await dav(app.ada, 'GET', path);
  assert.equal(got.text, text);
  assert.equal(got.headers.get('etag'), made.headers.get('etag'));
  const listed = await propfind(app.ada, contacts, 1, [D('getetag')]);
  assert.equal(textOf(listed.responses[1]!.found.get(D('getetag'))!), made.headers.get('etag'));
  assert.equal(listed.responses[1]!.href, path);
  assert.equal((await dav(app.ada, 'PUT', path, { body: text, headers: { 'If-None-Match': '*' } })).status, 412);
  const changed = vcard('u1', 'Zoé B');
  assert.equal((await dav(app.ada, 'PUT', path, { body: changed, headers: { 'If-Match': '"old"' } })).status, 412);
  const replaced = await dav(app.ada, 'PUT', path, {
    body: changed,
    headers: { 'If-Match': made.headers.get('etag')! },
  });
  assert.equal(replaced.status, 204);
  assert.notEqual(replaced.headers.get('etag'), made.headers.get('etag'));
  assert.equal((await dav(app.ada, 'DELETE', path, { headers: { 'If-Match': '"old"' } })).status, 412);
  assert.equal((await dav(app.ada, 'DELETE', path)).status, 204);
  assert.equal((await dav(app.ada, 'GET', path)).status, 404);
});

test('what is no card, or another card, is refused by its condition', async () => {
  await using app = await createTestApp();
  const contacts = (await booksOf(app.ada)).get('Contacts')!;
  const refusal = async (path: string, body: string) => {
    const reply = await dav(app.ada, 'PUT', path, { body });
    return [reply.status, reply.root ? namesOf(reply.root) : []];
  };
  const namesOf = (root: NonNullable<Awaited<ReturnType<typeof dav>>['root']>) =>
    root.children.flatMap((child) => (typeof child === 'string' ? [] : [child.name]));
  assert.deepEqual(await refusal(`${contacts}a.vcf`, 'hello'), [403, [C('valid-address-data')]]);
  assert.deepEqual(await refusal(`${contacts}a.vcf`, vcard('a', 'A') + vcard('b', 'B')), [
    403,
    [C('valid-address-data')],
  ]);
  assert.deepEqual(await refusal(`${contacts}a.vcf`, vcard('a', 'A').replace('3.0', '2.1')), [
    403,
    [C('supported-address-data')],
  ]);
  await dav(app.ada, 'PUT', `${contacts}a.vcf`, { body: vcard('a', 'A') });
  const conflict = await dav(app.ada, 'PUT', `${contacts}b.vcf`, { body: vcard('a', 'A') });
  assert.equal(conflict.status, 403);
  assert.match(conflict.text, new RegExp(`no-uid-conflict><D:href>${contacts}a.vcf<`));
  assert.equal(
    (await dav(app.ada, 'PUT', `/dav/addressbooks/${app.ada.id}/nowhere/a.vcf`, { body: vcard('c', 'C') })).status,
    409,
  );
});

test('a client that only touches a card makes no new version', async () => {
  await using app = await createTestApp();
  const contacts = (await booksOf(app.ada)).get('Contacts')!;
  const path = `${contacts}a.vcf`;
  const first = await dav(app.ada, 'PUT', path, { body: vcard('a', 'A', 'REV:2026-01-01T00:00:00Z') });
  const again = await dav(app.ada, 'PUT', path, { body: vcard('a', 'A', 'REV:2026-02-02T00:00:00Z') });
  assert.equal(again.status, 204);
  assert.equal(again.headers.get('etag'), null);
  assert.equal((await dav(app.ada, 'GET', path)).headers.get('etag'), first.headers.get('etag'));
});

test('an address book is made under the name that the client chose, and shows its properties', async () => {
  await using app = await createTestApp();
  const home = `/dav/addressbooks/${app.ada.id}/`;
  const made = await dav(app.ada, 'MKCOL', `${home}presse/`, {
    body: `<D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:set><D:prop>
      <D:resourcetype><D:collection/><C:addressbook/></D:resourcetype><D:displayname>Presse &amp; radio</D:displayname>
      <C:addressbook-description>Tous</C:addressbook-description><X:colour xmlns:X="urn:x">red</X:colour></D:prop></D:set></D:mkcol>`,
  });
  assert.equal(made.status, 201, made.text);
  const found = await propfind(app.ada, `${home}presse/`, 0, [
    D('displayname'),
    C('addressbook-description'),
    '{urn:x}colour',
  ]);
  assert.deepEqual([...found.responses[0]!.found.values()].map(textOf), ['Presse & radio', 'Tous', 'red']);
  assert.equal((await dav(app.ada, 'MKCOL', `${home}presse/`)).status, 405);
  assert.equal((await dav(app.ada, 'MKCOL', `${home}presse/in/`)).status, 403);
  assert.equal((await dav(app.ada, 'MKCOL', `/dav/addressbooks/${app.ben.id}/mine/`)).status, 403);
  const renamed = await dav(app.ada, 'MOVE', `${home}presse/`, { headers: { Destination: `${app.url}${home}radio/` } });
  assert.equal(renamed.status, 201);
  assert.equal((await propfind(app.ada, `${home}presse/`, 0)).status, 404);
  assert.equal((await propfind(app.ada, `${home}radio/`, 0)).status, 207);
});

test('of a PROPPATCH all is done or nothing', async () => {
  await using app = await createTestApp();
  const home = `/dav/addressbooks/${app.ada.id}/`;
  await dav(app.ada, 'MKCOL', `${home}presse/`);
  const patch = (inner: string) =>
    dav(app.ada, 'PROPPATCH', `${home}presse/`, {
      body: `<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>${inner}</D:prop></D:set></D:propertyupdate>`,
    });
  const refused = await patch('<D:displayname>Radio</D:displayname><D:getetag>x</D:getetag>');
  assert.equal(refused.status, 207);
  assert.deepEqual(
    [...refused.responses[0]!.refused],
    [
      [D('getetag'), 'HTTP/1.1 403 Forbidden'],
      [D('displayname'), 'HTTP/1.1 424 Failed Dependency'],
    ],
  );
  assert.ok((await booksOf(app.ada)).has('presse'));
  await patch('<D:displayname>Radio</D:displayname><x:y xmlns:x="urn:x" xml:lang="fr"><x:z a="1">é]]&gt;</x:z></x:y>');
  const found = await propfind(app.ada, `${home}presse/`, 0, [D('displayname'), '{urn:x}y']);
  assert.equal(textOf(found.responses[0]!.found.get(D('displayname'))!), 'Radio');
  const kept = found.responses[0]!.found.get('{urn:x}y')!;
  assert.equal(kept.language, 'fr');
  assert.deepEqual(kept.children, [
    {
      name: '{urn:x}z',
      attributes: Object.assign(Object.create(null), { a: '1' }),
      children: ['é]]>'],
      language: 'fr',
    },
  ]);
});

test('a card moves to another folder and is gone from the first; a copy inside the account is a conflict of uids', async () => {
  await using app = await createTestApp();
  const home = `/dav/addressbooks/${app.ada.id}/`;
  const contacts = (await booksOf(app.ada)).get('Contacts')!;
  await dav(app.ada, 'MKCOL', `${home}presse/`);
  await dav(app.ada, 'PUT', `${contacts}a.vcf`, { body: vcard('a', 'A') });
  const to = { Destination: `${app.url}${home}presse/a.vcf` };
  const copied = await dav(app.ada, 'COPY', `${contacts}a.vcf`, { headers: to });
  assert.equal(copied.status, 403);
  assert.match(copied.text, /no-uid-conflict/);
  assert.equal((await dav(app.ada, 'MOVE', `${contacts}a.vcf`, { headers: to })).status, 201);
  assert.equal((await dav(app.ada, 'GET', `${contacts}a.vcf`)).status, 404);
  assert.equal((await dav(app.ada, 'GET', `${home}presse/a.vcf`)).status, 200);
  assert.equal(
    (await dav(app.ada, 'MOVE', `${home}presse/a.vcf`, { headers: { Destination: 'https://elsewhere.example/x' } }))
      .status,
    502,
  );
  assert.ok(hrefIn((await propfind(app.ada, `${home}presse/`, 0, [D('add-member')])).responses[0], D('add-member')));
});

test('the address of a folder that was deleted is free again, and who takes the old one back finds it under another', async () => {
  await using app = await createTestApp();
  const home = `/dav/addressbooks/${app.ada.id}/`;
  const presse = `${home}presse/`;
  assert.equal((await dav(app.ada, 'MKCOL', presse)).status, 201);
  await dav(app.ada, 'PUT', `${presse}a.vcf`, { body: vcard('a', 'A') });
  assert.equal((await dav(app.ada, 'DELETE', presse)).status, 204);
  assert.equal((await dav(app.ada, 'MKCOL', presse)).status, 201);
  assert.equal((await dav(app.ada, 'GET', `${presse}a.vcf`)).status, 404);
  const trash = await app.ada.call('TrashItem/query');
  const { restored } = await app.ada.call('TrashItem/restore', { ids: trash['ids'] });
  assert.deepEqual(Object.keys(restored!), trash['ids']);
  const books = await propfind(app.ada, home, 1, [D('displayname')]);
  assert.equal(books.responses.length, 5);
  assert.equal((await dav(app.ada, 'GET', `${presse}a.vcf`)).status, 404);
});
