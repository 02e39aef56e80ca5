import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isPostgres } from '../../../test/kit/testDatabase.ts';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import { createAddressBook } from '../addressbook/createAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { createCard } from '../card/createCard.ts';
import { queryCards } from '../card/query/queryCards.ts';
import type { CardOrder } from '../card/query/queryTypes.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { createPerson } from '../principal/createPerson.ts';

/** More than are gathered and more than are walked along, of each kind. */
const ofEach = 1_010;
let world: TestWorld;
let context: Context;

before(async () => {
  world = await openTestWorld();
  const { id } = await createPerson(world, { name: 'Ada', email: 'ada@demo.example' });
  context = world.as(id);
  await ensureAccount(context);
  const bookId = await createAddressBook(context, id, { name: 'Un' });
  await transact(context, async (tx) => {
    for (let index = 0; index < 2 * ofEach; index++) {
      const surname = `${index % 2 ? 'Bernard' : 'Martin'}${String(index).padStart(5, '0')}`;
      await createCard(within(context, tx), bookId, { name: { components: [{ kind: 'surname', value: surname }] } });
    }
  });
});
after(() => world[Symbol.asyncDispose]());

test('of cards that stand far behind, the first page is found without asking all that stand before them', async () => {
  for (const [name, isAscending] of [
    ['mar', true],
    ['ber', true],
    ['ber', false],
    ['mar', false],
  ] as const) {
    const order: CardOrder = [{ property: 'fileAs', isAscending }];
    let asked = 0;
    const all: Context['db']['all'] = async (query) => {
      const { sql } = 'compile' in query ? query.compile() : query;
      if (sql.includes('EXISTS')) asked += 1;
      if (sql.includes('EXISTS') && !isPostgres) {
        const plan = await context.db.all({
          compile: () => ({ ...('compile' in query ? query.compile() : query), sql: `EXPLAIN QUERY PLAN ${sql}` }),
        } as typeof query);
        assert.match(JSON.stringify(plan), /card_by_account \(account_id=\? AND \(file_as_key,id\)[<>]/u);
      }
      return context.db.all(query);
    };
    const as = { ...context, db: { ...context.db, all } };
    const filter = { operator: null, condition: { 'name/surname': name } } as const;
    const page = await (await queryCards(as, context.actor.principalId, filter, order)).slice(3, 50);
    const fresh = await transact(context, async (tx) =>
      (await queryCards(within(context, tx), context.actor.principalId, filter, order)).slice(0, null),
    );
    assert.equal(fresh.length, ofEach);
    assert.deepEqual(page, fresh.slice(3, 53), `${name} ${isAscending}`);
    // Once those of a name are listed, nobody is asked.
    if (asked > 0) assert.equal(asked, 1);
  }
});
