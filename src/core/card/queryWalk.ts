import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Order, Tuple } from './queryOrder.ts';
import { inScope } from './queryScope.ts';
import type { Scope } from './queryScope.ts';
import type { CardResults, Placed, Sql, Test } from './queryTypes.ts';

/** Up to here a page is found sooner by asking each card than by gathering what all are asked for. */
const nearEnough = 1_000;

/** More cards than these are found sooner in the whole list than by counting what stands before each. */
const countedOneByOne = 12;

/** What to look for; `test` null: everything in the folders. */
export type Walk = {
  readonly scope: Scope;
  readonly order: Order;
  readonly test: Test | null;
  /** Whether so many may match that each is asked with less work than all are gathered. */
  isDense(): Promise<boolean>;
};

/** Results along the index of their order; positions and totals are counted there, without reading the cards. */
export function walk(reader: Reader, { scope, order, test, isDense }: Walk): CardResults {
  // A folder has an index of its own for the order in which it is shown.
  const [onlyBook, ...others] = scope.bookIds ?? [];
  const byBook = onlyBook !== undefined && others.length === 0 && order.property === 'fileAs';
  const within = byBook ? sql`card.trash_id IS NULL AND card.book_id = ${onlyBook}` : inScope(scope);
  const each = test === null ? within : sql`${within} AND ${test.each}`;
  let chosen: Promise<Sql> | undefined;
  const all = () => (chosen ??= choose());
  async function choose(): Promise<Sql> {
    return test === null || (await isDense()) ? each : sql`${within} AND ${test.all}`;
  }

  async function count(where: Sql): Promise<number> {
    const row = await reader.first(
      sql<{ count: number }>`SELECT count(*) AS count FROM card WHERE ${where}`.compile(reader.build),
    );
    return Number(row!.count);
  }

  async function slice(offset: number, limit: number | null): Promise<readonly string[]> {
    const where = limit !== null && offset + limit <= nearEnough ? each : await all();
    const window = sql`LIMIT ${limit ?? Number.MAX_SAFE_INTEGER} OFFSET ${offset}`;
    const rows = await reader.all(
      sql<{ id: string }>`SELECT card.id FROM card WHERE ${where} ORDER BY ${order.by} ${window}`.compile(reader.build),
    );
    return rows.map((row) => row.id);
  }

  /** Where each stands: how many are before the first, and how many between it and the next. */
  async function indexesOf(cardIds: readonly string[]): Promise<Placed[]> {
    if (cardIds.length > countedOneByOne) return placesIn(await slice(0, null), cardIds);
    if (cardIds.length === 0) return [];
    const found = sql<Record<string, string>>`
      SELECT ${order.columns} FROM card WHERE card.id IN (${sql.join(cardIds)}) AND ${each} ORDER BY ${order.by}`;
    const placed: Placed[] = [];
    let last: { tuple: Tuple; index: number } | null = null;
    for (const row of await reader.all(found.compile(reader.build))) {
      const tuple = order.tupleOf(row);
      const between: Sql =
        last === null ? order.before(tuple) : sql`${order.before(tuple)} AND NOT ${order.before(last.tuple)}`;
      const index: number = (last?.index ?? 0) + (await count(sql`${await all()} AND ${between}`));
      placed.push({ id: row['id']!, index });
      last = { tuple, index };
    }
    return placed;
  }

  return {
    total: async () => (test === null ? scope.size : count(await all())),
    indexOf: async (cardId) => (await indexesOf([cardId]))[0]?.index ?? -1,
    indexesOf,
    slice,
  };
}

/** Where those of the cards stand that are in the list. */
export function placesIn(list: readonly string[], cardIds: readonly string[]): Placed[] {
  const wanted = new Set(cardIds);
  return list.flatMap((id, index) => (wanted.has(id) ? [{ id, index }] : []));
}
