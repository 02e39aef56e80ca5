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
  said,
  sync,
} from '../../kit/dav.ts';
import type { DavResponse } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
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

test('iOS: of the home and of a folder each property that it asks for has its value, or is told not to be there', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await contactsOf(ada);
  const id = book.split('/').at(-2)!;
  await put(ada, `${book}a.vcf`, plainCard('a'));
  const me = (name: string) => `{http://me.com/_namespace/}${name}`;
  const names = [
    ...['add-member', 'current-user-privilege-set', 'displayname', 'owner', 'quota-available-bytes'].map(D),
    ...['quota-used-bytes', 'resource-id', 'resourcetype', 'supported-report-set', 'sync-token'].map(D),
    ...['getctag', 'push-transports', 'pushkey', 'me-card'].map(CS),
    C('max-resource-size'),
    C('max-image-size'),
    me('bulk-requests'),
    me('guardian-restricted'),
  ];
  const listed = (await propfind(ada, homeOf(ada), 1, names)).responses;
  const [home, contacts] = [listed[0]!, listed.find(({ href }) => href === book)!];
  const absent = [CS('push-transports'), CS('pushkey'), CS('me-card')];
  const apple = [C('max-image-size'), me('bulk-requests'), me('guardian-restricted')];
  const ofFolders = [D('add-member'), D('resource-id'), C('max-resource-size')];
  assert.deepEqual([...contacts.refused.keys()].toSorted(), [...absent, ...apple].toSorted());
  assert.deepEqual([...home.refused.keys()].toSorted(), [...absent, ...apple, ...ofFolders].toSorted());
  for (const { refused } of [home, contacts])
    for (const status of refused.values()) assert.equal(status, 'HTTP/1.1 404 Not Found');
  const textIn = (response: typeof home, name: string) => textOf(response.found.get(name)!);
  for (const response of [home, contacts]) {
    assert.equal(hrefIn(response, D('owner')), `/dav/principals/${ada.id}/`);
    assert.match(textIn(response, D('quota-used-bytes')), /^[1-9]\d*$/u);
    assert.match(textIn(response, D('quota-available-bytes')), /^[1-9]\d*$/u);
    assert.ok(namesIn(response, D('supported-report-set')).includes(D('sync-collection')));
    assert.ok(namesIn(response, D('current-user-privilege-set')).includes(D('bind')));
    const { responses } = await propfind(ada, response.href, 0, [D('sync-token'), CS('getctag')]);
    for (const name of [D('sync-token'), CS('getctag')])
      assert.equal(textIn(response, name), textIn(responses[0]!, name));
    assert.deepEqual(said(await sync(ada, response.href, textIn(response, D('sync-token')))), {});
  }
  assert.deepEqual(namesIn(home, D('resourcetype')), [D('collection')]);
  assert.deepEqual(namesIn(contacts, D('resourcetype')), [D('collection'), C('addressbook')]);
  for (const name of ['addressbook-query', 'addressbook-multiget'])
    assert.ok(namesIn(contacts, D('supported-report-set')).includes(C(name)), name);
  assert.equal(textIn(contacts, D('displayname')), 'Contacts');
  assert.equal(hrefIn(contacts, D('add-member')), book);
  assert.equal(hrefIn(contacts, D('resource-id')), `urn:x-coterie:${id}`);
  assert.equal(textIn(contacts, C('max-resource-size')), String(app.world.settings.maxCardSize));
  // Another card is another tag, of the folder and of the home.
  await put(ada, `${book}b.vcf`, plainCard('b'));
  const again = (await propfind(ada, homeOf(ada), 1, [CS('getctag')])).responses;
  for (const before of [home, contacts])
    assert.notEqual(
      textIn(
        again.find(({ href }) => href === before.href)!,
        CS('getctag'),
      ),
      textIn(before, CS('getctag')),
    );
});

