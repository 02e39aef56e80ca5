import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { C, conditionsOf, contactsOf, D, dav, document, homeOf, plainCard, propfind, put } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';

const lines = (...all: string[]) => ['BEGIN:VCARD', ...all, 'END:VCARD', ''].join('\r\n');
const get = async (person: Person, path: string) => (await dav(person, 'GET', path)).text;

test('a new card is 201, a changed one 204, each with a strong tag: C050, C051', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const made = await dav(app.ada, 'PUT', path, { body: plainCard('a') });
  const changed = await dav(app.ada, 'PUT', path, { body: plainCard('a', 'NOTE:x') });
  assert.deepEqual([made.status, changed.status], [201, 204]);
  for (const reply of [made, changed]) assert.match(reply.headers.get('etag')!, /^"[^"]+"$/u);
});

test('a card is made or changed only where the client’s idea of it holds: C052, C053', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const tag = (await put(app.ada, `${book}a.vcf`, plainCard('a'))).headers.get('etag')!;
  const tryPut = async (name: string, headers: Record<string, string>, ...more: string[]) =>
    (await dav(app.ada, 'PUT', book + name, { body: plainCard(name[0]!, ...more), headers })).status;
  assert.equal(await tryPut('a.vcf', { 'If-None-Match': '*' }, 'NOTE:1'), 412);
  assert.equal(await tryPut('a.vcf', { 'If-Match': '"stale"' }, 'NOTE:1'), 412);
  assert.equal(await get(app.ada, `${book}a.vcf`), plainCard('a'));
  assert.equal(await tryPut('none.vcf', { 'If-Match': tag }), 412);
  assert.equal(await tryPut('none.vcf', { 'If-Match': '*' }), 412);
  assert.equal(await tryPut('a.vcf', { 'If-Match': tag }, 'NOTE:1'), 204);
});

test('a weak tag is no condition for a change, but tells what one has', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const tag = (await put(app.ada, path, plainCard('a'))).headers.get('etag')!;
  const statusWith = async (method: string, headers: Record<string, string>) =>
    (await dav(app.ada, method, path, method === 'PUT' ? { body: plainCard('a', 'NOTE:1'), headers } : { headers }))
      .status;
  assert.equal(await statusWith('PUT', { 'If-Match': `W/${tag}` }), 412);
  assert.equal(await statusWith('DELETE', { 'If-Match': `"x", W/${tag}` }), 412);
  assert.equal(await statusWith('GET', { 'If-Match': `W/${tag}` }), 412);
  assert.equal(await get(app.ada, path), plainCard('a'));
  assert.equal(await statusWith('GET', { 'If-None-Match': `W/${tag}` }), 304);
  assert.equal(await statusWith('PUT', { 'If-None-Match': `W/${tag}` }), 412);
  assert.equal(await statusWith('PUT', { 'If-Match': `W/"x", ${tag}` }), 204);
});

test('who lost the answer to a change and sends it once more is told that it is done, and by which tag it is known', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const tag = (await put(app.ada, path, plainCard('a'))).headers.get('etag')!;
  const change = () => dav(app.ada, 'PUT', path, { body: plainCard('a', 'NOTE:1'), headers: { 'If-Match': tag } });
  const [first, again] = [await change(), await change()];
  assert.deepEqual([again.status, again.headers.get('etag')], [204, first.headers.get('etag')]);
  await put(app.ada, path, plainCard('a', 'NOTE:2'));
  assert.equal((await change()).status, 412);
});

test('who would rather see it is shown the card that is there: C054', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const headers = { Prefer: 'return=representation' };
  const made = await dav(app.ada, 'PUT', path, { body: plainCard('a'), headers });
  assert.deepEqual([made.status, made.text], [201, plainCard('a')]);
  const unmet = await dav(app.ada, 'PUT', path, {
    body: plainCard('a', 'NOTE:x'),
    headers: { ...headers, 'If-Match': '"x"' },
  });
  assert.deepEqual([unmet.status, unmet.text], [412, plainCard('a')]);
  assert.equal(unmet.headers.get('etag'), made.headers.get('etag'));
  assert.equal(unmet.headers.get('preference-applied'), 'return=representation');
});

