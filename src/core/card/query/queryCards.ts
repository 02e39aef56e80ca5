import { sql } from 'kysely';
import type { Reader } from '../../../db/database.ts';
import type { Context } from '../../context.ts';
import { filterTest } from './queryConditions.ts';
import { orderOf } from './queryOrder.ts';
import type { Order } from './queryOrder.ts';
import { placesOf } from './queryPlaces.ts';
import type { Places } from './queryPlaces.ts';
import { scopeOf, spaceOf, withoutBooks } from './queryScope.ts';
import type { Scope, Space } from './queryScope.ts';
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
  const key = JSON.stringify([accountId, scope.bookIds, rest, comparators]);
  return searchIn(reader, {
    space: spaceOf(scope),
    order,
    test: rest === null ? null : test,
    lead: booksLead(scope, order),
    places: placesOf(context, accountId, key),
  });
}

/** The folders themselves lead to few cards, where they hold few. */
function booksLead({ bookIds, size }: Scope, order: Order): Sql | null {
  if (bookIds === null || size > fewCards || (bookIds.length === 1 && order.property === 'fileAs')) return null;
  const inBooks = bookIds.length === 0 ? sql`1 = 0` : sql`book_id IN (${sql.join(bookIds)})`;
  return sql`SELECT id FROM card WHERE ${inBooks} AND trash_id IS NULL`;
}

/** What to look for; `test` null: everything. */
export type Search = {
  readonly space: Space;
  readonly order: Order;
  readonly test: Test | null;
  /** What is known to lead to few. */
  readonly lead: Sql | null;
  /** What was counted before. */
  readonly places: Places;
};

/** The results of a search, by the way that costs least. */
export async function searchIn(reader: Reader, search: Search): Promise<CardResults> {
  const { space, order, test, lead: known, places } = search;
  const asked = test ?? always;
  const lead = known ?? (await findLead(reader, space, asked));
  if (lead !== null) return gather(reader, { space, order, test: asked, lead });
  return walk(reader, { space, order, test, places });
}

/** What leads to few cards; null when nothing does. */
async function findLead(reader: Reader, space: Space, test: Test): Promise<Sql | null> {
  let best: { lead: Sql; count: number } | null = null;
  for (const lead of test.leads.slice(0, mostLeads)) {
    const count = await countUpTo(reader, lead, fewCards);
    if (best === null || count < best.count) best = { lead, count };
    if (best.count <= fewCards / 20) break;
  }
  if (best === null || best.count <= fewCards) return best?.lead ?? null;
  // Each is frequent, but are all of them together?
  if (test.leads.length === 1) return null;
  return (await countUpTo(reader, sql`SELECT card.id ${candidates(space, test, best.lead)}`, fewCards)) <= fewCards
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
function candidates({ from, within }: Space, test: Test, lead: Sql): Sql {
  return sql`FROM (SELECT DISTINCT id FROM (${lead}) AS lead) AS found CROSS JOIN ${from}
    WHERE card.id = found.id AND ${within} AND ${test.each}`;
}

/** All results at once, when they are first asked for. */
function gather(
  reader: Reader,
  { space, order, test, lead }: Omit<Search, 'places'> & { readonly test: Test; readonly lead: Sql },
): CardResults {
  let gathered: Promise<readonly string[]> | undefined;
  const ids = () => (gathered ??= load());
  async function load(): Promise<readonly string[]> {
    const statement = sql<{ id: string }>`SELECT card.id ${candidates(space, test, lead)} ORDER BY ${order.by}`;
    return (await reader.all(statement.compile(reader.build))).map((row) => row.id);
  }
  return {
    total: async () => (await ids()).length,
    indexOf: async (cardId) => (await ids()).indexOf(cardId),
    indexesOf: async (cardIds) => placesIn(await ids(), cardIds),
    slice: async (offset, limit) => (await ids()).slice(offset, limit === null ? undefined : offset + limit),
  };
}
