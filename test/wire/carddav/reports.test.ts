import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import {
  C,
  conditionsOf,
  contactsOf,
  D,
  dav,
  document,
  homeOf,
  plainCard,
  put,
  report,
  said,
  sync,
  tokenOf,
} from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';

const content = '<C:address-data/>';
const named = ({ responses }: DavReply) =>
  responses.map(({ href }) => href.split('/').at(-1)!.replace('.vcf', '')).join(' ');
const query = (person: Person, path: string, inner: string, headers: Record<string, string> = {}) =>
  report(person, path, 'C:addressbook-query', inner, { Depth: '1', ...headers });
const propFilter = (name: string, inner: string) => `<C:prop-filter name="${name}">${inner}</C:prop-filter>`;

test('names of properties and parameters, and their values, are compared without case: C162, C171, C174, C176', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(
    app.ada,
    `${book}a.vcf`,
    plainCard('a', 'tel;type=HOME;X-P=Alpha:1', 'ADR:;;Rue;Lyon;;;', 'X-Foo:Bar', 'KIND:org', 'ORG:Une;Deux'),
  );
  await put(app.ada, `${book}b.vcf`, plainCard('b', 'TEL:2', 'NOTE:rien'));
  const text = (value: string, attributes = '') => `<C:text-match ${attributes}>${value}</C:text-match>`;
  const param = (name: string, inner: string) => `<C:param-filter name="${name}">${inner}</C:param-filter>`;
  const vectors: readonly (readonly [filter: string, expected: string])[] = [
    [propFilter('TEL', param('Type', text('home', 'match-type="equals"'))), 'a'],
    [propFilter('TEL', param('x-p', text('LPH'))), 'a'],
    [propFilter('TEL', param('x-p', text('al', 'match-type="starts-with"'))), 'a'],
    [propFilter('TEL', param('x-p', text('HA', 'match-type="ends-with"'))), 'a'],
    [propFilter('TEL', param('x-p', text('zzz', 'negate-condition="yes"'))), 'a'],
    [propFilter('ADR', text('lyon')), 'a'],
    [propFilter('x-foo', text('bar')), 'a'],
    [propFilter('kind', text('ORG', 'match-type="equals"')), 'a'],
    [propFilter('ORG', text('une;deux', 'match-type="equals"')), 'a'],
    [propFilter('NOTE', text('rien')), 'b'],
  ];
  for (const [filter, expected] of vectors)
    assert.equal(
      named(await query(app.ada, book, `<D:prop><D:getetag/></D:prop><C:filter>${filter}</C:filter>`)),
      expected,
      filter,
    );
});

test('a report may ask for all properties, their names, or none: C183, C193', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  for (const asked of ['<D:allprop/>', '<D:propname/>', '']) {
    const reply = await report(app.ada, book, 'C:addressbook-multiget', `${asked}<D:href>${book}a.vcf</D:href>`);
    assert.ok(reply.responses[0]!.found.has(D('getetag')), asked);
    assert.ok(!reply.responses[0]!.found.has(C('address-data')), asked);
  }
  const tags = await report(
    app.ada,
    book,
    'C:addressbook-multiget',
    `<D:prop><D:getetag/></D:prop><D:href>${book}a.vcf</D:href>`,
  );
  assert.deepEqual([...tags.responses[0]!.found.keys()], [D('getetag')]);
});

test('the examples of RFC 6352 §8.6: some properties of whom is looked for, and as many as are wanted: C185', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(
    app.ada,
    `${book}v102.vcf`,
    plainCard('34222-232@example.com', 'NICKNAME:me', 'EMAIL:daboo@example.com').replace(
      'FN:34222-232@example.com',
      'FN:Cyrus Daboo',
    ),
  );
  await put(app.ada, `${book}v104.vcf`, plainCard('b', 'EMAIL:daboo2@example.com'));
  await put(app.ada, `${book}v105.vcf`, plainCard('c', 'EMAIL:daboo3@example.com'));
  const match = '<C:text-match collation="i;unicode-casemap" match-type="contains">daboo</C:text-match>';
  const filter = `<C:filter test="anyof">${propFilter('FN', match)}${propFilter('EMAIL', match)}</C:filter>`;
  const asked = `<D:prop><D:getetag/></D:prop>${filter}<C:limit><C:nresults>2</C:nresults></C:limit>`;
  const reply = await query(app.ada, book, asked);
  assert.deepEqual(
    reply.responses.map(({ status, errors }) => [status, ...errors]),
    [[null], [null], ['HTTP/1.1 507 Insufficient Storage', D('number-of-matches-within-limits')]],
  );
});

