import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkCards } from '../../../src/core/card/checkCards.ts';
import { renewTexts } from '../../../src/core/card/words/renewTexts.ts';
import { childOf, textOf } from '../../../src/lib/xml/xmlElement.ts';
import { C, contactsOf, D, dav, document, hrefIn, namesIn, propfind } from '../../kit/dav.ts';
import type { DavReply } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const cards: Readonly<Record<string, readonly string[]>> = {
  ada: [
    'FN:Ada',
    'N:Doe;Jane;;;',
    'EMAIL;TYPE=home:x@example.org',
    'EMAIL;TYPE=work:y@other.example',
    'NOTE:Doe\\, John',
  ],
  ben: ['FN:Ben', 'N:B;Ben;;;', 'TEL;TYPE="voice,home":1', 'item1.URL:https://one.example', 'NICKNAME:me'],
  eve: [
    'FN:Évé',
    'N:É;Évé;;;',
    'ORG:100%_eve',
    'TITLE:A_%',
    'TEL:2',
    'EMAIL:eve@example.org',
    'X-ODD;X-PARAM="a, b":ß',
  ],
};

async function fill(person: Person): Promise<string> {
  const listed = await propfind(person, `/dav/addressbooks/${person.id}/`, 1, [D('resourcetype')]);
  const book = listed.responses.find((response) =>
    namesIn(response, D('resourcetype')).includes(C('addressbook')),
  )!.href;
  for (const [uid, lines] of Object.entries(cards)) {
    const body = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');
    const put = await dav(person, 'PUT', `${book}${uid}.vcf`, { body });
    assert.equal(put.status, 201, put.text);
  }
  return book;
}

function query(
  person: Person,
  path: string,
  filter: string,
  { prop = '<D:getetag/>', rest = '' } = {},
): Promise<DavReply> {
  return dav(person, 'REPORT', path, {
    body: `<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop>${prop}</D:prop>${filter}${rest}</C:addressbook-query>`,
    headers: { Depth: '1' },
  });
}

const found = ({ responses }: DavReply) =>
  responses.map(({ href }) => href.split('/').at(-1)!.replace('.vcf', '')).join(' ');
const text = (value: string, attributes = '') => `<C:text-match ${attributes}>${value}</C:text-match>`;
const prop = (name: string, inner = '', attributes = '') =>
  `<C:prop-filter name="${name}" ${attributes}>${inner}</C:prop-filter>`;
const param = (name: string, inner = '') => `<C:param-filter name="${name}">${inner}</C:param-filter>`;
const filter = (inner: string, attributes = '') => `<C:filter ${attributes}>${inner}</C:filter>`;
const absent = '<C:is-not-defined/>';

