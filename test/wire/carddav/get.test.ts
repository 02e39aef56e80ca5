import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { folder, share } from '../../kit/calls.ts';
import { C, conditionsOf, contactsOf, D, dav, homeOf, plainCard, propfind, put } from '../../kit/dav.ts';
import { basicHeader } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const modern = ['BEGIN:VCARD', 'VERSION:4.0', 'UID:m', 'FN:Mo', 'TEL;VALUE=uri;PREF=1:tel:+33', 'END:VCARD', ''].join(
  '\r\n',
);

test('a card has its type, tag, date and headers that keep it from being run: C030, C031', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}%C3%A9%22b.vcf`, plainCard('a'));
  const reply = await dav(app.ada, 'GET', `${book}%C3%A9%22b.vcf`);
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('content-type'), 'text/vcard; charset=utf-8');
  const listed = (await propfind(app.ada, `${book}%C3%A9%22b.vcf`, 0, [D('getetag')])).responses[0]!;
  assert.equal(reply.headers.get('etag'), textOf(listed.found.get(D('getetag'))!));
  assert.ok(!Number.isNaN(Date.parse(reply.headers.get('last-modified')!)));
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  assert.match(reply.headers.get('content-security-policy')!, /default-src 'none'/u);
  assert.match(
    reply.headers.get('content-disposition')!,
    /^attachment; filename="e_b\.vcf"; filename\*=UTF-8''%C3%A9%22b\.vcf$/u,
  );
});

test('HEAD is GET without the body: C032', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const [head, got] = [await dav(app.ada, 'HEAD', `${book}a.vcf`), await dav(app.ada, 'GET', `${book}a.vcf`)];
  for (const name of ['etag', 'content-type', 'content-length', 'last-modified'])
    assert.equal(head.headers.get(name), got.headers.get(name), name);
  assert.equal(head.text, '');
});

test('a client that has the card is told so: C033', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const tag = (await put(app.ada, `${book}a.vcf`, plainCard('a'))).headers.get('etag')!;
  const ask = async (value: string) =>
    (await dav(app.ada, 'GET', `${book}a.vcf`, { headers: { 'If-None-Match': value } })).status;
  assert.deepEqual([await ask(tag), await ask(`"x", ${tag}`), await ask('*'), await ask('"x"')], [304, 304, 304, 200]);
});

test('a card comes in the version that the client would rather have, under a tag of its own: C034', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}old.vcf`, plainCard('a', 'TEL;TYPE=cell,pref:1'));
  await put(app.ada, `${book}new.vcf`, modern);
  const get = (name: string, accept: string) => dav(app.ada, 'GET', book + name, { headers: { Accept: accept } });
  const up = await get('old.vcf', 'text/vcard; version=4.0');
  assert.match(up.text, /VERSION:4\.0\r\n[^]*TEL;[^\r\n]*PREF=1/u);
  assert.match(up.headers.get('content-type')!, /version=4\.0/u);
  const down = await get('new.vcf', 'text/vcard;version=3.0;q=0.9, text/vcard;version=4.0;q=0.1');
  assert.match(down.text, /VERSION:3\.0\r\n[^]*TEL;TYPE=[^\r\n]*pref[^\r\n]*:\+33/iu);
  const plain = await get('new.vcf', 'text/vcard');
  assert.equal(plain.text, modern);
  assert.notEqual(down.headers.get('etag'), plain.headers.get('etag'));
  const edit = plain.text.replace('FN:Mo', 'FN:Moe');
  await put(app.ada, `${book}new.vcf`, edit, { 'If-Match': down.headers.get('etag')! });
  const none = await get('new.vcf', 'application/pdf');
  assert.deepEqual([none.status, conditionsOf(none)], [406, [C('supported-address-data-conversion')]]);
  assert.equal((await get('new.vcf', 'text/html, */*;q=0.1')).text, edit);
});

test('a folder comes as one file of all its cards: C036', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  await put(app.ada, `${book}b.vcf`, plainCard('b'));
  const reply = await dav(app.ada, 'GET', book);
  assert.equal(reply.status, 200);
  assert.equal(reply.text, plainCard('a') + plainCard('b'));
  assert.equal((await dav(app.ada, 'GET', homeOf(app.ada))).status, 405);
});

test('what is not there is not found: C037', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  for (const path of [`${book}no.vcf`, `${homeOf(app.ada)}no/`, '/dav/addressbooks/nobody/', `${book}a.vcf/b`])
    for (const method of ['GET', 'PROPFIND']) assert.equal((await dav(app.ada, method, path)).status, 404, path);
});

