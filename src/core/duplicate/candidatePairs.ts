import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { compareNames } from '../../format/matching/compareNames.ts';
import type { NameRelation } from '../../format/matching/compareNames.ts';
import { matchKinds } from '../../format/matching/matchKeys.ts';
import type { MatchKind } from '../../format/matching/matchKeys.ts';
import { personName } from '../../format/matching/personName.ts';
import type { PersonName } from '../../format/matching/personName.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';
import { sharedKeys } from './sharedKeys.ts';

/** Two cards that have something in common and may belong to the same person. */
export type CandidatePair = {
  readonly oneId: string;
  readonly otherId: string;
  readonly shared: ReadonlySet<MatchKind>;
};

/** What more cards share tells of none of them: a switchboard, a function, a name that half of the folder has. */
const mostInBlock = 200;
/** So many pairs are looked at; who has more sees the rest when these are done with. */
const mostPairs = 300_000;
const cardsPerPage = 2_000;
const pairsInARow = 2_000;

/** The cards of a folder that are not in the trash, in the order of their index: however many have been thrown away, they cost nothing. */
const keysIn = statement((build, value: { bookId: string; afterName: string; afterId: string }) =>
  sql<{ card_id: string; name: string; keys: string }>`
    SELECT card.id AS card_id, card.file_as_key AS name, card_match.keys AS keys
    FROM card CROSS JOIN card_match ON card_match.book_id = card.book_id AND card_match.card_id = card.id
    WHERE card.book_id = ${value.bookId} AND card.trash_id IS NULL
    AND (card.file_as_key, card.id) > (${value.afterName}, ${value.afterId})
    ORDER BY card.file_as_key, card.id LIMIT ${cardsPerPage}`.compile(build),
);

const namesOf = statement((build, value: { ids: string }) =>
  sql<{ id: string; file_as_key: string; given_key: string; surname_key: string }>`
    SELECT id, file_as_key, given_key, surname_key FROM card
    WHERE id IN (SELECT value FROM json_each(${value.ids})) AND trash_id IS NULL`.compile(build),
);

/** The pairs of cards in these folders that share a key, and that neither names nor addresses rule out. */
export async function candidatePairs(
  context: Context,
  books: readonly { readonly id: string }[],
): Promise<CandidatePair[]> {
  const { ids, blocks, sharedBy } = await readBlocks(context, books);
  const names = await readNames(context, ids, new Set(blocks.flatMap(({ owners }) => owners)));
  const pairs = new Map<number, Meeting>();
  let steps = 0;
  for (const { kind, one, other } of pairsIn(blocks, names)) {
    if (++steps % pairsInARow === 0) await turn();
    const pair = one * ids.length + other;
    const met = pairs.get(pair);
    if (met) met.kinds |= kind;
    else pairs.set(pair, { kinds: kind, relation: compareNames(names[one]!, names[other]!) });
    if (pairs.size >= mostPairs) break;
  }
  return [...pairs].flatMap(([pair, { relation, kinds }]) => {
    if (!isPromising(relation, kindsIn(kinds))) return [];
    const [one, other] = [Math.floor(pair / ids.length), pair % ids.length];
    const shared = kindsIn(sharedBy(one, other));
    return [{ oneId: ids[one]!, otherId: ids[other]!, shared }];
  });
}

/** What two cards share, a bit for each kind: there are many of these. */
type Meeting = { kinds: number; readonly relation: NameRelation };

type PairInBlock = { readonly kind: number; readonly one: number; readonly other: number };

const bitOf = (key: number) => 1 << (key % 4);
const kindsIn = (bits: number): ReadonlySet<MatchKind> =>
  new Set(matchKinds.filter((_, bit) => (bits & (1 << bit)) !== 0));
const emailBit = 1 << matchKinds.indexOf('email');
const namesAlone = (1 << matchKinds.indexOf('name')) | (1 << matchKinds.indexOf('near'));

/** Each two live cards of each block, by their places; those that share several keys may come several times. */
function* pairsIn(blocks: readonly Block[], names: readonly (PersonName | undefined)[]): Generator<PairInBlock> {
  for (const { kind, owners, lone } of blocks) {
    const live = owners.filter((place) => names[place]);
    for (const [first, one] of live.entries()) {
      for (let next = first + 1; next < live.length; next++) {
        const other = live[next]!;
        if (lone === null || lone.has(one) || lone.has(other)) yield { kind, one, other };
      }
    }
  }
}