/** What is asked, and the cards that are the answer. */
const vectors: readonly [what: string, filter: string, expected: string][] = [
  ['no filter', '', 'ada ben eve'],
  ['an empty filter', filter(''), 'ada ben eve'],
  ['signs that mean something to databases mean themselves', filter(prop('ORG', text('0%_E'))), 'eve'],
  ['and nothing else: a percent sign', filter(prop('ORG', text('1%e'))), ''],
  ['and nothing else: a low line', filter(prop('ORG', text('_e'))), 'eve'],
  ['also where all properties are looked at', filter(prop('TITLE', text('a_%'))), 'eve'],
  ['a text longer than any', filter(prop('ORG', text('m'.repeat(60_000)))), ''],
  ['a property that is there', filter(prop('EMAIL')), 'ada eve'],
  ['a property that is not there', filter(prop('email', absent)), 'ben'],
  ['one of two conditions by default', filter(prop('FN', text('ben')) + prop('EMAIL', text('eve'))), 'ben eve'],
  ['both of two conditions', filter(prop('FN', text('v')) + prop('EMAIL', text('eve')), 'test="allof"'), 'eve'],
  [
    'all on one line',
    filter(prop('EMAIL', text('example.org') + param('TYPE', text('work', 'match-type="equals"')), 'test="allof"')),
    '',
  ],
  [
    'any on one line',
    filter(prop('EMAIL', text('nowhere') + param('TYPE', text('work', 'match-type="equals"')))),
    'ada',
  ],
  [
    'a negation matches one line of several',
    filter(prop('EMAIL', text('example.org', 'negate-condition="yes"'))),
    'ada',
  ],
  ['a negation does not match what is not there', filter(prop('NICKNAME', text('x', 'negate-condition="yes"'))), 'ben'],
  ['one of several types in one value', filter(prop('TEL', param('type', text('HOME', 'match-type="equals"')))), 'ben'],
  ['a parameter that is not there', filter(prop('TEL', param('TYPE', absent))), 'eve'],
  [
    'a parameter with comma and space',
    filter(prop('X-ODD', param('X-PARAM', text('a, b', 'match-type="equals"')))),
    'eve',
  ],
  ['only that group', filter(prop('item1.URL')), 'ben'],
  ['not another group', filter(prop('item2.URL')), ''],
  ['any group', filter(prop('URL')), 'ben'],
  ['the value without its escapes', filter(prop('NOTE', text('Doe, John', 'match-type="equals"'))), 'ada'],
  ['a structured value as it is written', filter(prop('N', text('Doe;Jane;;;', 'match-type="equals"'))), 'ada'],
  ['case in all scripts', filter(prop('FN', text('évé', 'match-type="equals"'))), 'eve'],
  ['an accent is a difference for equals', filter(prop('FN', text('eve', 'match-type="equals"'))), ''],
  ['and none for the decomposed beginning', filter(prop('FN', text('e', 'match-type="starts-with"'))), 'eve'],
  ['no letters are made of ß', filter(prop('X-ODD', text('ss'))), ''],
  ['ASCII only', filter(prop('FN', text('ÉVÉ', 'collation="i;ascii-casemap"'))), ''],
  ['the end', filter(prop('EMAIL', text('.EXAMPLE', 'match-type="ends-with" collation="i;ascii-casemap"'))), 'ada'],
  ['uid and version', filter(prop('UID', text('ada')) + prop('VERSION', text('3.0')), 'test="allof"'), 'ada'],
];

describe('a query finds what RFC 6352 says', () => {
  let app: TestApp;
  let book: string;

  before(async () => {
    app = await createTestApp();
    book = await fill(app.ada);
  });
  after(() => app.close());

  for (const [what, asked, expected] of vectors) {
    test(`what a query finds: ${what}`, async () => {
      const reply = await query(app.ada, book, asked);
      assert.equal(reply.status, 207);
      assert.equal(found(reply), expected);
    });
  }
});

test('a card is found however its lines end and go on', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:u', 'FN:Zoé Luth', 'N:Luth;Zoé;;;', 'NOTE:Alto et', '  violon'];
  const soft = ['ORG;ENCODING=QUOTED-PRINTABLE:Orchestre de=', 'chambre', 'END:VCARD', ''];
  for (const [index, end] of ['\r\n', '\n', '\r', '\r\r\n'].entries()) {
    const uri = `${index}.vcf`;
    const body = [...lines, ...soft].join(end).replace('UID:u', `UID:u${index}`);
    assert.equal((await dav(app.ada, 'PUT', `${book}${uri}`, { body })).status, 201);
    for (const [name, wanted] of [
      ['FN', 'zoé l'],
      ['NOTE', 'et violon'],
      ['ORG', 'dechambre'],
    ] as const) {
      const reply = await query(app.ada, book, filter(prop(name, text(wanted))));
      assert.ok(found(reply).split(' ').includes(String(index)), `${name} with ${JSON.stringify(end)}`);
    }
  }
});