test('the same octets again are the same card: C055', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const first = await put(app.ada, path, plainCard('a'));
  const again = await put(app.ada, path, plainCard('a'));
  assert.equal(again.headers.get('etag'), first.headers.get('etag'));
  const listed = (await propfind(app.ada, path, 0, [D('getetag')])).responses[0]!;
  assert.equal(textOf(listed.found.get(D('getetag'))!), first.headers.get('etag'));
});

test('what is no card of 3.0 or 4.0 is refused by its condition, and the old card stays: C056, C057, C058, C059, C060, C061', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const valid = C('valid-address-data');
  const wrong: readonly (readonly [body: string | Uint8Array<ArrayBuffer>, condition: string])[] = [
    ['hello', valid],
    ['', valid],
    ['<?xml version="1.0"?><a/>', valid],
    [lines('VERSION:2.0').replaceAll('VCARD', 'VCALENDAR'), valid],
    [plainCard('a').replace('3.0', '2.1'), C('supported-address-data')],
    [plainCard('a') + plainCard('b'), valid],
    ['BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:A\r\nN:A;;;;\r\n', valid],
    [lines('VERSION:3.0', 'UID:a', 'FN:A', 'N:A;;;;', 'no colon here'), valid],
    [new Uint8Array(Buffer.from(plainCard('a', 'NOTE:é'), 'latin1')), valid],
    [new Uint8Array(Buffer.from(`\ufeff${plainCard('a')}`, 'utf16le')), valid],
  ];
  for (const [body, condition] of wrong) {
    const reply = await dav(app.ada, 'PUT', `${book}a.vcf`, { body });
    assert.deepEqual([reply.status, conditionsOf(reply)], [403, [condition]], Buffer.from(body).toString());
  }
  assert.equal(await get(app.ada, `${book}a.vcf`), plainCard('a'));
});

test('a card in JSON is refused as no vCard, under whichever type it comes, and an old card stays: C075', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const body = JSON.stringify([
    'vcard',
    [
      ['version', {}, 'text', '4.0'],
      ['uid', {}, 'text', 'a'],
      ['fn', {}, 'text', 'A'],
    ],
  ]);
  for (const type of ['application/vcard+json', 'application/vcard+json; version=4.0', 'text/vcard'])
    for (const name of ['a.vcf', 'new.vcf']) {
      const reply = await dav(app.ada, 'PUT', book + name, { body, headers: { 'Content-Type': type } });
      assert.deepEqual([reply.status, conditionsOf(reply)], [403, [C('valid-address-data')]], `${type} ${name}`);
    }
  assert.equal(await get(app.ada, `${book}a.vcf`), plainCard('a'));
  assert.equal((await dav(app.ada, 'GET', `${book}new.vcf`)).status, 404);
});

test('control characters are left out, and no tag is told for what was not sent: C062', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const reply = await put(app.ada, path, plainCard('a', 'NOTE:a\u0007b\u0000c\uffff'));
  assert.equal(reply.headers.get('etag'), null);
  assert.equal(await get(app.ada, path), plainCard('a', 'NOTE:abc'));
});