/** What names that stand so to each other need to share, beside them, to be looked at at all (see `judgePair`). */
const needed: Readonly<Record<NameRelation, readonly MatchKind[]>> = {
  same: ['email', 'phone'],
  near: ['email', 'phone'],
  compatible: ['email', 'phone'],
  kin: ['email'],
  partial: ['email'],
  different: ['email'],
  household: [],
};

/** Whether a pair is worth a look: by what they share, or by their names alone. */
function isPromising(relation: NameRelation, shared: ReadonlySet<MatchKind>): boolean {
  return needed[relation].some((kind) => shared.has(kind)) || relation === 'same' || relation === 'near';
}

/** Cards that have a key, by their places, which ascend. */
type Block = {
  readonly kind: number;
  readonly owners: readonly number[];
  /**
   * By their names alone two cards are one person's only where one of them has no address: these are they. null: what they
   * share tells more.
   */
  readonly lone: ReadonlySet<number> | null;
};

type Blocks = {
  readonly ids: readonly string[];
  /** Those in which there is a pair to look at, what tells more first. */
  readonly blocks: readonly Block[];
  /** What two cards share, also by keys of which no block is left: a bit for each kind. */
  sharedBy(one: number, other: number): number;
};

/** Page by page, so that everybody else has their turn in between. */
async function readBlocks({ db }: Context, books: readonly { readonly id: string }[]): Promise<Blocks> {
  const [ids, keys, owners] = [[] as string[], [] as number[], [] as number[]];
  const starts: number[] = [];
  const hasAddress: boolean[] = [];
  const breathe = createBreath(1);
  for (const { id: bookId } of books) {
    for (let last = { name: '', card_id: '' }, isMore = true; isMore;) {
      const page = await db.all(keysIn(db, { bookId, afterName: last.name, afterId: last.card_id }));
      for (const card of page) {
        starts.push(keys.length);
        let bits = 0;
        for (const text of card.keys.split(' ')) {
          const key = Number(text);
          bits |= bitOf(key);
          keys.push(key);
          owners.push(ids.length);
        }
        hasAddress.push((bits & emailBit) !== 0);
        ids.push(card.card_id);
      }
      isMore = page.length === cardsPerPage;
      last = page.at(-1) ?? last;
      await breathe();
    }
  }
  const shared = await sharedKeys(keys, owners, mostInBlock);
  const isShared = new Set(shared.map(({ key }) => key));
  const keysOf = (place: number) => keys.slice(starts[place], starts[place + 1] ?? keys.length);
  const all = shared.flatMap(({ key, owners: some }): Block[] => {
    const kind = bitOf(key);
    const sorted = some.toSorted((one, other) => one - other);
    if ((kind & namesAlone) === 0) return [{ kind, owners: sorted, lone: null }];
    const lone = new Set(sorted.filter((place) => !hasAddress[place]));
    return lone.size === 0 ? [] : [{ kind, owners: sorted, lone }];
  });
  const [strong, weak] = [all.filter(({ lone }) => lone === null), all.filter(({ lone }) => lone !== null)];
  return {
    ids,
    blocks: [...strong, ...weak],
    sharedBy(one, other) {
      const others = new Set(keysOf(other).filter((key) => isShared.has(key)));
      return keysOf(one).reduce((bits, key) => (others.has(key) ? bits | bitOf(key) : bits), 0);
    },
  };
}

const namesAtOnce = 1_000;

/** The names of some of them, by their places; of those alone that are not in the trash. */
async function readNames(
  { db }: Context,
  ids: readonly string[],
  wanted: ReadonlySet<number>,
): Promise<(PersonName | undefined)[]> {
  const places = new Map(Array.from(wanted, (place) => [ids[place]!, place]));
  const some = [...places.keys()];
  const names: (PersonName | undefined)[] = Array.from({ length: ids.length });
  const breathe = createBreath(1);
  for (let start = 0; start < some.length; start += namesAtOnce) {
    const page = JSON.stringify(some.slice(start, start + namesAtOnce));
    for (const row of await db.all(namesOf(db, { ids: page })))
      names[places.get(row.id)!] = personName({
        fileAs: row.file_as_key,
        given: row.given_key,
        surname: row.surname_key,
      });
    await breathe();
  }
  return names;
}
