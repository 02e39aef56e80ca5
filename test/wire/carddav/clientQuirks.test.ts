import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { folder, shareAccepted } from '../../kit/calls.ts';
import {
  C,
  conditionsOf,
  contactsOf,
  CS,
  D,
  dav,
  document,
  homeOf,
  hrefIn,
  namesIn,
  plainCard,
  propfind,
  put,
  report,
  sync,
} from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';

test('Thunderbird: statuses are written out, the first of each folder is 200, a viewer’s folder has nothing of writing', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
  const names = [D('resourcetype'), D('displayname'), D('current-user-privilege-set'), CS('unheard-of'), D('acl')];
  const home = await propfind(app.ben, homeOf(app.ben), 1, names);
  for (const response of home.text.split('<D:response>').slice(1))
    assert.match(/<D:status>([^<]*)</u.exec(response)![1]!, /^HTTP\/1\.1 200 OK$/u);
  const shared = home.responses.find(({ href }) => href.includes(bookId));
  assert.deepEqual(namesIn(shared, D('current-user-privilege-set')), [D('read'), D('read-current-user-privilege-set')]);
  const homes = (await propfind(app.ben, `/dav/principals/${app.ben.id}/`, 0, [C('addressbook-home-set')]))
    .responses[0];
  assert.equal(homes!.found.get(C('addressbook-home-set'))!.children.length, 1);
});

test('Thunderbird: puts 4.0 without a condition and reads the tag by multiget; asks for changes with Depth 1', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const text = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'UID:t',
    'FN:T',
    'N:;T;;;',
    'TEL;VALUE=TEXT;PREF=1:1',
    'END:VCARD',
    '',
  ].join('\r\n');
  await put(app.ada, `${book}t.vcf`, text, { 'Content-Type': 'text/vcard' });
  const asked = `<D:prop><D:getetag/><C:address-data content-type="text/vcard" version="4.0"/></D:prop><D:href>${book}t.vcf</D:href>`;
  const [card] = (await report(app.ada, book, 'C:addressbook-multiget', asked, { Depth: '1' })).responses;
  assert.equal(textOf(card!.found.get(C('address-data'))!), text);
  assert.equal((await sync(app.ada, book, '', { headers: { Depth: '1' } })).responses.length, 1);
});

test('iOS: the home answers everything that it asks for, and its own writable folder comes first', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Aaa');
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
  const asked = [
    'add-member',
    'current-user-privilege-set',
    'displayname',
    'owner',
    'quota-available-bytes',
    'quota-used-bytes',
    'resource-id',
    'resourcetype',
    'supported-report-set',
    'sync-token',
  ];
  const others = [
    CS('getctag'),
    CS('push-transports'),
    CS('pushkey'),
    C('max-resource-size'),
    C('max-image-size'),
    '{http://me.com/_namespace/}bulk-requests',
    '{http://me.com/_namespace/}guardian-restricted',
    CS('me-card'),
  ];
  const home = await propfind(app.ben, homeOf(app.ben), 1, [...asked.map(D), ...others]);
  assert.equal(home.status, 207);
  const [self, first] = home.responses;
  assert.ok(self!.found.has(CS('getctag')) && self!.found.has(D('owner')));
  assert.ok(namesIn(first, D('current-user-privilege-set')).includes(D('bind')));
  assert.equal(first!.href, await contactsOf(app.ben));
});

test('iOS: a card for a folder that is only read is refused clearly, by the privilege', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
  const headers = { 'If-None-Match': '*' };
  const reply = await dav(app.ben, 'PUT', `${homeOf(app.ben)}${bookId}/A-B-C.vcf`, { body: plainCard('x'), headers });
  assert.deepEqual([reply.status, conditionsOf(reply)], [403, [D('need-privileges')]]);
});