test('cards are found by addresses of every form, a thousand at once, each once: C190, C191', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const bookId = book.split('/').at(-2)!;
  const card = (key: number) => ({ uid: `u${key}`, addressBookIds: { [bookId]: true } });
  for (const start of [0, 500])
    await app.ada.call('ContactCard/set', {
      create: Object.fromEntries([...Array(500).keys()].map((key) => [`k${key}`, card(start + key)])),
    });
  const hrefs = [...Array(1000).keys()].map((key) => `<D:href>${book}u${key}.vcf</D:href>`).join('');
  const all = await report(app.ada, book, 'C:addressbook-multiget', `<D:prop><D:getetag/></D:prop>${hrefs}${hrefs}`);
  assert.equal(all.responses.length, 1000);
  assert.ok(all.responses.every(({ status, found }) => status === null && found.has(D('getetag'))));
  const forms = [`${app.url}${book}u1.vcf`, 'u2.vcf', `${book}%75%33.vcf`, `${book}none.vcf`];
  const some = await report(
    app.ada,
    book,
    'C:addressbook-multiget',
    `<D:prop><D:getetag/></D:prop>${forms.map((form) => `<D:href>${form}</D:href>`).join('')}`,
  );
  assert.deepEqual(
    some.responses.map(({ href, status }) => [href, status]).toSorted(),
    forms.map((form) => [form, form.includes('none') ? 'HTTP/1.1 404 Not Found' : null]).toSorted(),
  );
});

test('twenty thousand addresses in more than ten megabytes are answered while they are read, and no further than somebody listens', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const note = 'x'.repeat(60);
  const names = Array.from({ length: 20 }, (_, key) => 'abcdefghijklmnopqrst'[key]! + 'z'.repeat(239));
  for (const [key, name] of names.entries())
    await put(app.ada, `${book}${name}.vcf`, plainCard(`u${key}`, `NOTE:${note}`));
  // The same names spelled in a thousand ways: bits say which of the first letters are written as escapes; the others all are.
  const spelled = (name: string, way: number) =>
    name.replaceAll(/./gu, (letter, at: number) =>
      at < 10 && ((way >> at) & 1) === 0 ? letter : `%${letter.charCodeAt(0).toString(16)}`,
    );
  const hrefs = names.flatMap((name) => Array.from({ length: 1000 }, (_, way) => `${book}${spelled(name, way)}.vcf`));
  const inner = `<D:prop><D:getetag/><C:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}`;
  const body = document('C:addressbook-multiget', inner);
  assert.ok(body.length > 10_000_000, String(body.length));
  const reads = mock.method(app.world.db, 'all');
  const ask = () => app.ada.basic(book, { method: 'REPORT', body });

  let count = 0;
  let rest = '';
  const whole = await ask();
  assert.equal(whole.status, 207);
  for await (const part of whole.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + part).split('</D:response>');
    rest = parts.pop()!;
    count += parts.length;
    for (const one of parts) assert.ok(one.includes(note));
  }
  assert.equal(count, hrefs.length);
  const needed = reads.mock.callCount();

  reads.mock.resetCalls();
  const cut = (await ask()).body!.getReader();
  await cut.read();
  await cut.cancel();
  // Answered after whatever was still to be read for the other.
  await dav(app.ada, 'GET', `${book}${names[0]!}.vcf`);
  assert.ok(reads.mock.callCount() < needed / 2, `${reads.mock.callCount()} of ${needed}`);
  assert.deepEqual(app.faults, []);
});

test('where an account may have few cards, more than ten megabytes of addresses are not even read', async () => {
  await using app = await createTestApp({ environment: { COTERIE_MAX_CARDS_PER_ACCOUNT: '1000' } });
  const book = await contactsOf(app.ada);
  const many = `<D:href>${book}${'a'.repeat(200)}.vcf</D:href>`.repeat(45_000);
  const reply = await report(app.ada, book, 'C:addressbook-multiget', `<D:prop><D:getetag/></D:prop>${many}`);
  assert.equal(reply.status, 413);
});

