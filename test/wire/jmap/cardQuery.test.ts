import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { indexWords } from '../../../src/core/card/words/indexWords.ts';
import { card, create, destroy, folder, shareAccepted, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
const ids = new Map<string, string>();
let work: string;
let home: string;

const contacts: Readonly<Record<string, object>> = {
  jean: {
    name: {
      components: [
        { kind: 'title', value: 'Dr' },
        { kind: 'given', value: 'Jean-Pierre' },
        { kind: 'surname', value: 'Lefèvre' },
        { kind: 'surname2', value: 'Ruiz' },
      ],
      isOrdered: true,
    },
    nicknames: { k: { name: 'JP le Grand' } },
    organizations: { o: { name: 'Éditions du Port', units: [{ name: 'Fabrication' }] } },
    emails: { e: { address: 'jp.lefevre@port.example', label: 'Secrétariat' } },
    phones: { p: { number: '+33 6 39 98 12 34', label: 'Atelier' } },
    onlineServices: {
      s: { service: 'Mastodon', user: '@jp@port.example', uri: 'https://social.example/jp', label: 'Public' },
    },
    addresses: {
      a: {
        components: [
          { kind: 'number', value: '12' },
          { kind: 'name', value: 'quai de la Paix' },
          { kind: 'locality', value: 'Brest' },
        ],
      },
    },
    notes: { n: { note: 'Aime « la mer calme » et dit "bonjour toi" souvent.' } },
    titles: { t: { name: 'Directeur' } },
    created: '2024-01-10T08:00:00Z',
    updated: '2025-01-10T08:00:00Z',
  },
  anne: {
    name: {
      full: 'Anne Martin',
      components: [
        { kind: 'given', value: 'Anne' },
        { kind: 'surname', value: 'Martin' },
      ],
    },
    organizations: { o: { name: 'Port de Brest' } },
    emails: { e: { address: 'anne@martin.example' }, f: { address: 'port@jean.example' } },
    phones: { p: { number: '03 53 01 45 67' } },
    addresses: { a: { full: '3 rue Lefèvre, Lorient' } },
    created: '2024-02-10T08:00:00Z',
    updated: '2025-03-10T08:00:00Z',
  },
  martin: {
    name: {
      full: 'Martin Anne',
      components: [
        { kind: 'given', value: 'Martin' },
        { kind: 'surname', value: 'Anne' },
      ],
    },
    created: '2024-03-10T08:00:00Z',
    updated: '2025-02-10T08:00:00Z',
  },
  team: {
    kind: 'group',
    uid: 'team',
    name: { full: 'Équipe' },
    members: { 'urn:uuid:x': true, zoé: true },
    created: '2024-04-10T08:00:00Z',
    updated: '2025-04-10T08:00:00Z',
  },
};

before(async () => {
  app = await createTestApp();
  work = await folder(app.ada, 'Travail');
  home = await folder(app.ada, 'Maison');
  for (const [key, value] of Object.entries(contacts)) {
    const bookId = key === 'martin' ? home : work;
    ids.set(key, await create(app.ada, 'ContactCard', { ...value, addressBookIds: { [bookId]: true } }));
    // The others wait for the index, and are found all the same.
    if (ids.size === 2) await indexWords(app.world);
  }
});

after(() => app.close());

/** The names of what is found, in the order of the answer. */
async function found(filter: object | null, more: object = {}, person = app.ada): Promise<string[]> {
  const result = await person.call('ContactCard/query', { accountId: app.ada.id, filter, ...more });
  assert.ok(result['ids'], JSON.stringify(result));
  const names = new Map([...ids].map(([key, id]) => [id, key]));
  return [...result['ids']].map((id) => names.get(id) ?? id);
}

const everybody = ['anne', 'jean', 'martin', 'team'];

/** What is asked, in groups of a kind, and who is found. */
const questions: readonly [
  what: string,
  rows: readonly (readonly [filter: object | null, expected: readonly string[]])[],
][] = [
  [
    'everybody, when nothing is asked',
    [
      [null, everybody],
      [{}, everybody],
    ],
  ],
  [
    'what stands in the property that is asked',
    [
      [{ name: 'lefevre' }, ['jean']],
      [{ name: 'dr jean' }, ['jean']],
      [{ name: 'brest' }, []],
      [{ 'name/given': 'martin' }, ['martin']],
      [{ 'name/given': 'pierre' }, ['jean']],
      [{ 'name/surname': 'MARTIN' }, ['anne']],
      [{ 'name/surname2': 'ruiz' }, ['jean']],
      [{ 'name/surname2': 'lefevre' }, []],
      [{ nickname: 'grand' }, ['jean']],
      [{ organization: 'port' }, ['anne', 'jean']],
      [{ organization: 'fabrication' }, []],
      [{ email: 'port' }, ['anne', 'jean']],
      [{ email: 'jp.lefevre@port.example' }, ['jean']],
      [{ email: 'lefevre.jp@port.example' }, []],
      [{ email: 'secretariat' }, ['jean']],
      [{ email: 'jp.lef' }, ['jean']],
      [{ phone: '0639981234' }, ['jean']],
      [{ phone: '00 33 (0)6.39.98.12.34' }, ['jean']],
      [{ phone: '06 39' }, ['jean']],
      [{ phone: '+33353014567' }, ['anne']],
      [{ phone: '"03 53 01 45 67"' }, ['anne']],
      [{ phone: 'atelier' }, ['jean']],
      [{ phone: '+33 6 39' }, ['jean']],
      [{ onlineService: 'mastodon' }, ['jean']],
      [{ onlineService: 'social.example/jp' }, ['jean']],
      [{ onlineService: '@jp@port.example public' }, ['jean']],
      [{ address: 'brest' }, ['jean']],
      [{ address: '"12 quai de la paix"' }, ['jean']],
      [{ address: 'lefevre' }, ['anne']],
      [{ note: 'mer' }, ['jean']],
    ],
  ],
  [
    'words in any order, and phrases as they stand',
    [
      [{ note: '"la mer calme"' }, ['jean']],
      [{ note: '"mer la calme"' }, []],
      [{ note: String.raw`"dit \"bonjour toi\" souvent"` }, ['jean']],
      [{ note: String.raw`'dit "bonjour toi" souvent'` }, ['jean']],
      [{ text: 'fabrication' }, ['jean']],
      [{ text: 'direct' }, ['jean']],
      [{ text: 'martin anne' }, ['anne', 'martin']],
      [{ text: '"martin anne"' }, ['martin']],
      [{ text: "'Anne Martin'" }, ['anne']],
      [{ text: '"anne mart"' }, []],
      [{ text: 'brest 0639981234 jp' }, ['jean']],
      [{ text: "l'inconnu" }, []],
      [{ text: '' }, everybody],
      [{ text: '?!' }, []],
    ],
  ],
  [
    'what meets all conditions',
    [
      [{ text: 'mer', name: 'jean' }, ['jean']],
      [{ text: 'mer', name: 'anne' }, []],
    ],
  ],
  [
    'kinds, members and times as they are',
    [
      [{ uid: 'team' }, ['team']],
      [{ uid: 'TEAM' }, []],
      [{ kind: 'group' }, ['team']],
      [{ kind: 'individual' }, ['anne', 'jean', 'martin']],
      [{ kind: 'Group' }, []],
      [{ hasMember: 'zoé' }, ['team']],
      [{ hasMember: 'zo' }, []],
      [{ createdBefore: '2024-02-10T08:00:00Z' }, ['jean']],
      [{ createdAfter: '2024-03-10T08:00:00Z' }, ['martin', 'team']],
      [{ updatedBefore: '2025-02-10T08:00:00Z' }, ['jean']],
      [{ updatedAfter: '2025-03-10T08:00:00Z' }, ['anne', 'team']],
    ],
  ],
  ['nobody in a folder that is not there', [[{ inAddressBook: 'nowhere' }, []]]],
  ['names by how they begin', [[{ nameStartsWith: 'M' }, ['anne']]]],
  [
    'what operators leave, also one in another',
    [
      [{ operator: 'NOT', conditions: [{ name: 'martin' }, { kind: 'group' }] }, ['jean']],
      [{ operator: 'OR', conditions: [{ email: 'anne' }, { 'name/surname': 'anne' }] }, ['anne', 'martin']],
      [
        {
          operator: 'AND',
          conditions: [{ organization: 'port' }, { operator: 'NOT', conditions: [{ address: '"rue lefevre"' }] }],
        },
        ['jean'],
      ],
      [{ operator: 'OR', conditions: [] }, []],
      [{ operator: 'NOT', conditions: [{ text: '?!' }, { note: '"mer la calme"' }] }, everybody],
    ],
  ],
];

for (const [what, rows] of questions) {
  test(`a query finds ${what}`, async () => {
    for (const [filter, expected] of rows)
      assert.deepEqual((await found(filter)).toSorted(), expected, JSON.stringify(filter));
  });
}

test('finds what is in a folder, alone or under an operator', async () => {
  assert.deepEqual(await found({ inAddressBook: home }), ['martin']);
  assert.deepEqual(await found({ inAddressBook: home, name: 'jean' }), []);
  assert.deepEqual((await found({ operator: 'NOT', conditions: [{ inAddressBook: home }] })).toSorted(), [
    'anne',
    'jean',
    'team',
  ]);
  assert.deepEqual(
    await found({ operator: 'AND', conditions: [{ inAddressBook: home }, { inAddressBook: work }] }),
    [],
  );
  assert.deepEqual((await found({ inAddressBooks: [home, work] })).toSorted(), everybody);
});

test('sorts by every property, both ways, and by several', async () => {
  const sorted = (...sort: object[]) => found(null, { sort });
  assert.deepEqual(await sorted({ property: 'created' }), ['jean', 'anne', 'martin', 'team']);
  assert.deepEqual(await sorted({ property: 'updated', isAscending: false }), ['team', 'anne', 'martin', 'jean']);
  assert.deepEqual(await sorted({ property: 'name/given' }), ['team', 'anne', 'jean', 'martin']);
  assert.deepEqual(await sorted({ property: 'name/surname', isAscending: false }), ['anne', 'jean', 'martin', 'team']);
  assert.deepEqual(await sorted({ property: 'fileAs' }), ['martin', 'team', 'jean', 'anne']);
  assert.deepEqual(await sorted({ property: 'name/surname2' }, { property: 'created', isAscending: false }), [
    'team',
    'martin',
    'anne',
    'jean',
  ]);
  assert.deepEqual(await sorted({ property: 'name/surname2', isAscending: false }, { property: 'created' }), [
    'jean',
    'anne',
    'martin',
    'team',
  ]);
});

test('gives windows by position and by anchor, also from the end, and the total when it is asked for', async () => {
  const sort = [{ property: 'created' }];
  const query = (args: object) => app.ada.call('ContactCard/query', { sort, ...args });
  assert.deepEqual(await found(null, { sort, position: 1, limit: 2 }), ['anne', 'martin']);
  assert.deepEqual(await found(null, { sort, position: -1 }), ['team']);
  assert.deepEqual(await found(null, { sort, anchor: ids.get('martin'), anchorOffset: -1, limit: 2 }), [
    'anne',
    'martin',
  ]);
  assert.equal((await query({ anchor: ids.get('team'), anchorOffset: -9 }))['position'], 0);
  assert.equal((await query({ anchor: ids.get('jean'), filter: { name: 'anne' } }))['type'], 'anchorNotFound');
  assert.deepEqual(
    [(await query({ limit: 1, calculateTotal: true }))['total'], 'total' in (await query({}))],
    [4, false],
  );
  assert.deepEqual((await query({ position: 9, filter: { kind: 'individual' } }))['ids'], []);
  const mixed = [{ property: 'name/surname2' }, { property: 'created', isAscending: false }];
  assert.equal((await query({ sort: mixed, anchor: ids.get('anne'), limit: 0 }))['position'], 2);
});

test('says that queryChanges can follow, and refuses what it cannot look for', async () => {
  const { ada } = app;
  assert.equal((await ada.call('ContactCard/query', { filter: { text: 'x' } }))['canCalculateChanges'], true);
  const type = async (args: object) => (await ada.call('ContactCard/query', args))['type'];
  assert.equal(await type({ filter: { text: 'x'.repeat(2000) } }), 'unsupportedFilter');
  const many = Array.from({ length: 60 }, (_, index) => `w${index}`).join(' ');
  assert.equal(
    await type({ filter: { operator: 'OR', conditions: [{ text: many }, { name: many }] } }),
    'unsupportedFilter',
  );
  assert.equal(await type({ filter: { 'name/middle': 'x' } }), 'unsupportedFilter');
  assert.equal(await type({ filter: { email: 7 } }), 'invalidArguments');
  assert.equal(await type({ filter: { createdBefore: '2024-02-30T00:00:00Z' } }), 'invalidArguments');
  assert.equal(await type({ sort: [{ property: 'email' }] }), 'unsupportedSort');
});

test('a filter may list as many folders as an account has, and is refused with more', async () => {
  const folders = (count: number) => [work, ...Array.from({ length: count - 1 }, (_, index) => `f${index}`)];
  const without = (...lists: readonly string[][]) => ({
    operator: 'NOT',
    conditions: lists.map((inAddressBooks) => ({ inAddressBooks })),
  });
  assert.deepEqual(await found(without(folders(5_000))), ['martin']);
  for (const filter of [without(folders(5_001)), without(folders(2_501), folders(2_500)), without(folders(40_000))])
    assert.equal((await app.ada.call('ContactCard/query', { filter }))['type'], 'unsupportedFilter');
});

test('sees a card at once after it was made, edited, destroyed', async () => {
  const { ada } = app;
  const id = await card(ada, home, 'Zacharie Quick');
  assert.deepEqual(await found({ text: 'quick' }), [id]);
  await update(ada, 'ContactCard', id, { 'name/full': 'Zacharie Slow' });
  assert.deepEqual([await found({ text: 'quick' }), await found({ name: 'slow' })], [[], [id]]);
  await destroy(ada, 'ContactCard', id);
  assert.deepEqual(await found({ text: 'zacharie' }), []);
});

test('a sharee finds what is in the folders that were shared, and counts nothing else', async () => {
  const { ada, ben } = app;
  await shareAccepted(ada, home, ben, 'viewer');
  const query = (args: object) => ben.call('ContactCard/query', { accountId: ada.id, calculateTotal: true, ...args });
  assert.deepEqual(await found(null, {}, ben), ['martin']);
  assert.deepEqual(await found({ text: 'anne' }, {}, ben), ['martin']);
  assert.deepEqual(await found({ operator: 'NOT', conditions: [{ inAddressBook: home }] }, {}, ben), []);
  assert.deepEqual((await query({ filter: { inAddressBook: work } }))['total'], 0);
  assert.deepEqual((await query({ filter: { email: 'port' } }))['total'], 0);
  assert.equal((await query({ filter: null }))['total'], 1);
  assert.equal((await query({ anchor: ids.get('anne') }))['type'], 'anchorNotFound');
});
