/** Tags: cards are found by them, each reader sees those of what they may read, and colours are one's own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { create, destroy, folder, list, refusal, shareAccepted, update } from '../../kit/calls.ts';
import { dav } from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let open = '';
let secret = '';
let press = '';

before(async () => {
  app = await createTestApp();
  open = await folder(app.ada, 'Ouvert');
  secret = await folder(app.ada, 'Réservé');
  press = await tagged(open, 'Anne', 'Presse', 'Élus, maires');
  await tagged(open, 'Bruno', 'Presse');
  await tagged(secret, 'Carole', 'Presse', 'Confidentiel');
  await shareAccepted(app.ada, open, app.ben, 'manager');
});
after(() => app.close());

function tagged(bookId: string, name: string, ...keywords: string[]): Promise<string> {
  return create(app.ada, 'ContactCard', {
    name: { full: name },
    keywords: Object.fromEntries(keywords.map((keyword) => [keyword, true])),
    addressBookIds: { [bookId]: true },
  });
}

const found = async (person: typeof app.ada, filter: object, accountId = app.ada.id) => [
  ...(await person.call('ContactCard/query', { accountId, filter }))['ids']!,
];
const known = async (person: typeof app.ada, args: object = {}) =>
  Object.fromEntries(
    [...(await person.call('Keyword/query', { accountId: app.ada.id, ...args }))['list']!].map((one) => [
      one['keyword'],
      Number(one['count']),
    ]),
  );

test('cards are found by one of their keywords, exactly', async () => {
  assert.equal((await found(app.ada, { hasKeyword: 'Presse' })).length, 3);
  assert.deepEqual(await found(app.ada, { hasKeyword: 'Élus, maires' }), [press]);
  assert.deepEqual(await found(app.ada, { hasKeyword: 'press' }), []);
  assert.equal((await found(app.ada, { hasKeyword: 'Presse', inAddressBook: secret })).length, 1);
  const not = { operator: 'NOT', conditions: [{ hasKeyword: 'Presse' }] };
  assert.deepEqual(await found(app.ada, { operator: 'AND', conditions: [not, { inAddressBook: open }] }), []);
  assert.deepEqual(await found(app.ada, { hasKeyword: 'Presse' }, 'directory'), []);
});

test('each reader is told the keywords of what they may read, the most used first', async () => {
  assert.deepEqual(await known(app.ada), { Presse: 3, Confidentiel: 1, 'Élus, maires': 1 });
  assert.deepEqual(await known(app.ben), { Presse: 2, 'Élus, maires': 1 });
  assert.deepEqual(await known(app.ben, { addressBookIds: [secret] }), {});
  assert.equal((await found(app.ben, { hasKeyword: 'Confidentiel' })).length, 0);
});

test('a keyword that is taken away, or whose card is deleted, is no longer known', async () => {
  const id = await tagged(open, 'Denis', 'Bref');
  assert.equal((await known(app.ada))['Bref'], 1);
  await update(app.ada, 'ContactCard', id, { 'keywords/Bref': null, 'keywords/Long': true });
  assert.deepEqual([await found(app.ada, { hasKeyword: 'Bref' }), (await known(app.ada))['Bref']], [[], undefined]);
  assert.equal((await known(app.ada))['Long'], 1);
  await destroy(app.ada, 'ContactCard', id);
  assert.equal((await known(app.ada))['Long'], undefined);
});

test('keywords are the categories of CardDAV', async () => {
  const href = `/dav/addressbooks/${app.ada.id}/ski/`;
  assert.equal((await dav(app.ada, 'MKCOL', href)).status, 201);
  const body =
    'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:cat\r\nFN:Éric\r\nN:Éric;;;;\r\nCATEGORIES:Ski,Mer\\, plage\r\nEND:VCARD\r\n';
  assert.equal((await dav(app.ada, 'PUT', `${href}cat.vcf`, { body })).status, 201);
  assert.equal((await found(app.ada, { hasKeyword: 'Mer, plage' })).length, 1);
});

test('colours of keywords are one’s own, and only real colours', async () => {
  await update(app.ada, 'Preferences', 'singleton', { keywordColors: { Presse: 'red', Ski: '#AABBCC' } });
  const colors = async (person: typeof app.ada) => (await list(person, 'Preferences'))[0]!['keywordColors'];
  assert.deepEqual(await colors(app.ada), { Presse: 'red', Ski: '#aabbcc' });
  assert.deepEqual(await colors(app.ben), {});
  await update(app.ada, 'Preferences', 'singleton', { 'keywordColors/Ski': null });
  assert.deepEqual(await colors(app.ada), { Presse: 'red' });
  for (const wrong of [{ Presse: 'beige' }, { Presse: 1 }, ['red'], { '': 'red' }]) {
    const error = await refusal(app.ada, 'Preferences/set', { update: { singleton: { keywordColors: wrong } } });
    assert.equal(error['type'], 'invalidProperties');
  }
});

test('a name is put in its place by what it is sorted as', async () => {
  const book = await folder(app.ada, 'Ordre');
  const named = (given: string, surname: string, sortAs?: string) =>
    create(app.ada, 'ContactCard', {
      name: {
        components: [
          { kind: 'given', value: given },
          { kind: 'surname', value: surname },
        ],
        ...(sortAs ? { sortAs: { surname: sortAs } } : {}),
      },
      addressBookIds: { [book]: true },
    });
  const [berg, zola, adam] = [
    await named('Jan', 'van der Berg', 'Berg'),
    await named('Émile', 'Zola'),
    await named('Marie', 'Adam'),
  ];
  const ids = [...(await app.ada.call('ContactCard/query', { filter: { inAddressBook: book } }))['ids']!];
  assert.deepEqual(ids, [adam, berg, zola]);
  assert.deepEqual(await found(app.ada, { inAddressBook: book, nameStartsWith: 'B' }), [berg]);
  const [shown] = await list(app.ada, 'ContactCard', { ids: [berg] });
  assert.equal(shown!['fileAs'], 'van der Berg, Jan');
});