test('cards that an earlier version kept, whose lines end and go on in odd ways, are found once they have been looked at', async () => {
  await using app = await createTestApp();
  const { db } = app.world;
  const book = await contactsOf(app.ada);
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:u', 'FN:Zoé Luth', 'N:Luth;Zoé;;;', 'END:VCARD', ''];
  const odd = {
    lone: lines.join('\r'),
    doubled: lines.join('\r\r\n'),
    soft: lines.toSpliced(5, 0, 'ORG;ENCODING=QUOTED-PRINTABLE:Orchestre de=', 'chambre').join('\r\n'),
    within: lines.toSpliced(5, 0, 'AGENT:BEGIN:VCARD\\nFN:Max\\nEND:VCARD').join('\r\n'),
  };
  for (const [uid, vcard] of Object.entries(odd))
    await dav(app.ada, 'PUT', `${book}${uid}.vcf`, { body: vcard.replace('UID:u', `UID:${uid}`) });
  // Enough of them that their texts are kept at hand.
  const many = Array.from({ length: 210 }, (_, index) => `m${index}`);
  for (const uid of many)
    await dav(app.ada, 'PUT', `${book}${uid}.vcf`, { body: lines.join('\r\n').replace('UID:u', `UID:${uid}`) });
  await db.transaction(async (tx) => {
    const ids = tx.build.selectFrom('card').select('id').where('uid', 'in', Object.keys(odd));
    for (const table of ['card_text', 'card_brief'] as const)
      await tx.run(tx.build.updateTable(table).set({ text: 'x' }).where('card_id', 'in', ids));
  });
  const oddOnes = async () =>
    found(await query(app.ada, book, filter(prop('FN', text('zoé l')))))
      .split(' ')
      .filter((name) => Object.hasOwn(odd, name))
      .toSorted();
  assert.deepEqual(await oddOnes(), []);
  await renewTexts(app.world);
  assert.deepEqual(await oddOnes(), Object.keys(odd).toSorted());
  assert.deepEqual(await checkCards(app.world, () => {}), []);
});

test('what cannot be asked is refused by its condition: C035, C165, C179, C182', async () => {
  await using app = await createTestApp();
  const book = await fill(app.ada);
  const collation = await query(app.ada, book, filter(prop('FN', text('a', 'collation="i;klingon"'))));
  assert.deepEqual([collation.status, collation.text.includes('supported-collation')], [403, true]);
  for (const wrong of [
    filter(prop('FN', text('a', 'match-type="like"'))),
    filter('') + filter(''),
    filter('', 'test="some"'),
  ])
    assert.equal((await query(app.ada, book, wrong)).status, 400);
  const asJson = await query(app.ada, book, '', { prop: '<C:address-data content-type="application/vcard+json"/>' });
  assert.deepEqual([asJson.status, asJson.text.includes('supported-address-data')], [403, true]);
});

test('a limit tells what was found and that there is more: C177', async () => {
  await using app = await createTestApp();
  const book = await fill(app.ada);
  const reply = await query(app.ada, book, '', { rest: '<C:limit><C:nresults>1</C:nresults></C:limit>' });
  assert.deepEqual(
    reply.responses.map(({ href, status }) => [href.endsWith('/'), status]),
    [
      [false, null],
      [true, 'HTTP/1.1 507 Insufficient Storage'],
    ],
  );
});

test('parts of cards are cards: C178, C185', async () => {
  await using app = await createTestApp();
  const book = await fill(app.ada);
  const props = ['VERSION', 'UID', 'NICKNAME', 'EMAIL', 'FN'].map((name) => `<C:prop name="${name}"/>`).join('');
  const reply = await query(app.ada, book, filter(prop('NICKNAME', text('me', 'match-type="equals"'))), {
    prop: `<D:getetag/><C:address-data>${props}</C:address-data>`,
  });
  assert.equal(
    textOf(reply.responses[0]!.found.get(C('address-data'))!),
    ['BEGIN:VCARD', 'VERSION:3.0', 'UID:ben', 'FN:Ben', 'N:B;Ben;;;', 'NICKNAME:me', 'END:VCARD', ''].join('\r\n'),
  );
});

