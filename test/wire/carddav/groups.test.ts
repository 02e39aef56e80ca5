/** Groups of contacts through CardDAV: Apple's form in vCard 3.0, the standard's in 4.0, and both on the way in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { create, list } from '../../kit/calls.ts';
import { C, dav, report } from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let book = '';
let bookId = '';

before(async () => {
  app = await createTestApp();
  book = `/dav/addressbooks/${app.ada.id}/groupes/`;
  assert.equal((await dav(app.ada, 'MKCOL', book)).status, 201);
  bookId = (await list(app.ada, 'AddressBook')).find((one) => String(one['name']) === 'groupes')!['id']!;
});
after(() => app.close());

const someone = 'urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af';

/** The lines of a card as a client of this version is given it. */
async function linesIn(version: string, uid: string): Promise<string[]> {
  const match = `<C:filter><C:prop-filter name="UID"><C:text-match>${uid}</C:text-match></C:prop-filter></C:filter>`;
  const asked = `<D:prop><C:address-data content-type="text/vcard" version="${version}"/></D:prop>${match}`;
  const { responses } = await report(app.ada, book, 'C:addressbook-query', asked, { Depth: '1' });
  assert.equal(responses.length, 1, uid);
  return textOf(responses[0]!.found.get(C('address-data'))!).split(/\r?\n/u);
}

test('a group made by JMAP is Apple’s in 3.0 and the standard’s in 4.0, also with members whose uid is no URI', async () => {
  const members = { [someone]: true, 'plain-uid': true, 'mailto:x@demo.example': true };
  const card = { kind: 'group', uid: 'made-here', name: { full: 'Le bureau' }, members };
  await create(app.ada, 'ContactCard', { ...card, addressBookIds: { [bookId]: true } });
  const apple = await linesIn('3.0', 'made-here');
  for (const line of [
    'X-ADDRESSBOOKSERVER-KIND:group',
    `X-ADDRESSBOOKSERVER-MEMBER:${someone}`,
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:plain-uid',
    'X-ADDRESSBOOKSERVER-MEMBER:mailto:x@demo.example',
  ])
    assert.ok(apple.includes(line), apple.join('\n'));
  assert.ok(!apple.some((line) => /^(KIND|MEMBER)/u.test(line)), apple.join('\n'));
  const standard = await linesIn('4.0', 'made-here');
  for (const line of ['KIND:group', `MEMBER:${someone}`, 'MEMBER:mailto:x@demo.example'])
    assert.ok(standard.includes(line), standard.join('\n'));
  assert.equal(standard.filter((line) => line.startsWith('MEMBER')).length, 3);
});

for (const [version, kind, member] of [
  ['3.0', 'X-ADDRESSBOOKSERVER-KIND', 'X-ADDRESSBOOKSERVER-MEMBER'],
  ['4.0', 'KIND', 'MEMBER'],
] as const)
  test(`a group that a client writes in ${version} is a group with its members`, async () => {
    const uid = `from-${version}`;
    const lines = [
      'BEGIN:VCARD',
      `VERSION:${version}`,
      `UID:${uid}`,
      'FN:Équipe',
      `${kind}:group`,
      `${member}:${someone}`,
    ];
    const body = [...lines, ...(version === '3.0' ? ['N:Équipe;;;;'] : []), 'END:VCARD', ''].join('\r\n');
    assert.equal((await dav(app.ada, 'PUT', `${book}${uid}.vcf`, { body })).status, 201);
    const { ids } = await app.ada.call('ContactCard/query', { filter: { kind: 'group', hasMember: someone, uid } });
    const [group] = await list(app.ada, 'ContactCard', { ids: [...ids!] });
    assert.deepEqual([group!['kind'], group!['members']], ['group', { [someone]: true }]);
    for (const [other, as] of [
      ['3.0', 'X-ADDRESSBOOKSERVER-MEMBER'],
      ['4.0', 'MEMBER'],
    ] as const)
      assert.ok((await linesIn(other, uid)).includes(`${as}:${someone}`), `${version} as ${other}`);
  });

test('a group is found by either name of what makes it one, in whichever version it is kept', async () => {
  const home = `/dav/addressbooks/${app.ada.id}/trouvailles/`;
  await dav(app.ada, 'MKCOL', home);
  const keep = (uid: string, ...lines: string[]) =>
    dav(app.ada, 'PUT', `${home}${uid}.vcf`, {
      body: ['BEGIN:VCARD', ...lines, `UID:${uid}`, `FN:${uid}`, 'END:VCARD', ''].join('\r\n'),
    });
  const older = ['VERSION:3.0', 'N:;;;;'];
  await keep('apple', ...older, 'X-ADDRESSBOOKSERVER-KIND:group', `X-ADDRESSBOOKSERVER-MEMBER:${someone}`);
  await keep('standard', 'VERSION:4.0', 'KIND:group', `MEMBER:${someone}`);
  await keep('person', ...older);
  const found = async (name: string, inner: string) => {
    const filter = `<C:filter><C:prop-filter name="${name}">${inner}</C:prop-filter></C:filter>`;
    const { responses } = await report(app.ada, home, 'C:addressbook-query', `<D:prop/>${filter}`, { Depth: '1' });
    return responses.map(({ href }) => href.slice(home.length, -'.vcf'.length)).toSorted();
  };
  const match = (text: string) => `<C:text-match match-type="equals">${text}</C:text-match>`;
  for (const [kind, member] of [
    ['KIND', 'MEMBER'],
    ['x-addressbookserver-kind', 'X-ADDRESSBOOKSERVER-MEMBER'],
  ] as const) {
    assert.deepEqual(await found(kind, match('group')), ['apple', 'standard'], kind);
    assert.deepEqual(await found(member, match(someone)), ['apple', 'standard'], member);
    assert.deepEqual(await found(kind, '<C:is-not-defined/>'), ['person'], kind);
    assert.deepEqual(await found(kind, ''), ['apple', 'standard'], kind);
  }
});
