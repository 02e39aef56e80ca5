import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import { cardsById } from './findCards.ts';

test('many cards are found by their ids, however many others the account has', async () => {
  await using world = await openTestWorld();
  const ids = Array.from({ length: 500 }, (_, index) => `c${index}`);
  const { sql, parameters, query } = cardsById(world.db, { accountId: 'p1', ids });
  const plan = await world.db.all<{ detail: string }>({
    sql: `EXPLAIN QUERY PLAN ${sql}`,
    parameters,
    query,
    queryId: { queryId: 'plan' },
  });
  assert.deepEqual(
    plan.map(({ detail }) => detail),
    ['SEARCH card USING INDEX sqlite_autoindex_card_1 (id=?)'],
  );
});
