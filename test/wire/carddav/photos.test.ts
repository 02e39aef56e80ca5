import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, contactsOf, D, dav, plainCard, propfind, put, report, sync } from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { noisyPicture, pictureSize, pixelBomb } from '../../kit/picture.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const iphone = { 'User-Agent': 'iOS/17.1 (21B74) dataaccessd/1.0' };
const mac = { 'User-Agent': 'macOS/14.0 (23A344) AddressBookCore/2604.200.51' };
const android = { 'User-Agent': 'DAVx5/4.4.7-ose (dav4jvm; okhttp/4.12.0) Android/14' };
const thunderbird = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0' };

const unfold = (text: string) => text.replaceAll(/\r?\n[ \t]/gu, '');
const picturesIn = (text: string) =>
  [...unfold(text).matchAll(/^PHOTO[^:\r\n]*:(?:data:[^,\r\n]*,)?(.+?)\r?$/gmu)].map(([, base64]) =>
    Buffer.from(base64!, 'base64'),
  );
const photoLine = (picture: Uint8Array, type = 'JPEG') =>
  `PHOTO;ENCODING=b;TYPE=${type}:${Buffer.from(picture).toString('base64')}`;

/** A folder of Ada's with one card whose photo is large; what a program that calls itself so is given. */
async function scene(app: TestApp) {
  const photo = await noisyPicture(1600, 1200);
  assert.ok(photo.length > 1_000_000);
  const book = await contactsOf(app.ada);
  const path = `${book}a.vcf`;
  const text = plainCard('a', photoLine(photo));
  const stored = (await put(app.ada, path, text)).headers.get('etag')!;
  const get = (headers: Record<string, string>) => dav(app.ada, 'GET', path, { headers });
  return { photo, book, path, text, stored, get };
}

const tagIn = (reply: DavReply) => textOf(reply.responses.at(-1)!.found.get(D('getetag'))!);
const cardIn = (reply: DavReply) => textOf(reply.responses.at(-1)!.found.get(C('address-data'))!);
const multiget = (person: Person, book: string, path: string, headers: Record<string, string>) =>
  report(
    person,
    book,
    'C:addressbook-multiget',
    `<D:prop><D:getetag/><C:address-data/></D:prop><D:href>${path}</D:href>`,
    headers,
  );

test('a program that chokes on large photos gets a small one, everybody else the octets that were put: C270', async () => {
  await using app = await createTestApp();
  const { photo, text, get } = await scene(app);
  assert.equal((await get(thunderbird)).text, text);
  for (const [headers, side] of [
    [iphone, 1024],
    [mac, 1024],
    [android, 720],
  ] as const) {
    const [small] = picturesIn((await get(headers)).text);
    assert.deepEqual(await pictureSize(small!), { width: side, height: (side * 3) / 4, format: 'jpeg' });
    assert.ok(small!.length < photo.length / 2);
  }
  assert.equal((await get({})).text, text);
});

test('a card without a large photo is the same for all programs: C270', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const text = plainCard('a', photoLine(await noisyPicture(200, 200)));
  const tag = (await put(app.ada, path, text, iphone)).headers.get('etag');
  const got = await dav(app.ada, 'GET', path, { headers: iphone });
  assert.deepEqual([got.text, got.headers.get('etag')], [text, tag]);
});

test('the small form has one strong tag of its own, the same in listings, reports and GET: C271', async () => {
  await using app = await createTestApp();
  const { book, path, stored, get } = await scene(app);
  const got = await get(iphone);
  const tag = got.headers.get('etag')!;
  assert.notEqual(tag, stored);
  assert.match(tag, /^"[^"]+"$/u);
  assert.match(got.headers.get('vary')!, /User-Agent/u);
  const fetched = await multiget(app.ada, book, path, iphone);
  assert.deepEqual([tagIn(fetched), cardIn(fetched)], [tag, got.text]);
  assert.equal(tagIn(await propfind(app.ada, book, 1, [D('getetag')], iphone)), tag);
  assert.equal(tagIn(await sync(app.ada, book, '', { headers: iphone })), tag);
  assert.equal((await get(iphone)).text, got.text);
  assert.equal((await get({ ...iphone, 'If-None-Match': tag })).status, 304);
  assert.equal((await get({ ...iphone, 'If-None-Match': stored })).status, 200);
  assert.equal((await get({ 'If-None-Match': tag })).status, 200);
  // How long it is is not told where only the whole one has been measured.
  const lengths = await propfind(app.ada, path, 0, [D('getcontentlength')], iphone);
  assert.equal(lengths.responses[0]!.found.has(D('getcontentlength')), false);
});

