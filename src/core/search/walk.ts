import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Listed, RememberedList } from './lists.ts';
import type { Tuple } from './order.ts';
import type { SearchResults, Space, Sql, Test } from './types.ts';

/** Up to here a page is looked for by asking each row, which takes less than making the list of all. */
const nearEnough = 1_000;

/** What to look for; `test` null: everything in the space. */
export type Walk = {
  readonly space: Space;
  readonly test: Test | null;
  /** Which rows, as it is asked of one after the other. */
  readonly each: Sql;
  readonly listed: Listed;
  /** All results, where they have been listed before. */
  readonly list: RememberedList;
};

/**
 * Results of which there are many: a page near the beginning comes from the index of the order, everything else from
 * the cached list.
 */
export function walk(reader: Reader, { space, test, each, listed, list }: Walk): SearchResults {
  const { from, order } = listed;

  async function slice(offset: number, limit: number | null): Promise<readonly string[]> {
    const end = limit === null ? Number.MAX_SAFE_INTEGER : offset + limit;
    if (limit === null || end > nearEnough) return (await list.read(listed)).slice(offset, end);
    const known = test === null ? null : await list.known(listed);
    if (known) return known.slice(offset, end);
    const until = test === null ? null : await rowAt(nearEnough);
    const near = until === null ? each : sql`${each} AND ${order.before(until)}`;
    const page = sql<{ id: string }>`
      SELECT card.id AS id FROM ${from} WHERE ${near} ORDER BY ${order.by} LIMIT ${limit} OFFSET ${offset}`;
    const ids = (await reader.all(page.compile(reader.build))).map(({ id }) => id);
    // All who are called Ma… stand behind the L: to ask each of those before them would take longer than the list.
    return until === null || ids.length === limit ? ids : (await list.read(listed)).slice(offset, end);
  }

  /** What stands at this place among all in the space; null when there are not so many. */
  async function rowAt(index: number): Promise<Tuple | null> {
    const row = sql<Readonly<Record<string, string>>>`
      SELECT ${order.columns} FROM ${from} WHERE ${space.withinOrder} ORDER BY ${order.by} LIMIT 1 OFFSET ${index}`;
    const found = await reader.first(row.compile(reader.build));
    return found ? order.tupleOf(found) : null;
  }

  return {
    total: async () => (test === null && space.size ? space.size() : (await list.read(listed)).length),
    indexOf: async (id) => (await list.read(listed)).indexOf(id),
    indexesOf: async (ids) => (ids.length === 0 ? [] : (await list.read(listed)).placesOf(ids)),
    slice,
  };
}
