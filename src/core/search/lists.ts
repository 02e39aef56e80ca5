import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import { idLength } from '../../lib/ids.ts';
import type { World } from '../context.ts';
import type { Order, Tuple } from './order.ts';
import { packedIds } from './packedIds.ts';
import type { PackedIds } from './packedIds.ts';
import type { Placed, Sql } from './types.ts';

/** Tells which rows may have changed: whoever writes what a test or an order looks at notes it there. */
export type Log = {
  /** The number of the newest entry that concerns these rows, or a later number. */
  newest(): Promise<number>;
  /** The ids of rows noted after this number; null if there are more than `most` entries. */
  since(number: number, most: number): Promise<readonly string[] | null>;
};

/** Rows in an order, as the database finds them. */
export type Listed = {
  readonly from: Sql;
  readonly place: Sql;
  readonly order: Order;
  /** How many there may be at most: no more than an estimate. */
  most(): Promise<number>;
  /** Which rows, as it is asked of all of them. */
  readonly all: Sql;
  /** FROM … WHERE for those that match among the few to which a selection of `id` leads. */
  among(lead: Sql): Sql;
};

/** A cached list of all results of a query. */
export type RememberedList = {
  /** The current list; null if it would have to be read from the database. */
  known(listed: Listed): Promise<PackedIds | null>;
  /**
   * The current list. The cost is proportional to what has changed since it was last asked for; the first time, to all
   * that match.
   */
  read(listed: Listed): Promise<PackedIds>;
};

type Known = { readonly number: number; readonly ids: PackedIds };

/** All lists together hold so many ids: 42 MB. */
const mostIds = 2_000_000;
const mostLists = 1_000;
/** After more changes than these a list is read anew. */
const mostChanges = 50;
const mostAttempts = 3;
/** Among more than these a list is made in another thread: some ten milliseconds here would be everybody's. */
const fewIds = 5_000;

type Memory = { readonly lists: Map<string, Known>; readonly readings: Map<string, Promise<PackedIds>> };
const memories = new WeakMap<Kysely<Schema>, Memory>();

/**
 * The list of a query's results, cached across changes. A row that the log has not noted since then matches now if it
 * matched then, and any two such rows are in the same order (see `changedCards`). So noted rows are removed, and
 * inserted again at their new positions if they match now. `key` must contain everything on which the results depend
 * besides the rows themselves, including what the person may see.
 */
export function rememberedList(world: World, key: string, log: Log): RememberedList {
  const { db } = world;
  const memory = memories.get(db.build) ?? { lists: new Map(), readings: new Map() };
  memories.set(db.build, memory);
  const { lists, readings } = memory;

  function keep(known: Known): PackedIds {
    lists.delete(key);
    lists.set(key, known);
    let held = 0;
    for (const { ids } of lists.values()) held += ids.length;
    for (const [other, { ids }] of lists) {
      if (held <= mostIds && lists.size <= mostLists) break;
      lists.delete(other);
      held -= ids.length;
    }
    return known.ids;
  }

  async function known(listed: Listed): Promise<PackedIds | null> {
    // What a transaction has written is in no log yet.
    if (world.transaction) return null;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const old = lists.get(key);
      if (!old) return null;
      const number = await log.newest();
      if (number === old.number) return keep(old);
      const changed = await log.since(old.number, mostChanges);
      if (changed === null) break;
      const ids = await broughtForward(db, listed, old.ids, changed);
      // If more has changed meanwhile, places may have been looked for between rows that were about to move.
      if ((await log.newest()) === number) return keep({ number, ids });
    }
    lists.delete(key);
    return null;
  }

  async function readAll(listed: Listed): Promise<PackedIds> {
    // Before the rows: what comes in between is looked at twice rather than never.
    const number = await log.newest();
    const isLong = (await listed.most()) > fewIds;
    return keep({ number, ids: await idsOf(db, listed, isLong ? db.aside : db.first) });
  }

  async function read(listed: Listed): Promise<PackedIds> {
    if (world.transaction) return idsOf(db, listed, db.first);
    const before = await known(listed);
    if (before) return before;
    // Fifty people who look for the same wait for one list.
    const reading = readings.get(key) ?? readAll(listed).finally(() => readings.delete(key));
    readings.set(key, reading);
    const ids = await reading;
    // Others had their turn meanwhile.
    return (await known(listed)) ?? ids;
  }

  return { known, read };
}

async function idsOf(reader: Reader, { from, order, all }: Listed, first: Reader['first']): Promise<PackedIds> {
  // As one text: a hundred thousand rows of their own would take ten times as long.
  const rows = sql`SELECT card.id AS id FROM ${from} WHERE ${all} ORDER BY ${order.by}`;
  const statement = sql<{ ids: string | null }>`SELECT group_concat(id, '') AS ids FROM (${rows}) AS row`;
  return packedIds((await first(statement.compile(reader.build)))?.ids ?? '');
}

async function broughtForward(
  reader: Reader,
  { from, place, order, among }: Listed,
  old: PackedIds,
  changed: readonly string[],
): Promise<PackedIds> {
  const ids = changed.filter((id) => id.length === idLength);
  if (ids.length === 0) return old;
  const rest = old.without(ids);
  const noted = sql`SELECT column1 AS id FROM (VALUES ${sql.join(ids.map((id) => sql`(${id})`))}) AS noted`;
  const matching = sql<Readonly<Record<string, string>>>`
    SELECT ${order.columns} ${among(noted)} ORDER BY ${order.by}`;
  const added: Placed[] = [];
  for (const row of await reader.all(matching.compile(reader.build))) {
    const index = await placeFor(
      reader,
      { from, place, order, list: rest, start: added.at(-1)?.index ?? 0 },
      order.tupleOf(row),
    );
    added.push({ id: row['id']!, index });
  }
  return rest.with(added);
}

type Searched = Pick<Listed, 'from' | 'place' | 'order'> & {
  readonly list: PackedIds;
  readonly start: number;
};

/** So many are looked at in one statement: among a hundred thousand it takes five. */
const looked = 12;

/** How many of the list, from `start` on in its order, stand before this place. */
async function placeFor(reader: Reader, { from, place, order, list, start }: Searched, tuple: Tuple): Promise<number> {
  let [low, high] = [start, list.length];
  while (low < high) {
    const step = Math.max(1, Math.ceil((high - low) / looked));
    const indexes = Array.from({ length: Math.ceil((high - low) / step) }, (_, at) => low + at * step);
    const ids = indexes.map((index) => list.slice(index, index + 1)[0]!);
    const before = sql<{ count: number }>`
      SELECT count(*) AS count FROM ${from} WHERE card.id IN (${sql.join(ids)}) AND ${place} AND (${order.before(tuple)})`;
    const count = Number((await reader.first(before.compile(reader.build)))!.count);
    if (count < indexes.length) high = indexes[count]!;
    if (count > 0) low = indexes[count - 1]! + 1;
  }
  return low;
}
