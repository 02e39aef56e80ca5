import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { childOf, textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, contactsOf, D, dav, propfind, said, sync, tokenOf } from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import { createClient } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const vcard = (uid: string, version = '3.0') =>
  `BEGIN:VCARD\r\nVERSION:${version}\r\nUID:${uid}\r\nFN:${uid}\r\nN:${uid};;;;\r\nEND:VCARD\r\n`;

test('a copy follows what is made, changed, removed and made again: C201, C202, C203, C204, C205', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const put = (name: string, uid = name) => dav(app.ada, 'PUT', `${book}${name}.vcf`, { body: vcard(uid) });
  await put('a');
  await put('b');
  const first = await sync(app.ada, book, '');
  assert.deepEqual(said(first), { 'a.vcf': 'there', 'b.vcf': 'there' });
  const property = await propfind(app.ada, book, 0, [D('sync-token')]);
  assert.equal(textOf(property.responses[0]!.found.get(D('sync-token'))!), tokenOf(first));
  const nothing = await sync(app.ada, book, tokenOf(first));
  assert.deepEqual([said(nothing), tokenOf(nothing)], [{}, tokenOf(first)]);
  await put('c');
  await put('c', 'c');
  await dav(app.ada, 'DELETE', `${book}a.vcf`);
  await put('d');
  await dav(app.ada, 'DELETE', `${book}d.vcf`);
  await dav(app.ada, 'DELETE', `${book}b.vcf`);
  await put('b', 'b2');
  const second = await sync(app.ada, book, tokenOf(first));
  assert.deepEqual(said(second), { 'c.vcf': 'there', 'a.vcf': '404', 'd.vcf': '404', 'b.vcf': 'there' });
});

test('a limit cuts, and the tokens lead through the rest without a repetition: C208', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  for (const name of 'abcde') await dav(app.ada, 'PUT', `${book}${name}.vcf`, { body: vcard(name) });
  const start = tokenOf(await sync(app.ada, book, ''));
  for (const name of 'vwxyz') await dav(app.ada, 'PUT', `${book}${name}.vcf`, { body: vcard(name) });
  for (const [token, expected] of [
    ['', 'abcdevwxyz'],
    [start, 'vwxyz'],
  ] as const) {
    const names: string[] = [];
    let cut = true;
    for (let at: string = token; cut;) {
      const reply = await sync(app.ada, book, at, { limit: 2 });
      const { [book.split('/').at(-2)!]: status, ...cards } = said(reply);
      cut = status === '507';
      names.push(...Object.keys(cards).map((name) => name[0]!));
      at = tokenOf(reply);
    }
    assert.equal(names.join(''), expected);
  }
});

test('however often something happened to a few cards, each is told once, those that changed last at the end', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const put = (name: string, text = '') =>
    dav(app.ada, 'PUT', `${book}${name}.vcf`, { body: vcard(name).replace('END', `NOTE:${text}\r\nEND`) });
  for (const name of 'abc') await put(name);
  const start = tokenOf(await sync(app.ada, book, ''));
  const first = { 'b.vcf': 'there', 'a.vcf': '404', 'd.vcf': 'there' };
  for (let edition = 0; edition < 3; edition++) for (const name of 'ab') await put(name, `some ${edition}`);
  await dav(app.ada, 'DELETE', `${book}a.vcf`);
  await put('d');
  const few = said(await sync(app.ada, book, start));
  assert.deepEqual([few, Object.keys(few).length], [first, 3]);
  for (let edition = 0; edition < 60; edition++) for (const name of 'bd') await put(name, `many ${edition}`);
  const many = await sync(app.ada, book, start);
  assert.deepEqual(said(many), first);
  assert.deepEqual(said(await sync(app.ada, book, tokenOf(many))), {});
  const { [book.split('/').at(-2)!]: status, ...part } = said(await sync(app.ada, book, start, { limit: 1 }));
  assert.deepEqual([status, part], ['507', { 'a.vcf': '404' }]);
});

test('a token that was never given out is refused, and Thunderbird can start afresh: C206, C207', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const token = tokenOf(await sync(app.ada, book, ''));
  for (const wrong of ['x', `${token}9999`, token.replace(/:f\w+/, ':f1')]) {
    const reply = await sync(app.ada, book, wrong);
    assert.equal(reply.status, 403);
    assert.ok(childOf(reply.root!, D('valid-sync-token')));
    const headers = { 'User-Agent': 'Mozilla/5.0 Gecko/20100101 Thunderbird/153.0' };
    assert.equal((await sync(app.ada, book, wrong, { headers })).status, 400);
  }
});

test('cards come by name, as the client spells them, in the version that it asks for: C190, C192, C179', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await dav(app.ada, 'PUT', `${book}a%20b.vcf`, { body: vcard('a', '4.0') });
  const multiget = (version: string, ...hrefs: string[]) =>
    dav(app.ada, 'REPORT', book, {
      body: `<C:addressbook-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/><C:address-data content-type="text/vcard"${version}/></D:prop>${hrefs
        .map((href) => `<D:href>${href}</D:href>`)
        .join('')}</C:addressbook-multiget>`,
    });
  const spelled = `${book}%61%20b.vcf`;
  const reply = await multiget('', spelled, `${book}none.vcf`, `/dav/addressbooks/${app.ben.id}/x/a.vcf`);
  assert.deepEqual(
    reply.responses.map(({ href, status }) => [href, status]).toSorted(),
    [
      [spelled, null],
      [`${book}none.vcf`, 'HTTP/1.1 404 Not Found'],
      [`/dav/addressbooks/${app.ben.id}/x/a.vcf`, 'HTTP/1.1 404 Not Found'],
    ].toSorted(),
  );
  const content = (from: DavReply) =>
    textOf(from.responses.find(({ href }) => href === spelled)!.found.get(C('address-data'))!);
  assert.match(content(reply), /^VERSION:3\.0\r$/m);
  assert.equal(content(await multiget(' version="4.0"', spelled)), vcard('a', '4.0'));
  const refused = await multiget(' version="5.0"', spelled);
  assert.equal(refused.status, 403);
  assert.match(refused.text, /supported-address-data/);
});

test('what a colleague does over JMAP is in the next sync of the one who shares the folder: C217, C243', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const before = tokenOf(await sync(app.ada, book, ''));
  const bookId = book.split('/').at(-2)!;
  const made = await app.ada.call('ContactCard/set', {
    create: { k: { addressBookIds: { [bookId]: true }, name: { full: 'Zoé' } } },
  });
  const after = await sync(app.ada, book, before);
  assert.equal(after.responses.length, 1);
  await app.ada.call('ContactCard/set', { destroy: [String(made['created']!['k']!['id'])] });
  assert.deepEqual(Object.values(said(await sync(app.ada, book, tokenOf(after)))), ['404']);
});

test('a token holds after the server has been started anew: C216', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  try {
    const before = await createTestApp({ folder });
    const book = await contactsOf(before.ada);
    const token = tokenOf(await sync(before.ada, book, ''));
    await before.close();
    await using after = await createTestApp({ folder, empty: true });
    const ada = createClient(after.url, before.ada);
    await dav(ada, 'PUT', `${book}a.vcf`, { body: vcard('a') });
    assert.deepEqual(said(await sync(ada, book, token)), { 'a.vcf': 'there' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
