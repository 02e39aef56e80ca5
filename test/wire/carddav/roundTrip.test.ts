import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, contactsOf, dav, plainCard, put, report } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const modern = (...all: string[]) =>
  ['BEGIN:VCARD', 'VERSION:4.0', 'UID:m', 'FN:M', ...all, 'END:VCARD', ''].join('\r\n');

/** Puts a card and reads it again, by GET and by a report. */
async function roundTrip(person: Person, path: string, text: string): Promise<void> {
  const tag = (await put(person, path, text)).headers.get('etag');
  assert.ok(tag, 'kept as it is');
  const got = await dav(person, 'GET', path);
  assert.deepEqual([got.text, got.headers.get('etag')], [text, tag]);
  const version = /^VERSION:(\S+)/mu.exec(text)![1];
  const asked = `<D:prop><C:address-data content-type="text/vcard" version="${version}"/></D:prop><D:href>${path}</D:href>`;
  const reply = await report(person, path, 'C:addressbook-multiget', asked);
  assert.equal(textOf(reply.responses[0]!.found.get(C('address-data'))!), text);
}

test('photos, all kinds of fields, escapes, carets and foreign properties come back as they were: C076, C077, C078, C079, C080, C184', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const photo = randomBytes(300_000)
    .toString('base64')
    .replaceAll(/(.{74})/gu, '$1\r\n ');
  const fixture = (name: string) =>
    readFileSync(`test/fixtures/cards/${name}.vcf`, 'utf8').replaceAll(/\r?\n/gu, '\r\n');
  const texts = [
    plainCard('photo', `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`),
    fixture('apple'),
    fixture('modern'),
    plainCard(
      'double',
      'NOTE:日本語テキスト',
      'ADR;TYPE=home:;;東京都;;;;',
      'item1.TEL:1',
      'item1.X-ABLabel:_$!<Mobile>!$_',
    ),
    plainCard('escapes', 'NOTE:a\\,b\\;c\\nd\\\\e\\N', 'ORG:A\\;B;C\\,D;'),
    plainCard(
      'value',
      'X-DATE;VALUE=DATE:2026-01-01',
      'X-URI;VALUE=uri:http://x.example/?a=1,2;3',
      'X-B;ENCODING=b:AAEC',
    ),
    modern('ADR;LABEL="a^nb^^c^\'d^\'":;;;;;;', 'X-A;P=^x:1'),
    plainCard('cr', 'NOTE:one', '  two', ' three').replaceAll('\r\n', '\n'),
  ];
  for (const [index, text] of texts.entries()) await roundTrip(app.ada, `${book}${index}.vcf`, text);
});

test('any uid can stand under any name: C081', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const uids = ['a/b/c', 'a b', 'a\\nb', '50%25', 'u'.repeat(300), '../..', 'é@x', 'urn:uuid:X'];
  for (const [index, uid] of uids.entries()) await roundTrip(app.ada, `${book}${index}.vcf`, plainCard(uid));
});

test('a birthday without a year is one in 3.0 and in 4.0: C083', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const get = async (name: string, version: string) =>
    (await dav(app.ada, 'GET', book + name, { headers: { Accept: `text/vcard; version=${version}` } })).text;
  await put(app.ada, `${book}new.vcf`, modern('BDAY:--0415'));
  assert.match(await get('new.vcf', '3.0'), /^BDAY;[^:\r\n]*X-APPLE-OMIT-YEAR=1604[^:\r\n]*:1604-?04-?15\r$/mu);
  await put(app.ada, `${book}old.vcf`, plainCard('o', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15'));
  assert.match(await get('old.vcf', '4.0'), /^BDAY:--0415\r$/mu);
  // Evolution and others write it so: refusing would lose what people typed.
  await roundTrip(app.ada, `${book}loose.vcf`, plainCard('l', 'BDAY:--04-15'));
});

test('a group of 2,500 is kept: C084, C086', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const members = [...Array(2500).keys()].map(
    (key) => `MEMBER:urn:uuid:00000000-0000-4000-8000-${String(key).padStart(12, '0')}`,
  );
  await roundTrip(app.ada, `${book}group.vcf`, modern('KIND:group', ...members));
});

test('a card of hundreds of addresses is found by each of them: C085', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const addresses = [...Array(400).keys()].map((key) => `EMAIL:person${key}@demo.example`);
  await put(app.ada, `${book}many.vcf`, plainCard('many', ...addresses));
  for (const address of ['person0@demo', 'person399@demo']) {
    const filter = `<D:prop/><C:filter><C:prop-filter name="EMAIL"><C:text-match>${address}</C:text-match></C:prop-filter></C:filter>`;
    assert.equal((await report(app.ada, book, 'C:addressbook-query', filter)).responses.length, 1);
  }
});

test('a client that writes a card back in the version in which it asked for it, unchanged, changes nothing', async () => {
  await using app = await createTestApp();
  const path = `${await contactsOf(app.ada)}a.vcf`;
  const first = await put(app.ada, path, modern('TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+33123456', 'KIND:individual'));
  const old = await dav(app.ada, 'GET', path, { headers: { Accept: 'text/vcard; version=3.0' } });
  const back = await put(app.ada, path, old.text.replace('END:VCARD', 'REV:2030-01-01T00:00:00Z\r\nEND:VCARD'));
  assert.equal(back.headers.get('etag'), null);
  assert.equal((await dav(app.ada, 'GET', path)).headers.get('etag'), first.headers.get('etag'));
});
