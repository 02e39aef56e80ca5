import { sql } from 'kysely';
import type { Reader } from '../../../db/database.ts';
import type { Context } from '../../context.ts';
import { filterTest } from './queryConditions.ts';
import { orderOf } from './queryOrder.ts';
import type { Order } from './queryOrder.ts';
import { placesOf } from './queryPlaces.ts';
import { inScope, scopeOf, withoutBooks } from './queryScope.ts';
import type { Scope } from './queryScope.ts';
import { always } from './queryTests.ts';
import type { CardFilter, CardOrder, CardResults, Sql, Test } from './queryTypes.ts';
import { placesIn, walk } from './queryWalk.ts';

/** So many cards are gathered and sorted faster than an order of thousands is walked along. */
const fewCards = 1_000;

/** Nobody is helped by counting what every one of many words would lead to. */
const mostLeads = 8;

/**
 * The cards of an account that match, as far as the person may read them. Either an index leads to few cards that
 * can match: they are gathered and sorted. Or many match: then the index of the order is walked along, and what is
 * asked for is met soon.
 */
export async function queryCards(
  context: Context,
  accountId: string,
  filter: CardFilter | null,
  comparators: CardOrder,
): Promise<CardResults> {
  const reader = context.db;
  const { asked, rest } = withoutBooks(filter);
  const scope = await scopeOf(reader, context, accountId, asked);
  const order = orderOf(comparators);
  const test = rest === null ? always : filterTest(accountId, rest);
  const lead = await findLead(reader, scope, order, test);
  if (lead !== null) return gather(reader, scope, order, test, lead);
  const key = JSON.stringify([accountId, scope.bookIds, rest, comparators]);
  const places = placesOf(context, accountId, key);
  return walk(reader, { scope, order, test: rest === null ? null : test, places });
}

/** What leads to few cards; null when nothing does. */
async function findLead(reader: Reader, scope: Scope, order: Order, test: Test): Promise<Sql | null> {
  const { bookIds, size } = scope;
  if (bookIds !== null && size <= fewCards && !(bookIds.length === 1 && order.property === 'fileAs')) {
    const inBooks = bookIds.length === 0 ? sql`1 = 0` : sql`book_id IN (${sql.join(bookIds)})`;
    return sql`SELECT id FROM card WHERE ${inBooks} AND trash_id IS NULL`;
  }
  let best: { lead: Sql; count: number } | null = null;
  for (const lead of test.leads.slice(0, mostLeads)) {
    const count = await countUpTo(reader, lead, fewCards);
    if (best === null || count < best.count) best = { lead, count };
    if (best.count <= fewCards / 20) break;
  }
  if (best === null || best.count <= fewCards) return best?.lead ?? null;
  // Each is frequent, but are all of them together?
  if (test.leads.length === 1) return null;
  return (await countUpTo(reader, sql`SELECT card.id ${candidates(scope, test, best.lead)}`, fewCards)) <= fewCards
    ? best.lead
    : null;
}

async function countUpTo(reader: Reader, ids: Sql, most: number): Promise<number> {
  const counted = sql<{
    count: number;
  }>`SELECT count(*) AS count FROM (SELECT id FROM (${ids}) AS lead LIMIT ${Math.ceil(most) + 1}) AS few`;
  return Number((await reader.first(counted.compile(reader.build)))!.count);
}

/** From what leads to them to the cards that match; the join in that order. */
function candidates(scope: Scope, test: Test, lead: Sql): Sql {
  return sql`FROM (SELECT DISTINCT id FROM (${lead}) AS lead) AS found CROSS JOIN card
    WHERE card.id = found.id AND ${inScope(scope)} AND ${test.each}`;
}

/** All results at once, when they are first asked for. */
function gather(reader: Reader, scope: Scope, order: Order, test: Test, lead: Sql): CardResults {
  let gathered: Promise<readonly string[]> | undefined;
  const ids = () => (gathered ??= load());
  async function load(): Promise<readonly string[]> {
    const statement = sql<{ id: string }>`SELECT card.id ${candidates(scope, test, lead)} ORDER BY ${order.by}`;
    return (await reader.all(statement.compile(reader.build))).map((row) => row.id);
  }
  return {
    total: async () => (await ids()).length,
    indexOf: async (cardId) => (await ids()).indexOf(cardId),
    indexesOf: async (cardIds) => placesIn(await ids(), cardIds),
    slice: async (offset, limit) => (await ids()).slice(offset, limit === null ? undefined : offset + limit),
  };
}
