import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  C,
  conditionsOf,
  contactsOf,
  D,
  dav,
  homeOf,
  plainCard,
  propfind,
  put,
  said,
  sync,
  tokenOf,
} from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { folder, shareAccepted } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

async function transfer(
  person: Person,
  method: 'COPY' | 'MOVE',
  from: string,
  to: string,
  headers: Record<string, string> = {},
) {
  return dav(person, method, from, { headers: { Destination: to, ...headers } });
}

const statusOf = async (person: Person, path: string) => (await dav(person, 'GET', path)).status;

test('a deleted card is gone, and only once: C090, C091', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  await put(app.ada, path, plainCard('a'));
  assert.equal((await dav(app.ada, 'DELETE', path, { headers: { 'If-Match': '"old"' } })).status, 412);
  assert.equal(await statusOf(app.ada, path), 200);
  assert.equal((await dav(app.ada, 'DELETE', path)).status, 204);
  assert.equal((await dav(app.ada, 'DELETE', path)).status, 404);
});

test('a deleted folder takes its cards along; what people did not make cannot be deleted: C092, C093', async () => {
  await using app = await createTestApp();
  const book = `${homeOf(app.ada)}x/`;
  await dav(app.ada, 'MKCOL', book);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  assert.equal((await dav(app.ada, 'DELETE', book)).status, 204);
  assert.deepEqual([await statusOf(app.ada, book), await statusOf(app.ada, `${book}a.vcf`)], [404, 404]);
  for (const path of [homeOf(app.ada), `/dav/principals/${app.ada.id}/`, '/dav/', '/dav/addressbooks/'])
    assert.deepEqual(await refusalOf(path), [403, [D('need-privileges')]], path);

  async function refusalOf(path: string) {
    const reply = await dav(app.ada, 'DELETE', path);
    return [reply.status, conditionsOf(reply)];
  }
});

test('a folder with folders below it, which a device shows beside it, is not deleted from there', async () => {
  await using app = await createTestApp();
  const above = await folder(app.ada, 'Presse');
  const below = await folder(app.ada, 'Locale', { parentId: above });
  assert.equal((await dav(app.ada, 'DELETE', `${homeOf(app.ada)}${above}/`)).status, 403);
  assert.equal((await dav(app.ada, 'DELETE', `${homeOf(app.ada)}${below}/`)).status, 204);
  assert.equal((await dav(app.ada, 'DELETE', `${homeOf(app.ada)}${above}/`)).status, 204);
});

test('a card gets another name in its folder, or replaces another card if it may: C095, C096', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  await put(app.ada, `${book}c.vcf`, plainCard('c'));
  assert.equal((await transfer(app.ada, 'MOVE', `${book}a.vcf`, `${book}b.vcf`)).status, 201);
  assert.deepEqual([await statusOf(app.ada, `${book}a.vcf`), await statusOf(app.ada, `${book}b.vcf`)], [404, 200]);
  assert.equal((await transfer(app.ada, 'MOVE', `${book}b.vcf`, `${book}c.vcf`, { Overwrite: 'F' })).status, 412);
  assert.equal((await transfer(app.ada, 'MOVE', `${book}b.vcf`, `${book}c.vcf`)).status, 204);
  assert.equal((await dav(app.ada, 'GET', `${book}c.vcf`)).text, plainCard('a'));
});

test('a card that moves to another folder is gone from the one and new in the other: C097, C215', async () => {
  await using app = await createTestApp();
  const [from, to] = [await contactsOf(app.ada), `${homeOf(app.ada)}x/`];
  await dav(app.ada, 'MKCOL', to);
  await put(app.ada, `${from}a.vcf`, plainCard('a'));
  const tokens = [tokenOf(await sync(app.ada, from, '')), tokenOf(await sync(app.ada, to, ''))] as const;
  assert.equal((await transfer(app.ada, 'MOVE', `${from}a.vcf`, `${app.url}${to}a.vcf`)).status, 201);
  assert.deepEqual(said(await sync(app.ada, from, tokens[0])), { 'a.vcf': '404' });
  assert.deepEqual(said(await sync(app.ada, to, tokens[1])), { 'a.vcf': 'there' });
});

test('a copy has the uid of its original: inside an account that is a conflict, in another one it is a card: C098, C099', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const shared = await folder(app.ben, 'Commun');
  await shareAccepted(app.ben, shared, app.ada);
  await dav(app.ada, 'MKCOL', `${homeOf(app.ada)}x/`);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  for (const to of [`${book}b.vcf`, `${homeOf(app.ada)}x/a.vcf`])
    assert.deepEqual(conditionsOf(await transfer(app.ada, 'COPY', `${book}a.vcf`, to)), [C('no-uid-conflict')]);
  const copied = await transfer(app.ada, 'COPY', `${book}a.vcf`, `${homeOf(app.ada)}${shared}/a.vcf`);
  assert.equal(copied.status, 201, copied.text);
  assert.equal((await dav(app.ben, 'GET', `${homeOf(app.ben)}${shared}/a.vcf`)).text, plainCard('a'));
  assert.equal(await statusOf(app.ada, `${book}a.vcf`), 200);
});

