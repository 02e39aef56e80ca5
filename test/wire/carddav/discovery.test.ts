import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, CS, D, dav, hrefIn, namesIn, propfind } from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';

test('a client finds its address books from the bare host: C001, C003, C004, C007, C008', async () => {
  await using app = await createTestApp();
  for (const method of ['GET', 'PROPFIND', 'OPTIONS', 'REPORT']) {
    const known = await dav(app.ada, method, '/.well-known/carddav');
    assert.equal(known.status, 308);
    assert.equal(known.headers.get('location'), '/dav/');
  }
  const root = await propfind(app.ada, '/dav/', 0, [D('current-user-principal')]);
  const principal = hrefIn(root.responses[0], D('current-user-principal'))!;
  const home = hrefIn(
    (await propfind(app.ada, principal, 0, [C('addressbook-home-set')])).responses[0],
    C('addressbook-home-set'),
  )!;
  assert.match(home, /\/$/);
  const listed = await propfind(app.ada, home, 1, [D('resourcetype'), D('displayname'), CS('getctag')]);
  const books = listed.responses.filter((response) => namesIn(response, D('resourcetype')).includes(C('addressbook')));
  assert.deepEqual(
    books.map((book) => textOf(book.found.get(D('displayname'))!)),
    ['Contacts', 'Personnes contactées par mail'],
  );
  for (const book of books) assert.ok(book.found.has(CS('getctag')));
});

test('two people have two principals, and neither sees the home of the other: C005, C231', async () => {
  await using app = await createTestApp();
  const principalOf = async (person: typeof app.ada) =>
    hrefIn(
      (await propfind(person, '/dav/', 0, [D('current-user-principal')])).responses[0],
      D('current-user-principal'),
    );
  assert.notEqual(await principalOf(app.ada), await principalOf(app.ben));
  assert.equal((await propfind(app.ben, `/dav/addressbooks/${app.ada.id}/`, 1)).status, 404);
  const homes = await propfind(app.ben, '/dav/addressbooks/', 1);
  assert.deepEqual(
    homes.responses.map(({ href }) => href),
    ['/dav/addressbooks/', `/dav/addressbooks/${app.ben.id}/`],
  );
});

test('nobody in particular is asked for a name and a password, whatever they ask: C006', async () => {
  await using app = await createTestApp();
  for (const method of ['PROPFIND', 'REPORT', 'GET', 'PUT', 'DELETE']) {
    const reply = await fetch(`${app.url}/dav/`, { method });
    assert.equal(reply.status, 401);
    assert.match(reply.headers.get('www-authenticate') ?? '', /^Basic realm="Coterie"/);
  }
});