test('Depth does not matter to a multiget, and nothing is asked for by nothing: C194, C195', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  for (const headers of [{}, { Depth: '0' }, { Depth: '1' }, { Depth: 'infinity' }] as Record<string, string>[]) {
    const asked = `<D:prop>${content}</D:prop><D:href>${book}a.vcf</D:href>`;
    assert.equal((await report(app.ada, book, 'C:addressbook-multiget', asked, headers)).responses.length, 1);
  }
  const none = await report(app.ada, book, 'C:addressbook-multiget', `<D:prop>${content}</D:prop>`);
  assert.deepEqual([none.status, none.responses.length], [207, 0]);
});

test('a sync may bring the cards along, and has its level in Depth for old clients: C200, C209, C210', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const [card] = (await sync(app.ada, book, '', { prop: `<D:getetag/>${content}` })).responses;
  assert.equal(textOf(card!.found.get(C('address-data'))!), plainCard('a'));
  for (const depth of ['0', '1']) {
    const inner = '<D:sync-token/><D:prop><D:getetag/></D:prop>';
    assert.deepEqual(said(await report(app.ada, book, 'D:sync-collection', inner, { Depth: depth })), {
      'a.vcf': 'there',
    });
  }
});

test('a sync without a token element or properties is no question; of what does not change it cannot be asked: C211, C212', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const ask = (path: string, inner: string) => report(app.ada, path, 'D:sync-collection', inner);
  assert.equal((await ask(book, '<D:sync-level>1</D:sync-level><D:prop/>')).status, 400);
  assert.equal((await ask(book, '<D:sync-token/><D:sync-level>1</D:sync-level>')).status, 400);
  const refused = await ask('/dav/principals/', '<D:sync-token/><D:sync-level>1</D:sync-level><D:prop/>');
  assert.deepEqual(conditionsOf(refused), [D('supported-report')]);
});

test('a card is changed only where the folder stands as the client thinks: C213', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const old = tokenOf(await sync(app.ada, book, ''));
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const tryPut = async (condition: string) =>
    (await dav(app.ada, 'PUT', `${book}b.vcf`, { body: plainCard('b'), headers: { If: condition } })).status;
  assert.equal(await tryPut(`<${book}> (<${old}>)`), 412);
  assert.equal(await tryPut(`(<${tokenOf(await sync(app.ada, book, ''))}>)`), 201);
  const tag = (await dav(app.ada, 'GET', `${book}b.vcf`)).headers.get('etag')!;
  assert.equal(await tryPut('(["stale"])'), 412);
  assert.equal(await tryPut(`(["stale"]) (Not <urn:lock> [${tag}])`), 204);
  assert.equal(await tryPut('(<urn:uuid:some-lock>)'), 412);
  assert.equal(await tryPut('nonsense'), 400);
});

test('a home tells which folders came, changed and went: C218', async () => {
  await using app = await createTestApp();
  const home = homeOf(app.ada);
  const first = await sync(app.ada, home, '');
  assert.equal(first.responses.length, 2);
  await dav(app.ada, 'MKCOL', `${home}x/`);
  const second = await sync(app.ada, home, tokenOf(first));
  assert.deepEqual(said(second), { x: 'there' });
  await put(app.ada, `${home}x/a.vcf`, plainCard('a'));
  assert.deepEqual(said(await sync(app.ada, home, tokenOf(second))), {});
  await dav(app.ada, 'DELETE', `${home}x/`);
  assert.deepEqual(said(await sync(app.ada, home, tokenOf(second))), { x: '404' });
  const part = await sync(app.ada, home, '', { limit: 1 });
  assert.equal(Object.values(said(part)).join(), 'there,507');
  assert.equal(Object.values(said(await sync(app.ada, home, tokenOf(part)))).includes('507'), false);
  for (const wrong of ['x', `${tokenOf(first)}99`]) {
    const refused = await sync(app.ada, home, wrong);
    assert.deepEqual([refused.status, conditionsOf(refused)], [403, [D('valid-sync-token')]]);
  }
});