test('what programs leave out is made whole without a tag: C063, C064, C065', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const repaired = async (name: string, ...all: string[]) => {
    const reply = await dav(app.ada, 'PUT', book + name, { body: lines(...all) });
    assert.deepEqual([reply.status, reply.headers.get('etag')], [201, null], reply.text);
    return get(app.ada, book + name);
  };
  assert.match(await repaired('1.vcf', 'VERSION:3.0', 'FN:A', 'N:A;;;;'), /\r\nUID:urn:uuid:[-0-9a-f]{36}\r\n/u);
  assert.match(
    await repaired('2.vcf', 'VERSION:3.0', 'UID:', 'FN:A', 'N:A;;;;'),
    /\r\nUID:urn:uuid:[-0-9a-f]{36}\r\n/u,
  );
  assert.match(await repaired('3.vcf', 'VERSION:3.0', 'UID:3', 'FN:Ann'), /^BEGIN:VCARD\r\nVERSION:3\.0\r\nN[;:]/u);
  assert.match(await repaired('4.vcf', 'VERSION:3.0', 'UID:4', 'N:Doe;Ann;;;'), /\r\nFN[^:\r\n]*:Ann Doe\r\n/u);
  assert.match(
    await repaired('5.vcf', 'VERSION:4.0', 'UID:5', 'EMAIL:a@demo.example'),
    /^BEGIN:VCARD\r\nVERSION:4\.0\r\nFN[;:]/u,
  );
  const nameless = await dav(app.ada, 'PUT', `${book}6.vcf`, { body: lines('VERSION:3.0', 'UID:6') });
  assert.deepEqual([nameless.status, conditionsOf(nameless)], [403, [C('valid-address-data')]]);
  const whole = await dav(app.ada, 'PUT', `${book}7.vcf`, { body: lines('VERSION:4.0', 'UID:7', 'FN:Ann') });
  assert.ok(whole.headers.get('etag'));
});

test('small faults are taken as they are, unless the client would rather hear of them: C066', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const body = lines('VERSION:3.0', 'UID:a', 'FN:A', 'N:A;B');
  const strict = { Prefer: 'handling=strict' };
  const refused = await dav(app.ada, 'PUT', `${book}a.vcf`, { body, headers: strict });
  assert.deepEqual(conditionsOf(refused), [C('valid-address-data')]);
  assert.ok((await put(app.ada, `${book}a.vcf`, body)).headers.get('etag'));
  assert.equal((await put(app.ada, `${book}b.vcf`, plainCard('b'), strict)).status, 201);
});

test('a uid is of one card: elsewhere it is a conflict with the one that has it: C067, C068, C069', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await dav(app.ada, 'MKCOL', `${homeOf(app.ada)}x/`);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  for (const path of [`${book}b.vcf`, `${homeOf(app.ada)}x/a.vcf`]) {
    const reply = await dav(app.ada, 'PUT', path, { body: plainCard('a') });
    assert.deepEqual([reply.status, conditionsOf(reply)], [403, [C('no-uid-conflict')]]);
    assert.match(reply.text, new RegExp(`<D:href>${book}a.vcf</D:href>`, 'u'));
  }
  for (const uid of ['other', 'urn:uuid:a']) {
    const reply = await dav(app.ada, 'PUT', `${book}a.vcf`, { body: plainCard(uid) });
    assert.deepEqual(conditionsOf(reply), [C('no-uid-conflict')]);
  }
});

test('what is too large is refused, and nothing is kept of it: C070', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARD_SIZE: '10000' } });
  const book = await contactsOf(app.ada);
  const reply = await dav(app.ada, 'PUT', `${book}a.vcf`, { body: plainCard('a', `NOTE:${'x'.repeat(20_000)}`) });
  assert.deepEqual([reply.status, conditionsOf(reply)], [403, [C('max-resource-size')]]);
  assert.equal((await dav(app.ada, 'GET', `${book}a.vcf`)).status, 404);
});

test('cards are put into folders and nowhere else: C071, C072', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const tryPut = async (path: string) => (await dav(app.ada, 'PUT', path, { body: plainCard('b') })).status;
  for (const path of [homeOf(app.ada), book, '/dav/', `/dav/principals/${app.ada.id}/`])
    assert.equal(await tryPut(path), 403, path);
  assert.equal(await tryPut(`${book}a.vcf/b.vcf`), 409);
  assert.equal(await tryPut(`${homeOf(app.ada)}none/b.vcf`), 409);
});

