import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestWorld } from '../../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../../test/kit/testWorld.ts';
import { createAddressBook } from '../../addressbook/createAddressBook.ts';
import { ensureAccount } from '../../addressbook/ensureAccount.ts';
import { transact, within } from '../../change/transact.ts';
import type { Context } from '../../context.ts';
import { createPerson } from '../../principal/createPerson.ts';
import { indexWords } from '../words/indexWords.ts';
import { createCard } from '../createCard.ts';
import { queryCards } from './queryCards.ts';
import type { CardCondition, CardFilter, CardOrder } from './queryTypes.ts';

/** More than are gathered: what matches most of them is found along the index of the order. */
const size = 1_300;

type Fact = { readonly id: string; readonly index: number; readonly bookId: string };

let world: TestWorld;
let context: Context;
let books: readonly string[];
const facts: Fact[] = [];

const given = (index: number) => (index % 12 ? 'Alpha' : 'Omega');
const surname = (index: number) => `N${index % 7}`;
const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + ((index * 37) % size))).toISOString();

before(async () => {
  world = await openTestWorld();
  const { id } = await createPerson(world, { name: 'Ada', email: 'ada@demo.example' });
  context = world.as(id);
  await ensureAccount(context);
  books = [
    await createAddressBook(context, id, { name: 'Un' }),
    await createAddressBook(context, id, { name: 'Deux' }),
    await createAddressBook(context, id, { name: 'Trois' }),
  ];
  await transact(context, async (tx) => {
    for (let index = 0; index < size; index++) {
      const bookId = books[index % 40 === 0 ? 2 : index % 2]!;
      const card = await createCard(within(context, tx), bookId, {
        name: {
          components: [
            { kind: 'given', value: given(index) },
            { kind: 'surname', value: surname(index) },
          ],
        },
        ...(index % 11 ? { nicknames: { k: { name: 'Bêta' } } } : {}),
        organizations: { o: { name: index % 13 ? 'Maison du Port' : 'Port du Maison' } },
        updated: `${day(index).slice(0, 19)}Z`,
      });
      facts.push({ id: card.id, index, bookId });
    }
  });
  await indexWords(world);
});

after(() => world[Symbol.asyncDispose]());

const is = (condition: CardCondition): CardFilter => ({ operator: null, condition });

const filters: readonly (readonly [CardFilter | null | (() => CardFilter), (fact: Fact) => boolean])[] = [
  [null, () => true],
  [is({ text: 'alp' }), ({ index }) => index % 12 > 0],
  [is({ text: 'beta alp' }), ({ index }) => index % 12 > 0 && index % 11 > 0],
  [is({ organization: '"maison du port"' }), ({ index }) => index % 13 > 0],
  [is({ text: 'alpha', 'name/surname': 'n3' }), ({ index }) => index % 12 > 0 && index % 7 === 3],
  [{ operator: 'NOT', conditions: [is({ name: 'alpha' })] }, ({ index }) => index % 12 === 0],
  [
    { operator: 'OR', conditions: [is({ text: 'omega' }), is({ nickname: 'bet' })] },
    ({ index }) => index % 12 === 0 || index % 11 > 0,
  ],
  [is({ updatedAfter: day(0) }), () => true],
  [is({ kind: 'individual' }), () => true],
  [() => is({ inAddressBooks: books.slice(0, 2), text: 'alp' }), ({ index }) => index % 40 > 0 && index % 12 > 0],
  [() => is({ inAddressBook: books[2]!, text: 'alp' }), ({ index }) => index % 40 === 0 && index % 12 > 0],
];

type Key = (fact: Fact) => string;
const fileAs: Key = ({ index }) => `${surname(index)}, ${given(index)}`.toLowerCase();

/** Orders, and the keys by which a list in memory is sorted the same way. */
const orders: readonly (readonly [CardOrder, readonly (readonly [Key, 1 | -1])[]])[] = [
  [[], [[fileAs, 1]]],
  [[{ property: 'fileAs', isAscending: false }], [[fileAs, -1]]],
  [[{ property: 'updated', isAscending: false }], [[({ index }) => day(index), -1]]],
  [
    [
      { property: 'name/given', isAscending: true },
      { property: 'updated', isAscending: false },
    ],
    [
      [({ index }) => given(index), 1],
      [({ index }) => day(index), -1],
    ],
  ],
  [
    [
      { property: 'name/surname', isAscending: false },
      { property: 'name/given', isAscending: false },
    ],
    [
      [({ index }) => surname(index), -1],
      [({ index }) => given(index), -1],
    ],
  ],
];

function sorted(list: readonly Fact[], keys: readonly (readonly [Key, 1 | -1])[]): string[] {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const all = [...keys, [({ id }: Fact) => id, keys.at(-1)![1]] as const];
  return list
    .toSorted(
      (a, b) => all.map(([key, direction]) => compare(key(a), key(b)) * direction).find((result) => result !== 0) ?? 0,
    )
    .map(({ id }) => id);
}

for (const [number, [filter, matches]] of filters.entries()) {
  test(`windows, totals and places agree with a list in memory, however many match (filter ${number})`, async () => {
    for (const [order, keys] of orders) {
      const expected = sorted(facts.filter(matches), keys);
      const results = await queryCards(
        context,
        context.actor.principalId,
        typeof filter === 'function' ? filter() : filter,
        order,
      );
      assert.deepEqual(await results.slice(0, null), expected);
      assert.equal(await results.total(), expected.length);
      const places = [0, 7, Math.floor(expected.length / 2), expected.length - 1].filter(
        (place, index, all) => place >= 0 && all.indexOf(place) === index,
      );
      for (const place of places) {
        assert.deepEqual(await results.slice(place, 5), expected.slice(place, place + 5));
        assert.equal(await results.indexOf(expected[place]!), place);
      }
      const some = places.map((index) => ({ id: expected[index]!, index })).sort((a, b) => a.index - b.index);
      const others = facts
        .filter((fact) => !matches(fact))
        .slice(0, 3)
        .map(({ id }) => id);
      assert.deepEqual(await results.indexesOf([...some.map(({ id }) => id).reverse(), ...others]), some);
      assert.equal((await results.indexesOf(expected.slice(0, 40))).length, Math.min(40, expected.length));
      assert.equal(await results.indexOf(others[0] ?? 'nobody'), -1);
    }
  });
}
