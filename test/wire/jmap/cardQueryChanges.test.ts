import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, card, create, destroy, folder, items, share, shareAccepted, update } from '../../kit/calls.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

/** A query whose results somebody keeps, and brings up to date as RFC 8620 §5.6 says. */
type Kept = { ids: string[]; state: string };

async function ask(person: Person, args: object): Promise<Kept> {
  const result = await person.call('ContactCard/query', args);
  return { ids: [...result['ids']!], state: result['queryState']! };
}

/** Splices out, then in, and compares the length with the total. */
function apply(kept: Kept, told: Result): Kept {
  const removed = new Set<string>(items(told['removed']));
  const ids = kept.ids.filter((id) => !removed.has(id));
  let last = -1;
  for (const { id, index } of items(told['added']) as unknown as { id: string; index: number }[]) {
    assert.ok(index > last, 'added is sorted by index');
    last = index;
    assert.ok(!ids.includes(id), 'what is added was not there, or is removed');
    ids.splice(index, 0, id);
  }
  assert.equal(ids.length, told['total']);
  return { ids, state: told['newQueryState']! };
}

async function follow(person: Person, args: object, kept: Kept): Promise<Kept | null> {
  const told = await person.call('ContactCard/queryChanges', {
    ...args,
    sinceQueryState: kept.state,
    calculateTotal: true,
  });
  if (told['type'] === 'cannotCalculateChanges') return null;
  assert.ok(told['removed'], JSON.stringify(told));
  return apply(kept, told);
}

