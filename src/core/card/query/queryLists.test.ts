import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestWorld } from '../../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../../test/kit/testWorld.ts';
import { createAddressBook } from '../../addressbook/createAddressBook.ts';
import { ensureAccount } from '../../addressbook/ensureAccount.ts';
import { transact, within } from '../../change/transact.ts';
import type { Context } from '../../context.ts';
import { createPerson } from '../../principal/createPerson.ts';
import { createCard } from '../createCard.ts';
import { destroyCard } from '../destroyCard.ts';
import { queryCards } from './queryCards.ts';
import type { CardOrder } from './queryTypes.ts';
import { updateCard } from '../updateCard.ts';

const size = 1_200;
const orders: readonly CardOrder[] = [
  [{ property: 'fileAs', isAscending: true }],
  [{ property: 'fileAs', isAscending: false }],
  [
    { property: 'name/given', isAscending: true },
    { property: 'created', isAscending: false },
  ],
];
let world: TestWorld;
let context: Context;
let bookId: string;

const named = (number: number) => ({ name: { full: `Nom ${String(number).padStart(5, '0')}` } });
const query = (order: CardOrder, text?: string, as = context) =>
  queryCards(as, context.actor.principalId, text === undefined ? null : { operator: null, condition: { text } }, order);

before(async () => {
  world = await openTestWorld();
  const { id } = await createPerson(world, { name: 'Ada', email: 'ada@demo.example' });
  context = world.as(id);
  await ensureAccount(context);
  bookId = await createAddressBook(context, id, { name: 'Un' });
  await transact(context, async (tx) => {
    for (let index = 0; index < size; index++) await createCard(within(context, tx), bookId, named(index * 2));
  });
});
after(() => world[Symbol.asyncDispose]());

/** Looks at pages here and there, so that their places are known; each must be what the whole list says. */
async function agrees(): Promise<void> {
  for (const order of orders) {
    for (const text of [undefined, 'nom']) {
      const whole = await (await query(order, text)).slice(0, null);
      for (const offset of [900, 300, 301, 950, 40, whole.length - 10, whole.length + 5]) {
        assert.deepEqual(await (await query(order, text)).slice(offset, 20), whole.slice(offset, offset + 20));
      }
      for (const at of [5, 500, 919, 301]) assert.equal(await (await query(order, text)).indexOf(whole[at]!), at);
      assert.equal(await (await query(order, text)).total(), whole.length);
    }
  }
}

test('pages, places and totals are right when they are asked for again', async () => {
  await agrees();
  await agrees();
});

test('a card that comes, goes or is renamed moves what was known of the others', async () => {
  await agrees();
  const { id } = await createCard(context, bookId, named(1));
  await agrees();
  await updateCard(context, { cardId: id }, (card) => ({
    card: { ...card.content, ...named(1_501) },
    bookId: card.addressBookId,
  }));
  await agrees();
  await destroyCard(context, { cardId: id });
  await agrees();
});

test('what a transaction has written is seen in it, and what it takes back is not remembered', async () => {
  await agrees();
  const order = orders[0]!;
  const before_ = await (await query(order)).slice(600, 20);
  const taken = transact(context, async (tx) => {
    const inside = within(context, tx);
    await createCard(inside, bookId, named(3));
    assert.notDeepEqual(await (await query(order, undefined, inside)).slice(600, 20), before_);
    throw new Error('taken back');
  });
  await assert.rejects(taken, /taken back/u);
  assert.deepEqual(await (await query(order)).slice(600, 20), before_);
  await agrees();
});