test('what a card is called on the way does not matter: C073, C074', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const types = [
    'text/vcard',
    'text/vcard; version=4.0',
    'text/vcard ;  version = "3.0" ; charset="utf-8"',
    'text/x-vcard',
    'text/directory; profile=vcard',
    'application/xml',
    'application/octet-stream',
    '',
  ];
  for (const [index, type] of types.entries()) {
    const reply = await app.ada.basic(`${book}${index}.vcf`, {
      method: 'PUT',
      headers: { 'Content-Type': type },
      body: plainCard(`u${index}`),
    });
    assert.equal(reply.status, 201, type);
    assert.ok(reply.headers.get('etag'), type);
  }
});

test('a full account takes no more cards: C082', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARDS_PER_ACCOUNT: '100' } });
  const book = await contactsOf(app.ada);
  const bookId = book.split('/').at(-2)!;
  const card = { addressBookIds: { [bookId]: true } };
  await app.ada.call('ContactCard/set', {
    create: Object.fromEntries([...Array(100).keys()].map((key) => [`k${key}`, card])),
  });
  const reply = await dav(app.ada, 'PUT', `${book}a.vcf`, { body: plainCard('a') });
  assert.deepEqual([reply.status, conditionsOf(reply)], [507, [D('quota-not-exceeded')]]);
});

test('what is compressed on the way is said not to be understood, rather than to be no card', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const send = (method: string, path: string, text: string, coding: string) =>
    dav(app.ada, method, path, {
      body: coding === 'gzip' ? new Uint8Array(gzipSync(text)) : text,
      headers: { 'Content-Encoding': coding, Depth: '0' },
    });
  for (const [method, path, text] of [
    ['PUT', `${book}a.vcf`, plainCard('a')],
    ['POST', book, plainCard('b')],
    ['PROPFIND', book, document('D:propfind', '<D:allprop/>')],
  ] as const) {
    const refused = await send(method, path, text, 'gzip');
    assert.deepEqual([refused.status, refused.headers.get('accept-encoding')], [415, 'identity'], method);
    assert.ok((await send(method, path, text, 'identity')).status < 300, method);
  }
});

test('a card that has changed since is not overwritten by a program that has dates instead of tags', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  await put(app.ada, path, plainCard('a'));
  const modified = (await dav(app.ada, 'GET', path)).headers.get('last-modified')!;
  const before = new Date(Date.parse(modified) - 1000).toUTCString();
  const change = (since: string, headers: Record<string, string> = {}) =>
    dav(app.ada, 'PUT', path, {
      body: plainCard('a', `NOTE:${since}`),
      headers: { 'If-Unmodified-Since': since, ...headers },
    });
  assert.equal((await change(before)).status, 412);
  assert.equal((await dav(app.ada, 'DELETE', path, { headers: { 'If-Unmodified-Since': before } })).status, 412);
  assert.equal(await get(app.ada, path), plainCard('a'));
  // RFC 9110 §13.1.4: what is no date says nothing, and a tag says more than any date.
  assert.equal((await change('last year')).status, 204);
  assert.equal((await change(before, { 'If-Match': '*' })).status, 204);
  assert.equal((await change((await dav(app.ada, 'GET', path)).headers.get('last-modified')!)).status, 204);
});

test('a character that a fold has cut in two is whole again, and no tag is told', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const whole = Buffer.from(plainCard('a', 'NOTE:Élodie'));
  const at = whole.indexOf('É') + 1;
  const body = new Uint8Array(Buffer.concat([whole.subarray(0, at), Buffer.from('\r\n '), whole.subarray(at)]));
  const strict = { Prefer: 'handling=strict' };
  assert.equal((await dav(app.ada, 'PUT', path, { body, headers: strict })).status, 403);
  const made = await dav(app.ada, 'PUT', path, { body });
  assert.deepEqual([made.status, made.headers.get('etag')], [201, null]);
  assert.equal(await get(app.ada, path), whole.toString());
});
