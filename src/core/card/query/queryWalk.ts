import { sql } from 'kysely';
import type { Reader } from '../../../db/database.ts';
import type { Order } from './queryOrder.ts';
import type { Place, Places } from './queryPlaces.ts';
import type { Space } from './queryScope.ts';
import type { CardResults, Placed, Sql, Test } from './queryTypes.ts';

/** Up to here a page is found sooner by asking each card than by gathering what all are asked for. */
const nearEnough = 1_000;

/** From here on it is remembered what stands where. */
const worthKnowing = 200;

/** More cards than these are found sooner in the whole list than by counting what stands before each. */
const countedOneByOne = 12;

type Row = Readonly<Record<string, string>>;

/** What to look for; `test` null: everything in the folders. */
export type Walk = {
  readonly space: Space;
  readonly order: Order;
  readonly test: Test | null;
  /** What was counted before. */
  readonly places: Places;
};

/** Results along the index of their order; positions and totals are counted there, without reading the cards. */
export function walk(reader: Reader, { space, order, test, places }: Walk): CardResults {
  const { from } = space;
  const within = order.property === 'fileAs' ? space.withinList : space.within;
  const each = test === null ? within : sql`${within} AND ${test.each}`;
  const all = test === null ? within : sql`${within} AND ${test.all}`;

  async function count(where: Sql): Promise<number> {
    const row = await reader.first(
      sql<{ count: number }>`SELECT count(*) AS count FROM ${from} WHERE ${where}`.compile(reader.build),
    );
    return Number(row!.count);
  }

  async function slice(offset: number, limit: number | null): Promise<readonly string[]> {
    if (limit === null) return (await rowsOf(sql`card.id`, all, { skip: offset, limit })).map((row) => row['id']!);
    const start = offset < worthKnowing ? null : await places.before(offset);
    const skip = offset - (start?.index ?? 0);
    const matching = skip + limit <= nearEnough ? each : all;
    const where = start ? sql`${matching} AND ${order.from(start.tuple)}` : matching;
    const task = () => rowsOf(order.columns, where, { skip, limit });
    const isDeep = offset + limit >= worthKnowing;
    const rows = isDeep ? await places.learn(task, (found) => endsOf(found, offset)) : await task();
    return rows.map((row) => row['id']!);
  }

  function rowsOf(columns: Sql, where: Sql, { skip, limit }: { skip: number; limit: number | null }): Promise<Row[]> {
    const window = sql`LIMIT ${limit ?? Number.MAX_SAFE_INTEGER} OFFSET ${skip}`;
    const statement = sql<Row>`SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order.by} ${window}`;
    return reader.all(statement.compile(reader.build));
  }

  /** From the first of these and the last one can go on. */
  function endsOf(rows: readonly Row[], offset: number): readonly Place[] {
    const ends = rows.length === 0 ? [] : [...new Set([0, rows.length - 1])];
    return ends.map((at) => ({ index: offset + at, tuple: order.tupleOf(rows[at]!) }));
  }

  /** Where each stands: how many are before the first, and how many between it and the next. */
  async function counted(cardIds: readonly string[]): Promise<(Placed & Place)[]> {
    const found = sql<Row>`
      SELECT ${order.columns} FROM ${from} WHERE card.id IN (${sql.join(cardIds)}) AND ${each} ORDER BY ${order.by}`;
    const placed: (Placed & Place)[] = [];
    let last: Place | null = null;
    for (const row of await reader.all(found.compile(reader.build))) {
      const tuple = order.tupleOf(row);
      const between: Sql =
        last === null ? order.before(tuple) : sql`${order.before(tuple)} AND ${order.from(last.tuple)}`;
      const index: number = (last?.index ?? 0) + (await count(sql`${all} AND ${between}`));
      last = { tuple, index };
      placed.push({ id: row['id']!, ...last });
    }
    return placed;
  }

  async function indexesOf(cardIds: readonly string[]): Promise<readonly Placed[]> {
    if (cardIds.length > countedOneByOne) return placesIn(await slice(0, null), cardIds);
    if (cardIds.length === 0) return [];
    const found = await places.learn(
      () => counted(cardIds),
      (those) => those,
    );
    return found.map(({ id, index }) => ({ id, index }));
  }

  return {
    total: async () => (test === null ? space.size() : places.total(() => count(all))),
    indexOf: async (cardId) => (await places.indexOf(cardId)) ?? (await indexesOf([cardId]))[0]?.index ?? -1,
    indexesOf,
    slice,
  };
}

/** Where those of the cards stand that are in the list. */
export function placesIn(list: readonly string[], cardIds: readonly string[]): Placed[] {
  const wanted = new Set(cardIds);
  return list.flatMap((id, index) => (wanted.has(id) ? [{ id, index }] : []));
}
