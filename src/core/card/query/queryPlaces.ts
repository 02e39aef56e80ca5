import type { Kysely } from 'kysely';
import { statement } from '../../../db/statement.ts';
import type { Schema } from '../../../db/schema.ts';
import type { Context } from '../../context.ts';
import type { Tuple } from './queryOrder.ts';

/** A card whose place among the results is known. */
export type Place = { readonly index: number; readonly tuple: Tuple };

/**
 * What was counted for a query, for as long as nothing in the account changes: then whoever scrolls on does not count
 * from the beginning again, and fifty people who look at one folder do not count it fifty times.
 */
export type Places = {
  /** The last known place that is not behind this index. */
  before(index: number): Promise<Place | null>;
  /** Where a card stands; undefined: not known. */
  indexOf(cardId: string): Promise<number | undefined>;
  total(count: () => Promise<number>): Promise<number>;
  /** Remembers what the task finds, unless something changed while it was looking. */
  learn<T>(task: () => Promise<T>, placesIn: (found: T) => readonly Place[]): Promise<T>;
};

type Known = { readonly seq: number; places: readonly Place[]; total: number | null };

const mostQueries = 200;
const mostPlaces = 100;
const memories = new WeakMap<Kysely<Schema>, Map<string, Known>>();

const seqOf = statement((build, value: { accountId: string }) =>
  build.selectFrom('account').select('seq').where('id', '=', value.accountId),
);

/** What is known of a query; `key` says everything on which its results depend, except what is in the account. */
export function placesOf(context: Context, accountId: string, key: string): Places {
  const { db } = context;
  const memory = memories.get(db.build) ?? new Map<string, Known>();
  memories.set(db.build, memory);

  async function read(): Promise<Known | null> {
    // What a transaction has written is not counted in the account yet.
    if (context.transaction) return null;
    const seq = (await db.first(seqOf(db, { accountId })))?.seq ?? 0;
    const known = memory.get(key);
    return known?.seq === seq ? known : { seq, places: [], total: null };
  }

  async function keep<T>(task: () => Promise<T>, more: (known: Known, found: T) => Known): Promise<T> {
    const before = await read();
    const found = await task();
    const after = await read();
    if (before === null || after?.seq !== before.seq) return found;
    memory.delete(key);
    memory.set(key, more(after, found));
    if (memory.size > mostQueries) memory.delete(memory.keys().next().value!);
    return found;
  }

  return {
    async before(index) {
      const places = (await read())?.places ?? [];
      return places.findLast((place) => place.index <= index) ?? null;
    },
    async indexOf(cardId) {
      return (await read())?.places.find(({ tuple }) => tuple.at(-1) === cardId)?.index;
    },
    async total(count) {
      const known = (await read())?.total ?? null;
      return known ?? keep(count, (now, total) => ({ ...now, total }));
    },
    learn: (task, placesIn) => keep(task, (now, found) => ({ ...now, places: merged(now.places, placesIn(found)) })),
  };
}

/** In their order, each once; of too many every second one is forgotten. */
function merged(known: readonly Place[], found: readonly Place[]): readonly Place[] {
  const byIndex = new Map([...known, ...found].map((place) => [place.index, place]));
  const all = [...byIndex.values()].sort((a, b) => a.index - b.index);
  return all.length > mostPlaces ? all.filter((_, at) => at % 2 === 1) : all;
}
