import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { folder, shareAccepted } from '../../kit/calls.ts';
import { C, CS, contactsOf, D, dav, homeOf, hrefIn, namesIn, plainCard, propfind, put, report } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const mac = { 'User-Agent': 'macOS/13.4 (22F66) AddressBookCore/2498.5.3' };

async function oneBookOf(person: Person): Promise<string> {
  const principal = `/dav/principals/${person.id}/`;
  const [told] = (await propfind(person, principal, 0, [C('addressbook-home-set')], mac)).responses;
  const home = hrefIn(told, C('addressbook-home-set'))!;
  const listed = (await propfind(person, home, 1, [D('resourcetype'), D('displayname'), CS('getctag')], mac)).responses;
  const books = listed.filter((each) => namesIn(each, D('resourcetype')).includes(C('addressbook')));
  assert.equal(books.length, 1);
  return books[0]!.href;
}

test('macOS, which shows one book, has one with everything in it; others have their folders', async () => {
  await using app = await createTestApp();
  const book = await oneBookOf(app.ben);
  for (const agent of ['iOS/17.0 (21A329) dataaccessd/1.0', 'Mozilla/5.0 Thunderbird/153.0', 'DAVx5/4.4 (Android)']) {
    const headers = { 'User-Agent': agent };
    const [told] = (await propfind(app.ben, `/dav/principals/${app.ben.id}/`, 0, [C('addressbook-home-set')], headers))
      .responses;
    assert.equal(hrefIn(told, C('addressbook-home-set')), homeOf(app.ben));
  }
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
  await put(app.ada, `${homeOf(app.ada)}${bookId}/a.vcf`, plainCard('a'));
  await put(app.ben, `${await contactsOf(app.ben)}b.vcf`, plainCard('b'));
  const listed = (await propfind(app.ben, book, 1, [D('getetag')])).responses.slice(1);
  assert.deepEqual(
    listed.map(({ href }) => href),
    [`${book}b.vcf`, `${book}${bookId}.a.vcf`],
  );
  for (const { href, found } of listed) {
    const got = await dav(app.ben, 'GET', href);
    assert.equal(got.headers.get('etag'), textOf(found.get(D('getetag'))!));
  }
  const hrefs = [...listed.map(({ href }) => href), `${book}none.vcf`];
  const asked = `<D:prop><C:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}`;
  const cards = (await report(app.ben, book, 'C:addressbook-multiget', asked)).responses;
  assert.deepEqual(cards.map(({ href }) => href).toSorted(), hrefs.toSorted());
  const filter = '<C:filter><C:prop-filter name="FN"><C:text-match>a</C:text-match></C:prop-filter></C:filter>';
  const found = await report(app.ben, book, 'C:addressbook-query', `<D:prop><C:address-data/></D:prop>${filter}`);
  assert.deepEqual(
    found.responses.map(({ href }) => href),
    [`${book}${bookId}.a.vcf`],
  );
});

test('what is written in the one book goes where it belongs, as far as one may', async () => {
  await using app = await createTestApp();
  const book = await oneBookOf(app.ben);
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'manager');
  await put(app.ada, `${homeOf(app.ada)}${bookId}/a.vcf`, plainCard('a'));
  const tag = async () =>
    textOf((await propfind(app.ben, book, 0, [CS('getctag')])).responses[0]!.found.get(CS('getctag'))!);
  const before = await tag();
  await put(app.ben, `${book}${bookId}.a.vcf`, plainCard('a', 'NOTE:x'));
  assert.equal((await dav(app.ada, 'GET', `${homeOf(app.ada)}${bookId}/a.vcf`)).text, plainCard('a', 'NOTE:x'));
  assert.notEqual(await tag(), before);
  await put(app.ben, `${book}new.vcf`, plainCard('new'));
  assert.equal((await dav(app.ben, 'GET', `${await contactsOf(app.ben)}new.vcf`)).status, 200);
  assert.equal((await dav(app.ben, 'DELETE', `${book}new.vcf`)).status, 204);
  assert.equal((await dav(app.ben, 'GET', `${book}new.vcf`)).status, 404);
  assert.equal((await dav(app.chloe, 'GET', `${book}${bookId}.a.vcf`)).status, 404);
  assert.equal(
    (await dav(app.chloe, 'PUT', `/dav/one/${app.chloe.id}/all/${bookId}.a.vcf`, { body: plainCard('c') })).status,
    409,
  );
  const share = (await app.ada.call('Share/get'))['list']![0]!['id']!;
  await app.ada.call('Share/set', { update: { [share]: { role: 'viewer' } } });
  assert.equal((await dav(app.ben, 'PUT', `${book}${bookId}.a.vcf`, { body: plainCard('a') })).status, 403);
  assert.equal((await dav(app.ben, 'DELETE', book)).status, 403);
});

test('what one person copied from another’s folder is found once in the one book, as it is listed', async () => {
  await using app = await createTestApp();
  const book = await oneBookOf(app.ben);
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
  await put(app.ada, `${homeOf(app.ada)}${bookId}/a.vcf`, plainCard('a', 'NOTE:theirs'));
  await put(app.ada, `${homeOf(app.ada)}${bookId}/c.vcf`, plainCard('c', 'NOTE:theirs'));
  await put(app.ben, `${await contactsOf(app.ben)}a.vcf`, plainCard('a', 'NOTE:mine'));
  const found = async (inner: string) => {
    const asked = `<D:prop><D:getetag/></D:prop><C:filter>${inner}</C:filter>`;
    return (await report(app.ben, book, 'C:addressbook-query', asked)).responses.map(({ href }) => href);
  };
  const note = (text: string) => `<C:prop-filter name="NOTE"><C:text-match>${text}</C:text-match></C:prop-filter>`;
  const listed = (await propfind(app.ben, book, 1, [D('getetag')])).responses.slice(1).map(({ href }) => href);
  assert.deepEqual(listed, [`${book}a.vcf`, `${book}${bookId}.c.vcf`]);
  assert.deepEqual(await found(''), listed);
  assert.deepEqual(await found(note('mine')), [`${book}a.vcf`]);
  assert.deepEqual(await found(note('theirs')), [`${book}${bookId}.c.vcf`], 'what is not listed is not found');
});

test('a home keeps which card is one’s own, as Apple’s programs ask', async () => {
  await using app = await createTestApp();
  for (const home of [homeOf(app.ada), `/dav/one/${app.ada.id}/`]) {
    const me = '<M:me-card xmlns:M="http://me.com/_namespace/"><D:href xmlns:D="DAV:">/dav/x.vcf</D:href></M:me-card>';
    const body = `<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>${me}</D:prop></D:set></D:propertyupdate>`;
    assert.equal((await dav(app.ada, 'PROPPATCH', home, { body })).responses[0]!.refused.size, 0);
    const [told] = (await propfind(app.ada, home, 0, ['{http://me.com/_namespace/}me-card'])).responses;
    assert.equal(hrefIn(told, '{http://me.com/_namespace/}me-card'), '/dav/x.vcf');
  }
});
