import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { RememberedList } from './lists.ts';
import type { Order } from './order.ts';
import { always } from './tests.ts';
import type { SearchResults, Space, Sql, Test } from './types.ts';
import { walk } from './walk.ts';

/** Up to this many rows are collected and sorted faster than an order of thousands is walked along. */
export const fewRows = 1_000;

/** Nobody is helped by counting what every one of many words would lead to. */
const mostLeads = 8;

/** What to search for; `test` null: everything. */
export type Search = {
  readonly space: Space;
  readonly order: Order;
  readonly test: Test | null;
  /** What is known to lead to few. */
  readonly lead: Sql | null;
  /** All results, where they have been listed before. */
  readonly list: RememberedList;
};

/**
 * The results of a search, found in the cheapest way: an index leads to few candidate rows, which are collected and
 * sorted; or many rows match, and either their list is cached or the wanted page is soon found by walking along the
 * index of the order.
 */
export async function search(reader: Reader, { space, order, test, lead: few, list }: Search): Promise<SearchResults> {
  const asked = test ?? always;
  const { from, place, withinOrder, most } = space;
  const all = sql`${withinOrder} AND ${asked.all}`;
  const listed = { from, place, order, all, most, among: (lead: Sql) => candidates(space, asked, lead) };
  const isKnown = few === null && test !== null && (await list.known(listed)) !== null;
  const lead = few ?? (isKnown ? null : await findLead(reader, space, asked));
  if (lead !== null) return gather(reader, { space, order, test: asked, lead });
  return walk(reader, { space, test, each: sql`${withinOrder} AND ${asked.each}`, listed, list });
}

/** What leads to few rows; null when nothing does. */
async function findLead(reader: Reader, space: Space, test: Test): Promise<Sql | null> {
  let best: { lead: Sql; count: number } | null = null;
  for (const lead of test.leads.slice(0, mostLeads)) {
    const count = await countUpTo(reader, lead, fewRows);
    if (best === null || count < best.count) best = { lead, count };
    if (best.count <= fewRows / 20) break;
  }
  if (best === null || best.count <= fewRows) return best?.lead ?? null;
  // Each is frequent, but are all of them together?
  if (test.leads.length === 1) return null;
  return (await countUpTo(reader, sql`SELECT card.id ${candidates(space, test, best.lead)}`, fewRows)) <= fewRows
    ? best.lead
    : null;
}

async function countUpTo(reader: Reader, ids: Sql, most: number): Promise<number> {
  const counted = sql<{
    count: number;
  }>`SELECT count(*) AS count FROM (SELECT id FROM (${ids}) AS lead LIMIT ${Math.ceil(most) + 1}) AS few`;
  return Number((await reader.first(counted.compile(reader.build)))!.count);
}

/** From what leads to them to the rows that match; the join in that order. */
function candidates({ from, within }: Space, test: Test, lead: Sql): Sql {
  return sql`FROM (SELECT DISTINCT id FROM (${lead}) AS lead) AS found CROSS JOIN ${from}
    WHERE card.id = found.id AND ${within} AND ${test.each}`;
}

/** All results at once, when they are first asked for. */
function gather(
  reader: Reader,
  { space, order, test, lead }: Pick<Search, 'space' | 'order'> & { readonly test: Test; readonly lead: Sql },
): SearchResults {
  let gathered: Promise<readonly string[]> | undefined;
  const ids = () => (gathered ??= load());
  async function load(): Promise<readonly string[]> {
    const statement = sql<{ id: string }>`SELECT card.id ${candidates(space, test, lead)} ORDER BY ${order.by}`;
    return (await reader.all(statement.compile(reader.build))).map((row) => row.id);
  }
  return {
    total: async () => (await ids()).length,
    indexOf: async (id) => (await ids()).indexOf(id),
    async indexesOf(some) {
      const wanted = new Set(some);
      return (await ids()).flatMap((id, index) => (wanted.has(id) ? [{ id, index }] : []));
    },
    slice: async (offset, limit) => (await ids()).slice(offset, limit === null ? undefined : offset + limit),
  };
}