/** Numbers by chance, the same ones every time. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const words = ['Anne', 'Béatrice', 'Anne-Laure', 'Martin', 'martinet', 'Roy', 'Zoé', 'Port', 'quai', 'Ruiz'];

const queries: readonly { readonly filter: object | null; readonly sort: readonly object[] }[] = [
  { filter: null, sort: [] },
  { filter: { text: 'an' }, sort: [{ property: 'updated', isAscending: false }] },
  { filter: { name: '"anne martin"' }, sort: [{ property: 'name/given' }] },
  {
    filter: { operator: 'NOT', conditions: [{ 'name/surname': 'mar' }] },
    sort: [{ property: 'name/surname' }, { property: 'created', isAscending: false }],
  },
  {
    filter: { operator: 'OR', conditions: [{ note: 'port' }, { email: 'roy' }] },
    sort: [{ property: 'name/surname2', isAscending: false }, { property: 'fileAs' }],
  },
];

test('a client that follows has what a new query gives, whatever happens, in its own and in a shared account', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const shared = await folder(ada, 'Partagé');
  const hidden = await folder(ada, 'Privé');
  const below = await folder(ada, 'Dessous', { parentId: shared });
  await shareAccepted(ada, shared, ben, 'manager');
  const books = [shared, hidden, below];
  const chance = chanceOf(7);
  const pick = <T>(list: readonly T[]): T => list[chance(list.length)]!;
  const lists = [ada, ben].flatMap((person) =>
    [
      ...queries,
      { filter: { inAddressBook: shared }, sort: [{ property: 'fileAs', isAscending: false }] },
      { filter: { inAddressBooks: [shared, below] }, sort: [{ property: 'updated' }] },
    ].map((query) => ({ person, args: { ...query, accountId: ada.id }, kept: null as Kept | null })),
  );
  const live: string[] = [];
  const dead: string[] = [];
  const content = () => ({
    name: {
      components: [
        { kind: 'given', value: pick(words) },
        { kind: 'surname', value: pick(words) },
        ...(chance(3) ? [] : [{ kind: 'surname2', value: pick(words) }]),
      ],
    },
    notes: { n: { note: `${pick(words)} ${pick(words)}` } },
    emails: { e: { address: `${pick(words)}@demo.example` } },
  });
  const edits: readonly (() => Promise<unknown>)[] = [
    async () => live.push(await create(ada, 'ContactCard', { ...content(), addressBookIds: { [pick(books)]: true } })),
    async () => live.length > 0 && update(ada, 'ContactCard', pick(live), content()),
    async () => live.length > 0 && update(ada, 'ContactCard', pick(live), { addressBookIds: { [pick(books)]: true } }),
    async () => {
      if (live.length < 5) return;
      const [id] = live.splice(chance(live.length), 1);
      await destroy(ada, 'ContactCard', id!);
      dead.push(id!);
    },
    async () => {
      const [id] = dead.splice(0, 1);
      if (id === undefined) return;
      await ada.call('TrashItem/restore', { ids: [id], addressBookId: pick(books) });
      live.push(id);
    },
  ];
  let followed = 0;
  for (let round = 0; round < 40; round++) {
    for (let count = round === 0 ? 40 : 1 + chance(round % 7 === 0 ? 30 : 4); count > 0; count--) {
      await edits[round === 0 ? 0 : pick([0, 1, 1, 1, 2, 3, 4])]!();
    }
    for (const list of lists) {
      const fresh = await ask(list.person, list.args);
      // Some look every time, some only now and then.
      if (list.kept !== null && chance(3) === 0) continue;
      const now: Kept | null = list.kept && (await follow(list.person, list.args, list.kept));
      if (list.kept !== null) assert.ok(now, 'the log can tell');
      if (now) followed++;
      if (now) assert.deepEqual(now, fresh, `round ${round}: ${JSON.stringify(list.args)} for ${list.person.name}`);
      list.kept = fresh;
    }
  }
  assert.ok(followed > 300);
  assert.deepEqual(app.faults, []);
});

test('one edit is one removed and one added, and nothing where the card is not concerned', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Amis');
  const [anne, roy] = [await card(ada, book, 'Anne'), await card(ada, book, 'Roy')];
  const args = { filter: { inAddressBook: book }, sort: [{ property: 'fileAs' }] };
  const { queryState: sinceQueryState } = await ada.call('ContactCard/query', args);
  const told = (more: object = {}) => ada.call('ContactCard/queryChanges', { ...args, sinceQueryState, ...more });
  assert.deepEqual([(await told())['removed'], (await told())['added']], [[], []]);
  await update(ada, 'ContactCard', anne, { 'name/full': 'Zoé' });
  const zoe = await card(ada, book, 'Béatrice');
  const result = await told();
  assert.deepEqual(result['removed'], [anne]);
  assert.deepEqual(result['added'], [
    { id: zoe, index: 0 },
    { id: anne, index: 2 },
  ]);
  assert.equal('total' in result, false);
  assert.equal((await told({ calculateTotal: true, upToId: roy }))['total'], 3);
  assert.equal((await told({ maxChanges: 2 }))['type'], 'tooManyChanges');
  assert.equal((await told({ maxChanges: 3 }))['type'], undefined);
});

test('states that were never given out, and those of before a change of access, cannot be followed', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [book, second] = [await folder(ada, 'Amis'), await folder(ada, 'Voisins')];
  await card(ada, book, 'Anne');
  await shareAccepted(ada, book, ben, 'viewer');
  const args = { accountId: ada.id, filter: null, sort: [] };
  const first = await ask(ben, args);
  for (const sinceQueryState of ['x', '999999', '1-0', '', `${first.state}0`]) {
    for (const person of [ada, ben]) {
      const told = await person.call('ContactCard/queryChanges', { ...args, sinceQueryState });
      assert.equal(told['type'], 'cannotCalculateChanges', `${person.name} ${sinceQueryState}`);
    }
  }
  await card(ada, second, 'Béatrice');
  assert.deepEqual((await ask(ben, args)).state, first.state, 'what happens elsewhere does not move the state');
  await share(ada, second, ben, 'viewer');
  await answer(ben, second, 'accepted');
  assert.equal(await follow(ben, args, first), null);
  const both = await ask(ben, args);
  assert.equal(both.ids.length, 2);
  await folder(ada, 'Nord', { parentId: second });
  assert.equal(await follow(ben, args, both), null, 'there is one folder more to look into');
});

test('a share that ended by the clock is seen before any job has cleaned up', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [book, other] = [await folder(ada, 'Amis'), await folder(ada, 'Voisins')];
  await card(ada, book, 'Anne');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await share(ada, book, ben, 'viewer', { expiresAt });
  await share(ada, other, ben, 'viewer');
  const args = { accountId: ada.id, filter: null, sort: [] };
  const kept = await ask(ben, args);
  assert.equal(kept.ids.length, 1);
  app.clock.advance(7_200_000);
  await ben.signIn();
  assert.equal(await follow(ben, args, kept), null);
  assert.deepEqual((await ask(ben, args)).ids, []);
});