test('a property may be asked for without its value: its name and parameters come, and what every card has', async () => {
  await using app = await createTestApp();
  const book = await fill(app.ada);
  const props = '<C:prop name="EMAIL" novalue="yes"/><C:prop name="NOTE" novalue="no"/>';
  const asked = `<C:address-data>${props}</C:address-data>`;
  const told = [
    await query(app.ada, book, filter(prop('FN', text('ada'))), { prop: asked }),
    await dav(app.ada, 'REPORT', book, {
      body: document('C:addressbook-multiget', `<D:prop>${asked}</D:prop><D:href>${book}ada.vcf</D:href>`),
    }),
  ];
  const lines = [
    'UID:ada',
    'FN:Ada',
    'N:Doe;Jane;;;',
    'EMAIL;TYPE=home:',
    'EMAIL;TYPE=work:',
    String.raw`NOTE:Doe\, John`,
  ];
  for (const reply of told)
    assert.equal(
      textOf(reply.responses[0]!.found.get(C('address-data'))!),
      ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n'),
    );
});

test('one card can be asked, too: C180; a home cannot: C181', async () => {
  await using app = await createTestApp();
  const book = await fill(app.ada);
  assert.equal(found(await query(app.ada, `${book}ada.vcf`, filter(prop('FN', text('ada'))))), 'ada');
  assert.equal(found(await query(app.ada, `${book}ada.vcf`, filter(prop('FN', text('ben'))))), '');
  const home = await query(app.ada, `/dav/addressbooks/${app.ada.id}/`, '');
  assert.ok(childOf(home.root!, D('supported-report')));
});

test('people are found by name and address, nobody by nothing', async () => {
  await using app = await createTestApp();
  const search = (match: string) =>
    dav(app.ada, 'REPORT', '/dav/principals/', {
      body: `<D:principal-property-search xmlns:D="DAV:"><D:property-search><D:prop><D:displayname/></D:prop><D:match>${match}</D:match></D:property-search><D:prop><D:displayname/></D:prop></D:principal-property-search>`,
    });
  assert.deepEqual(
    (await search('ben')).responses.map(({ href }) => href),
    [`/dav/principals/${app.ben.id}/`],
  );
  assert.deepEqual((await search('')).responses, []);
});

test('hrefs in properties are expanded', async () => {
  await using app = await createTestApp();
  const reply = await dav(app.ada, 'REPORT', '/dav/', {
    body: `<D:expand-property xmlns:D="DAV:"><D:property name="current-user-principal"><D:property name="displayname"/><D:property name="addressbook-home-set" namespace="urn:ietf:params:xml:ns:carddav"/></D:property></D:expand-property>`,
  });
  const inside = reply.responses[0]!.found.get(D('current-user-principal'))!;
  assert.match(reply.text, new RegExp(`<D:displayname>${app.ada.name}</D:displayname>`));
  assert.equal(textOf(childOf(childOf(inside, D('response'))!, D('href'))!), `/dav/principals/${app.ada.id}/`);
  assert.equal(hrefIn(reply.responses[0], D('current-user-principal')), undefined);
});

test('a property that can have no such name is refused, whatever would become of it in the answer', async () => {
  await using app = await createTestApp();
  for (const wrong of ['name="a b"', 'name="x/&gt;&lt;y"', 'name="1a"', 'name="a:b"', 'name="a" namespace="urn:}x"']) {
    const body = `<D:expand-property xmlns:D="DAV:"><D:property ${wrong}/></D:expand-property>`;
    assert.equal((await dav(app.ada, 'REPORT', '/dav/', { body })).status, 400, wrong);
  }
  const body = '<D:expand-property xmlns:D="DAV:"><D:property name="été-1.x" namespace=""/></D:expand-property>';
  assert.deepEqual([...(await dav(app.ada, 'REPORT', '/dav/', { body })).responses[0]!.refused.keys()], ['été-1.x']);
});