test('a card is added under a name of the server’s choice: C220, C221', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const made = await dav(app.ada, 'POST', book, { body: plainCard('a') });
  assert.equal(made.status, 201);
  const got = await dav(app.ada, 'GET', made.headers.get('location')!);
  assert.deepEqual([got.text, got.headers.get('etag')], [plainCard('a'), made.headers.get('etag')]);
  const again = await dav(app.ada, 'POST', book, { body: plainCard('a') });
  assert.deepEqual(conditionsOf(again), [C('no-uid-conflict')]);
  const many = await dav(app.ada, 'POST', book, { body: plainCard('b') + plainCard('c') });
  assert.deepEqual(conditionsOf(many), [C('valid-address-data')]);
});

test('an address that is spelled in two ways is answered twice, in each of them', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a@b.vcf`, plainCard('a'));
  await put(app.ada, `${book}c.vcf`, plainCard('c'));
  const bookId = book.split('/').at(-2)!;
  const ask = (at: string, names: readonly string[]) =>
    report(
      app.ada,
      at,
      'C:addressbook-multiget',
      `<D:prop><D:getetag/>${content}</D:prop>${names.map((name) => `<D:href>${at}${name}</D:href>`).join('')}`,
    );
  for (const [at, above] of [
    [book, ''],
    [`/dav/one/${app.ada.id}/all/`, `${bookId}.`],
  ] as const) {
    const names = ['a@b.vcf', 'a%40b.vcf', 'c.vcf', '%61@b.vcf', `${above}a@b.vcf`, 'none.vcf'];
    const { responses } = await ask(at, names);
    const told = responses.map(({ href, found }) => {
      const data = found.get(C('address-data'));
      return [href, data ? textOf(data) : null];
    });
    const wanted = [...new Set(names)].map((name) => [
      at + name,
      name === 'none.vcf' ? null : plainCard(name === 'c.vcf' ? 'c' : 'a'),
    ]);
    assert.deepEqual(told.toSorted(), wanted.toSorted());
  }
});

test('what is asked of a folder or a home is done only where that stands as the client thinks', async () => {
  await using app = await createTestApp();
  const home = homeOf(app.ada);
  const book = `${home}x/`;
  await dav(app.ada, 'MKCOL', book);
  const old = tokenOf(await sync(app.ada, book, ''));
  await put(app.ada, `${book}a.vcf`, plainCard('a'));
  const now = tokenOf(await sync(app.ada, book, ''));
  const note =
    '<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop><n xmlns="urn:n">1</n></D:prop></D:set></D:propertyupdate>';
  const changes = [
    ['POST', book, { body: plainCard('b') }],
    ['PROPPATCH', book, { body: note }],
    ['MOVE', book, { headers: { Destination: `${home}y/` } }],
    ['DELETE', book, {}],
    ['MKCOL', `${home}z/`, {}],
    ['PROPPATCH', home, { body: note }],
  ] as const;
  const attempt = async (
    [method, path, what]: (typeof changes)[number],
    headers: Record<string, string>,
  ): Promise<number> => {
    const given = 'headers' in what ? what.headers : {};
    return (await dav(app.ada, method, path, { ...what, headers: { ...given, ...headers } })).status;
  };
  for (const change of changes) {
    assert.equal(await attempt(change, { If: `<${book}> (<${old}>)` }), 412, change[0]);
    assert.equal(await attempt(change, { If: '(<urn:uuid:some-lock>)' }), 412, change[0]);
    if (change[0] !== 'POST') assert.equal(await attempt(change, { 'If-Match': '"tag"' }), 412, change[0]);
  }
  for (const change of changes.slice(1, 4))
    assert.equal(await attempt(change, { 'If-None-Match': '*' }), 412, change[0]);
  assert.deepEqual(said(await sync(app.ada, book, now)), {});
  const homeToken = tokenOf(await sync(app.ada, home, ''));
  assert.equal(await attempt(changes[5], { If: `(<${homeToken}>)` }), 207);
  assert.equal(await attempt(changes[4], { If: '(Not <DAV:no-lock>)', 'If-None-Match': '*' }), 201);
  assert.equal(await attempt(changes[1], { If: `(<${now}>)`, 'If-Match': '*' }), 207);
  assert.equal(await attempt(changes[0], { If: `(<${now}>)` }), 201);
});