test('DAVx5: what it asks of a folder is there, and a folder that is gone is 404', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const names = [
    D('resourcetype'),
    D('displayname'),
    D('current-user-privilege-set'),
    D('owner'),
    C('supported-address-data'),
    C('max-resource-size'),
    D('sync-token'),
    C('addressbook-description'),
  ];
  const [told] = (await propfind(app.ada, book, 0, names)).responses;
  assert.deepEqual([...told!.refused.keys()], [C('addressbook-description')]);
  const principal = (
    await propfind(app.ada, `/dav/principals/${app.ada.id}/`, 0, [D('group-membership'), C('addressbook-home-set')])
  ).responses[0];
  assert.equal(hrefIn(principal, C('addressbook-home-set')), homeOf(app.ada));
  assert.equal((await propfind(app.ada, `${homeOf(app.ada)}gone/`, 0)).status, 404);
});

test('Evolution: a query with Depth 0 and without a filter is one for all cards; a stale tag is 412', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const all = await report(app.ada, book, 'C:addressbook-query', '<D:prop><D:getetag/></D:prop>', { Depth: '0' });
  assert.deepEqual(
    all.responses.map(({ href }) => href),
    [`${book}a.vcf`],
  );
  const stale = await dav(app.ada, 'PUT', `${book}a.vcf`, {
    body: plainCard('a', 'NOTE:x'),
    headers: { 'If-Match': '"x"' },
  });
  assert.equal(stale.status, 412);
});

test('vdirsyncer: the listing has the types of cards, each address once', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  for (const name of ['a', 'b']) await put(app.ada, `${book}${name}.vcf`, plainCard(name));
  const listed = await propfind(app.ada, book, 1, [D('resourcetype'), D('getcontenttype'), D('getetag')]);
  assert.equal(new Set(listed.responses.map(({ href }) => href)).size, 3);
  for (const card of listed.responses.slice(1))
    assert.match(textOf(card.found.get(D('getcontenttype'))!), /^text\/vcard/u);
});

test('vdirsyncer: a connection is kept longer than it keeps one that it does not use (aiohttp: 15 s)', async () => {
  await using app = await createTestApp();
  const [, seconds] = /timeout=(\d+)/u.exec((await propfind(app.ada, '/dav/', 0)).headers.get('keep-alive')!)!;
  assert.ok(Number(seconds) > 15, seconds);
});

test('prefixes are the client’s choice, and what is unknown in a question is passed over', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const body = `<addressbook-query xmlns="urn:ietf:params:xml:ns:carddav" xmlns:odd="DAV:"><odd:prop><odd:getetag/></odd:prop><hint xmlns="urn:x"/><filter/></addressbook-query>`;
  assert.equal((await dav(app.ada, 'REPORT', book, { body, headers: { Depth: '1' } })).responses.length, 1);
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${document('D:propfind', '<D:allprop/>')}`, 'utf16le'));
  assert.equal((await dav(app.ada, 'PROPFIND', book, { body: utf16, headers: { Depth: '0' } })).status, 207);
});

test('an empty search is an empty answer, a fault in a question never one of the server', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const filter = '<C:filter><C:prop-filter name="FN"><C:text-match>nobody</C:text-match></C:prop-filter></C:filter>';
  const none = await report(app.ada, book, 'C:addressbook-query', `<D:prop/>${filter}`, { Depth: '1' });
  assert.deepEqual([none.status, none.responses], [207, []]);
  const odd = [
    '',
    '<',
    '<a/>',
    document('C:addressbook-query', '<C:filter><C:prop-filter/></C:filter>'),
    document('D:expand-property', '<D:property/>'),
    document('C:addressbook-multiget', '<D:href>%zz</D:href><D:href>http://[</D:href>'),
  ];
  for (const method of ['REPORT', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'ACL', 'POST', 'PUT', 'LOCK', 'FOO'])
    for (const body of odd)
      for (const path of [book, homeOf(app.ada), '/dav/', `${book}%00.vcf`, `${book}%ff.vcf`]) {
        const { status } = await dav(app.ada, method, path, { body });
        assert.ok(status < 500 || status === 501, `${method} ${path} ${body}: ${status}`);
      }
  assert.deepEqual(app.faults, []);
});