test('a card does not move into an account that has its uid, and stays where it was', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const shared = await folder(app.ben, 'Commun');
  await shareAccepted(app.ben, shared, app.ada);
  const [theirs, his] = [`${homeOf(app.ada)}${shared}/`, `${homeOf(app.ben)}${shared}/`];
  await put(app.ada, `${book}a.vcf`, plainCard('a', 'NOTE:hers'));
  await put(app.ben, `${his}b.vcf`, plainCard('a', 'NOTE:his'));
  const tokens = [tokenOf(await sync(app.ada, book, '')), tokenOf(await sync(app.ada, theirs, ''))] as const;
  for (const Overwrite of ['T', 'F']) {
    const reply = await transfer(app.ada, 'MOVE', `${book}a.vcf`, `${theirs}a.vcf`, { Overwrite });
    assert.deepEqual([reply.status, conditionsOf(reply)], [403, [C('no-uid-conflict')]]);
  }
  assert.equal((await dav(app.ada, 'GET', `${book}a.vcf`)).text, plainCard('a', 'NOTE:hers'));
  assert.equal((await dav(app.ben, 'GET', `${his}b.vcf`)).text, plainCard('a', 'NOTE:his'));
  assert.equal(await statusOf(app.ada, `${theirs}a.vcf`), 404);
  assert.deepEqual(said(await sync(app.ada, book, tokens[0])), {});
  assert.deepEqual(said(await sync(app.ada, theirs, tokens[1])), {});
});

test('homes and roots stay where they are, and nothing goes onto itself, elsewhere or nowhere: C100, C101, C102', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  for (const method of ['COPY', 'MOVE'] as const) {
    assert.equal((await transfer(app.ada, method, '/dav/', `${book}b.vcf`)).status, 403);
    assert.equal((await transfer(app.ada, method, `${book}a.vcf`, homeOf(app.ada))).status, 403);
    assert.equal((await transfer(app.ada, method, `${book}a.vcf`, `${book}a.vcf`)).status, 403);
    assert.equal((await transfer(app.ada, method, `${book}a.vcf`, 'https://else.example/dav/')).status, 502);
    assert.equal((await dav(app.ada, method, `${book}a.vcf`)).status, 400);
    assert.equal((await transfer(app.ada, method, `${book}a.vcf`, `${homeOf(app.ada)}no/a.vcf`)).status, 409);
  }
  assert.equal(await statusOf(app.ada, `${book}a.vcf`), 200);
});

test('what is copied or moved where no collection is around it is a conflict, and stays where it was', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  await put(app.ada, `${book}c.vcf`, plainCard('c'));
  const nowhere = [`${book}no/a.vcf`, `${book}no/no/a.vcf`, `${book}c.vcf/a.vcf`, `${homeOf(app.ben)}x/`];
  for (const method of ['COPY', 'MOVE'] as const)
    for (const to of nowhere) assert.equal((await transfer(app.ada, method, `${book}a.vcf`, to)).status, 409, to);
  assert.equal(await statusOf(app.ada, `${book}a.vcf`), 200);

  const moved = `${homeOf(app.ada)}x/`;
  await dav(app.ada, 'MKCOL', moved);
  for (const to of [`${homeOf(app.ada)}no/y/`, `${book}no/y/`])
    assert.equal((await transfer(app.ada, 'MOVE', moved, to)).status, 409, to);
  const inside = await transfer(app.ada, 'MOVE', moved, `${book}y/`);
  assert.deepEqual([inside.status, conditionsOf(inside)], [403, [C('addressbook-collection-location-ok')]]);
  assert.equal((await propfind(app.ada, moved, 0)).status, 207);
});

test('a folder that gets another address keeps its cards: C103', async () => {
  await using app = await createTestApp();
  const [from, to] = [`${homeOf(app.ada)}x/`, `${homeOf(app.ada)}y/`];
  await dav(app.ada, 'MKCOL', from);
  await put(app.ada, `${from}a.vcf`, plainCard('a'));
  const token = tokenOf(await sync(app.ada, from, ''));
  assert.equal((await transfer(app.ada, 'MOVE', from, to)).status, 201);
  assert.equal(await statusOf(app.ada, `${to}a.vcf`), 200);
  assert.equal((await sync(app.ada, from, token)).status, 404);
  assert.equal((await propfind(app.ada, from, 0)).status, 404);
});

test('nothing moves to a name that is too long to be put, and the folder can still be followed in parts', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  await put(app.ada, `${book}b.vcf`, plainCard('b'));
  const long = 'l'.repeat(2000);
  assert.equal((await transfer(app.ada, 'MOVE', `${book}a.vcf`, `${book}${long}.vcf`)).status, 403);
  await dav(app.ada, 'MKCOL', `${homeOf(app.ada)}x/`);
  assert.equal((await transfer(app.ada, 'MOVE', `${homeOf(app.ada)}x/`, `${homeOf(app.ada)}${long}/`)).status, 403);
  const part = await sync(app.ada, book, '', { limit: 1 });
  assert.deepEqual(said(await sync(app.ada, book, tokenOf(part), { limit: 1 })), { 'b.vcf': 'there' });
});