test('iOS: which card is one’s own is kept at the home, and told again', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}me.vcf`, plainCard('me'));
  const set = `<D:set><D:prop><CS:me-card><D:href>${book}me.vcf</D:href></CS:me-card></D:prop></D:set>`;
  const reply = await dav(app.ada, 'PROPPATCH', homeOf(app.ada), { body: document('D:propertyupdate', set) });
  assert.deepEqual([reply.status, reply.responses[0]!.refused.size], [207, 0]);
  const [home] = (await propfind(app.ada, homeOf(app.ada), 0, [CS('me-card')])).responses;
  assert.equal(hrefIn(home, CS('me-card')), `${book}me.vcf`);
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

/** What comes back of a multiget, by address: the card, or a status. */
function cardsIn(responses: readonly DavResponse[]): Map<string, string | null> {
  return new Map(
    responses.map(({ href, status, found }) => [href, status ?? textOf(found.get(C('address-data'))!)] as const),
  );
}

/** A folder of cards as a list tells them, as programs find them before they ask for their content. */
async function filledFolder(person: Person, count: number) {
  const book = await contactsOf(person);
  const names = Array.from({ length: count }, (_, number) => `card-${number}`);
  for (const name of names) await put(person, `${book}${name}.vcf`, plainCard(name));
  const listed = (await propfind(person, book, 1, [D('getetag')])).responses.slice(1);
  assert.equal(listed.length, count);
  const expected = new Map(names.map((name) => [`${book}${name}.vcf`, plainCard(name)]));
  const tags = new Map(listed.map(({ href, found }) => [href, textOf(found.get(D('getetag'))!)]));
  return { book, hrefs: [...tags.keys()], tags, expected };
}

function multigetOf(person: Person, book: string, hrefs: readonly string[], version = '') {
  const asked = `<D:prop><D:getetag/><C:address-data${version}/></D:prop>`;
  return report(
    person,
    book,
    'C:addressbook-multiget',
    asked + hrefs.map((href) => `<D:href>${href}</D:href>`).join(''),
  );
}

test('CardBook: several multigets at the same time each bring their own cards, in the version that was set', async () => {
  await using app = await createTestApp();
  const { book, hrefs, tags, expected } = await filledFolder(app.ada, 60);
  for (const version of ['3.0', '4.0']) {
    const parts = Array.from({ length: 6 }, (_, part) => hrefs.slice(part * 10, part * 10 + 10));
    const asked = ` content-type="text/vcard" version="${version}"`;
    const replies = await Promise.all(parts.map((part) => multigetOf(app.ada, book, part, asked)));
    for (const [index, { status, responses }] of replies.entries()) {
      assert.equal(status, 207);
      assert.deepEqual([...cardsIn(responses).keys()].toSorted(), parts[index]!.toSorted());
      for (const { href, found } of responses) {
        const card = textOf(found.get(C('address-data'))!);
        assert.equal(textOf(found.get(D('getetag'))!), tags.get(href));
        if (version === '3.0') assert.equal(card, expected.get(href));
        else
          assert.match(
            card,
            new RegExp(`^BEGIN:VCARD\r\nVERSION:4.0\r\n(.*\r\n)*FN:${href.slice(book.length, -4)}\r\n`, 'u'),
          );
      }
    }
  }
});

test('KDE: one multiget brings everything that the list has, once each', async () => {
  await using app = await createTestApp();
  const { book, hrefs, expected } = await filledFolder(app.ada, 120);
  const { status, responses } = await multigetOf(app.ada, book, hrefs, ' content-type="text/vcard" version="3.0"');
  assert.equal(status, 207);
  assert.equal(responses.length, hrefs.length);
  assert.deepEqual(cardsIn(responses), expected);
});

test('Outlook CalDav Synchronizer: lists tags, asks for all cards at once, and for one that has gone meanwhile', async () => {
  await using app = await createTestApp();
  const { book, hrefs, tags, expected } = await filledFolder(app.ada, 30);
  const gone = hrefs[7]!;
  await dav(app.ada, 'DELETE', gone);
  const { status, responses } = await multigetOf(app.ada, book, hrefs);
  assert.equal(status, 207);
  assert.deepEqual(cardsIn(responses), new Map<string, string | null>([...expected, [gone, 'HTTP/1.1 404 Not Found']]));
  for (const { href, found } of responses)
    if (href !== gone) assert.equal(textOf(found.get(D('getetag'))!), tags.get(href));
  // What it was told is what it may change by.
  const headers = { 'If-Match': tags.get(hrefs[0]!)!, 'Content-Type': 'text/vcard' };
  const body = expected.get(hrefs[0]!)!.replace('END:VCARD', 'NOTE:x\r\nEND:VCARD');
  assert.equal((await dav(app.ada, 'PUT', hrefs[0]!, { body, headers })).status, 204);
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
