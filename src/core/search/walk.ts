import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Listed, RememberedList } from './lists.ts';
import type { SearchResults, Space, Sql, Test } from './types.ts';

/** Up to here a page is found sooner by asking each row than by making the list of all. */
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

/** Results of which there are many: a page near the beginning by the index of their order, all else by the list of them. */
export function walk(reader: Reader, { space, test, each, listed, list }: Walk): SearchResults {
  const { from, order } = listed;

  async function slice(offset: number, limit: number | null): Promise<readonly string[]> {
    const end = limit === null ? Number.MAX_SAFE_INTEGER : offset + limit;
    if (limit === null || end > nearEnough) return (await list.read(listed)).slice(offset, end);
    const known = test === null ? null : await list.known(listed);
    if (known) return known.slice(offset, end);
    const page = sql<{ id: string }>`
      SELECT card.id AS id FROM ${from} WHERE ${each} ORDER BY ${order.by} LIMIT ${limit} OFFSET ${offset}`;
    return (await reader.all(page.compile(reader.build))).map(({ id }) => id);
  }

  return {
    total: async () => (test === null && space.size ? space.size() : (await list.read(listed)).length),
    indexOf: async (id) => (await list.read(listed)).indexOf(id),
    indexesOf: async (ids) => (ids.length === 0 ? [] : (await list.read(listed)).placesOf(ids)),
    slice,
  };
}
