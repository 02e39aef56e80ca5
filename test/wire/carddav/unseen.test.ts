import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, contactsOf, D, dav, plainCard, propfind, put, report, said, sync, tokenOf } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const modern = [
  'BEGIN:VCARD',
  'VERSION:4.0',
  'UID:a',
  'FN:Ada Byron Lovelace',
  'N:Byron Lovelace;Ada;;;Jr.;Lovelace;Jr.',
  'TEL;VALUE=uri;PREF=2;TYPE=work;PROP-ID=t1:tel:+33123456',
  'EMAIL;PREF=1;PROP-ID=e1:ada@demo.example',
  'PRONOUNS;LANGUAGE=fr:elle',
  'GENDER:F',
  'JSPROP;JSPTR="demo.example:club":"chess"',
  'END:VCARD',
  '',
].join('\r\n');

const get = async (person: Person, path: string) => (await dav(person, 'GET', path)).text;

/** The card as a program gets it that says nothing of versions: 3.0. */
async function fetchOld(person: Person, book: string, path: string): Promise<string> {
  const asked = `<D:prop><D:getetag/><C:address-data/></D:prop><D:href>${path}</D:href>`;
  const reply = await report(person, book, 'C:addressbook-multiget', asked);
  return textOf(reply.responses[0]!.found.get(C('address-data'))!);
}

test('a 3.0 program that edits a card of 4.0 loses nothing that it could not see: C274', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const path = `${book}a.vcf`;
  await put(app.ada, path, modern);
  const seen = await fetchOld(app.ada, book, path);
  assert.match(seen, /^VERSION:3.0/mu);
  const reply = await put(app.ada, path, seen.replace('END:VCARD', 'NOTE:met in Lyon\r\nEND:VCARD'));
  assert.equal(reply.headers.get('etag'), null, 'what is kept is not what was sent');
  assert.equal(await get(app.ada, path), modern.replace('END:VCARD', 'NOTE:met in Lyon\r\nEND:VCARD'));
});

test('nor does a telephone that writes everything in its own way and knows no new words: C274', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const path = `${book}a.vcf`;
  await put(app.ada, path, modern);
  const sent = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'PRODID:-//Apple Inc.//iPhone OS 17.1//EN',
    'N:Byron Lovelace;Ada;;;Jr.',
    'FN:Ada Byron Lovelace',
    'EMAIL;type=INTERNET;type=pref:ada@demo.example',
    'item1.TEL:+33999999',
    'item1.X-ABLabel:_$!<HomePage>!$_',
    'TEL;type=WORK:+33123456',
    'UID:a',
    'REV:2026-01-01T00:00:00Z',
    'END:VCARD',
    '',
  ].join('\r\n');
  await put(app.ada, path, sent);
  const kept = await get(app.ada, path);
  for (const line of modern.split('\r\n').slice(2, -2)) assert.ok(kept.includes(`${line}\r\n`), line);
  assert.match(kept, /^item1\.TEL:\+33999999\r\nitem1\.X-ABLabel/mu);
  // What it knows it may take away.
  await put(app.ada, path, sent.replace(/^EMAIL.*\r\n/mu, ''));
  assert.doesNotMatch(await get(app.ada, path), /^EMAIL/mu);
});

test('a card that a 3.0 program only opens and writes back is no news to anybody: C275', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const path = `${book}a.vcf`;
  await put(app.ada, path, modern);
  const token = tokenOf(await sync(app.ada, book, ''));
  const seen = await fetchOld(app.ada, book, path);
  const withoutNew = seen.replace(/^(?:PRONOUNS|GENDER|JSPROP)[^\r]*\r\n/gmu, '').replaceAll(/;PROP-ID=\w+/gu, '');
  for (const text of [seen, withoutNew])
    await put(app.ada, path, text.replace('END:VCARD', 'REV:2026-01-01T00:00:00Z\r\nPRODID:-//x//EN\r\nEND:VCARD'));
  assert.equal(await get(app.ada, path), modern);
  assert.deepEqual(said(await sync(app.ada, book, token)), {});
});

test('another REV, another PRODID or another order of the properties is no change; another order of numbers is one: C275', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const path = `${book}a.vcf`;
  const lines = ['TEL:1', 'NOTE:n', 'TEL:2'];
  const first = await put(app.ada, path, plainCard('a', 'REV:2026-01-01T00:00:00Z', 'PRODID:-//one//EN', ...lines));
  const token = tokenOf(await sync(app.ada, book, ''));
  const state = async () => (await app.ada.call('ContactCard/get', { ids: [] }))['state'];
  const before = await state();
  for (const touched of [
    ['REV:2026-02-02T00:00:00Z', 'PRODID:-//one//EN', ...lines],
    ['REV:2026-01-01T00:00:00Z', 'PRODID:-//two//EN', ...lines],
    lines,
    ['NOTE:n', 'TEL:1', 'REV:2027-01-01T00:00:00Z', 'TEL:2'],
  ]) {
    const reply = await put(app.ada, path, plainCard('a', ...touched));
    assert.equal(reply.headers.get('etag'), null, 'the tag is not that of what was sent');
  }
  assert.deepEqual(said(await sync(app.ada, book, token)), {});
  assert.equal(await state(), before);
  const listed = (await propfind(app.ada, path, 0, [D('getetag')])).responses[0]!;
  assert.equal(textOf(listed.found.get(D('getetag'))!), first.headers.get('etag'));
  await put(app.ada, path, plainCard('a', 'TEL:2', 'NOTE:n', 'TEL:1'));
  assert.deepEqual(said(await sync(app.ada, book, token)), { 'a.vcf': 'there' });
});