test('a part of a card is given to whoever still has that card: C038, C039', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const text = plainCard('a');
  const tag = (await put(app.ada, `${book}a.vcf`, text)).headers.get('etag')!;
  const get = async (headers: Record<string, string>, method = 'GET') => {
    const reply = await dav(app.ada, method, `${book}a.vcf`, { headers });
    return [reply.status, reply.text, reply.headers.get('content-range')] as const;
  };
  const size = Buffer.byteLength(text);
  assert.deepEqual(await get({ Range: 'bytes=0-4' }), [206, 'BEGIN', `bytes 0-4/${size}`]);
  assert.deepEqual(await get({ Range: 'bytes=-3' }), [206, text.slice(-3), `bytes ${size - 3}-${size - 1}/${size}`]);
  assert.deepEqual(await get({ Range: `bytes=${size}-` }), [416, '', `bytes */${size}`]);
  for (const range of ['bytes=0-1,3-4', 'bytes=x', 'lines=1-2', 'bytes=4-1'])
    assert.deepEqual(await get({ Range: range }), [200, text, null], range);
  assert.equal((await get({ Range: 'bytes=0-4' }, 'HEAD'))[0], 200);
  assert.equal((await get({ Range: 'bytes=0-4', 'If-Range': tag }))[0], 206);
  for (const condition of ['"other"', `W/${tag}`, new Date().toUTCString()])
    assert.equal((await get({ Range: 'bytes=0-4', 'If-Range': condition }))[0], 200, condition);
});

test('names of all kinds come back as they were: C040', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const names = ['a b', 'é', 'a%b', 'a@b:c', "a'(b)!*", '日本', 'a&b;c=d,e+f$', 'a#b?c', '..x', '%2F'];
  for (const [index, name] of names.entries())
    await put(app.ada, `${book}${encodeURIComponent(name)}.vcf`, plainCard(`u${index}`));
  const listed = (await propfind(app.ada, book, 1, [D('getetag')])).responses.slice(1).map(({ href }) => href);
  assert.equal(listed.length, names.length);
  for (const href of listed) assert.equal((await dav(app.ada, 'GET', href)).status, 200, href);
  assert.deepEqual(
    listed.map((href) => decodeURIComponent(href.split('/').at(-1)!)).toSorted(),
    names.map((name) => `${name}.vcf`).toSorted(),
  );
});

test('a card comes back octet by octet, compressed or not, under one strong tag: C041', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const text = plainCard('a', `NOTE:${'Zoé '.repeat(500)}`, 'X-ODD;Y="a,b":\\,\\;c').replaceAll('\r\n', '\n');
  const tag = (await put(app.ada, `${book}a.vcf`, text)).headers.get('etag');
  const got = await dav(app.ada, 'GET', `${book}a.vcf`, { headers: { 'Accept-Encoding': 'gzip, br' } });
  assert.deepEqual([got.text, got.headers.get('etag'), got.headers.get('content-encoding')], [text, tag, null]);
});

test('an address with a fragment is no address: nothing is deleted: C094', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await dav(app.ada, 'MKCOL', `${homeOf(app.ada)}x/`);
  const { hostname, port } = new URL(app.url);
  const status = await new Promise((resolve, reject) => {
    const headers = { Authorization: basicHeader(app.ada.email, app.ada.password) };
    const sent = request({ hostname, port, method: 'DELETE', path: `${homeOf(app.ada)}x/#frag`, headers });
    sent.once('response', (reply) => resolve(reply.statusCode)).once('error', reject);
    sent.end();
  });
  assert.equal(status, 400);
  assert.equal((await propfind(app.ada, `${homeOf(app.ada)}x/`, 0)).status, 207);
  assert.equal((await propfind(app.ada, book, 0)).status, 207);
});

test('a notification that a program has already is not sent again', async () => {
  await using app = await createTestApp();
  await share(app.ada, await folder(app.ada, 'Presse'), app.ben, 'viewer');
  const { responses } = await propfind(app.ben, `/dav/notifications/${app.ben.id}/`, 1, [D('getetag')]);
  const { href, found } = responses.at(-1)!;
  const etag = textOf(found.get(D('getetag'))!);
  const ask = async (tag: string, accept = '*/*') =>
    (await dav(app.ben, 'GET', href, { headers: { 'If-None-Match': tag, Accept: accept } })).status;
  assert.deepEqual([await ask(etag), await ask('"other"')], [304, 200]);
  assert.equal(await ask(etag, 'application/davnotification+xml'), 200);
});