test('a card that comes back with the small photo keeps the whole one: C272', async () => {
  await using app = await createTestApp();
  const { photo, book, path, get } = await scene(app);
  const got = await get(iphone);
  const edited = got.text.replace('END:VCARD', 'NOTE:met in Lyon\r\nEND:VCARD');
  const headers = { ...iphone, 'If-Match': got.headers.get('etag')! };
  const reply = await dav(app.ada, 'PUT', path, { body: edited, headers });
  assert.equal(reply.status, 204);
  assert.equal(reply.headers.get('etag'), null, 'what is kept is not what was sent');
  const whole = await get(thunderbird);
  assert.match(whole.text, /^NOTE:met in Lyon/mu);
  assert.deepEqual(picturesIn(whole.text), [photo]);
  assert.equal((await get(iphone)).text, edited);
  // Only touched: nobody is told of anything.
  const { token } = await tokenBefore(app.ada, book);
  await put(app.ada, path, edited.replace('END:VCARD', 'REV:20260101T000000Z\r\nEND:VCARD'), iphone);
  assert.equal((await tokenBefore(app.ada, book)).token, token);
});

async function tokenBefore(person: Person, book: string) {
  const found = await propfind(person, book, 0, [D('sync-token')]);
  return { token: textOf(found.responses[0]!.found.get(D('sync-token'))!) };
}

test('in whatever version it comes back, and from whatever program: C272', async () => {
  await using app = await createTestApp();
  const { photo, path, get } = await scene(app);
  const modern = await get({ ...android, Accept: 'text/vcard; version=4.0' });
  assert.match(modern.text, /^VERSION:4.0/mu);
  await put(app.ada, path, modern.text.replace('END:VCARD', 'NOTE:x\r\nEND:VCARD'), android);
  assert.deepEqual(picturesIn((await get({})).text), [photo]);
  const small = picturesIn((await get(android)).text)[0]!;
  await put(app.ada, path, plainCard('a', photoLine(small), 'NOTE:y'), iphone);
  assert.deepEqual(picturesIn((await get({})).text), [photo]);
});

test('a program that moves a card by making a new one and deleting the old one moves the whole photo: C272', async () => {
  await using app = await createTestApp();
  const { photo, path, get } = await scene(app);
  const { text } = await get(iphone);
  const other = `/dav/addressbooks/${app.ada.id}/other/`;
  await dav(app.ada, 'MKCOL', other);
  await dav(app.ada, 'DELETE', path);
  await put(app.ada, `${other}b.vcf`, text, iphone);
  assert.deepEqual(picturesIn((await dav(app.ada, 'GET', `${other}b.vcf`)).text), [photo]);
});

test('another photo replaces it, and none removes it: C272', async () => {
  await using app = await createTestApp();
  const { path, get } = await scene(app);
  await get(iphone);
  const other = await noisyPicture(100, 100, 'jpeg', 7);
  await put(app.ada, path, plainCard('a', photoLine(other)), iphone);
  assert.deepEqual(picturesIn((await get({})).text), [other]);
  await put(app.ada, path, plainCard('a'), iphone);
  assert.deepEqual(picturesIn((await get({})).text), []);
});

test('nobody gets a whole photo of a folder that is not theirs by its small one: C272', async () => {
  await using app = await createTestApp();
  const { get } = await scene(app);
  const { text } = await get(iphone);
  const path = `${await contactsOf(app.ben)}a.vcf`;
  await put(app.ben, path, text, iphone);
  assert.equal((await dav(app.ben, 'GET', path)).text, text);
});

test('a picture that is none, or a trap of pixels, goes out as it is: C273', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const broken = (await noisyPicture(1600, 1200)).subarray(0, 900_000);
  const trap = pixelBomb(30_000);
  const pictures = { broken: photoLine(broken), trap: `${photoLine(trap, 'PNG')}\r\nNOTE:${'x'.repeat(800_000)}` };
  for (const [name, line] of Object.entries(pictures)) {
    const text = plainCard(name, line);
    await put(app.ada, `${book}${name}.vcf`, text);
    const before = process.memoryUsage.rss();
    const got = await dav(app.ada, 'GET', `${book}${name}.vcf`, { headers: iphone });
    assert.deepEqual([got.status, got.text === text], [200, true], name);
    assert.ok(process.memoryUsage.rss() - before < 200_000_000, `${name}: memory`);
  }
  assert.deepEqual(app.faults, []);
});
