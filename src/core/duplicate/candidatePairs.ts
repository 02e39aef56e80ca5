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

/** Two cards that share something and may be one person's. */
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

const keysIn = statement((build, value: { bookId: string; after: string }) =>
  build
    .selectFrom('card_match')
    .select(['card_id', 'keys'])
    .where('book_id', '=', value.bookId)
    .where('card_id', '>', value.after)
    .orderBy('card_id')
    .limit(cardsPerPage),
);

const namesOf = statement((build, value: { ids: string }) =>
  sql<{ id: string; file_as_key: string; given_key: string; surname_key: string }>`
    SELECT id, file_as_key, given_key, surname_key FROM card
    WHERE id IN (SELECT value FROM json_each(${value.ids})) AND trash_id IS NULL`.compile(build),
);

const withEmail = statement((build, value: { ids: string }) =>
  sql<{ card_id: string }>`
    SELECT DISTINCT card_id FROM card_email
    WHERE card_id IN (SELECT value FROM json_each(${value.ids}))`.compile(build),
);

/** The pairs of cards in these folders that meet by a key and of which neither names nor addresses say that they are none. */
export async function candidatePairs(
  context: Context,
  books: readonly { readonly id: string }[],
): Promise<CandidatePair[]> {
  const blocks = await readBlocks(context, books);
  const ids = [...new Set(blocks.flatMap((block) => block.ids))];
  const names = await readNames(context, ids);
  const pairs = new Map<number, Meeting>();
  let steps = 0;
  for (const { kind, one, other } of pairsIn(blocks, new Map(ids.map((id, place) => [id, place])), names)) {
    if (++steps % pairsInARow === 0) await turn();
    const pair = one * ids.length + other;
    const met = pairs.get(pair);
    if (met) met.kinds |= kind;
    else pairs.set(pair, { kinds: kind, relation: compareNames(names[one]!, names[other]!) });
    if (pairs.size >= mostPairs) break;
  }
  const promising = [...pairs].flatMap(([pair, { relation, kinds }]) => {
    const shared = new Set(matchKinds.filter((_, bit) => (kinds & (1 << bit)) !== 0));
    const proof = proofOf(relation, shared);
    return proof === null
      ? []
      : [{ oneId: ids[Math.floor(pair / ids.length)]!, otherId: ids[pair % ids.length]!, shared, proof }];
  });
  const { db } = context;
  const byName = promising.filter(({ proof }) => proof === 'name').flatMap(({ oneId, otherId }) => [oneId, otherId]);
  const reached = new Set((await db.all(withEmail(db, { ids: JSON.stringify(byName) }))).map((row) => row.card_id));
  return promising.filter(
    ({ proof, oneId, otherId }) => proof === 'shared' || !reached.has(oneId) || !reached.has(otherId),
  );
}

/** What two cards share, a bit for each kind: there are many of these. */
type Meeting = { kinds: number; readonly relation: NameRelation };

type PairInBlock = { readonly kind: number; readonly one: number; readonly other: number };

/** Each two live cards of each block, by their places; those that share several keys come several times. */
function* pairsIn(
  blocks: readonly Block[],
  places: ReadonlyMap<string, number>,
  names: readonly (PersonName | undefined)[],
): Generator<PairInBlock> {
  for (const { kind, ids } of blocks) {
    const live = ids.map((id) => places.get(id)!).filter((place) => names[place]);
    live.sort((a, b) => a - b);
    for (let first = 0; first < live.length; first++)
      for (let next = first + 1; next < live.length; next++) yield { kind, one: live[first]!, other: live[next]! };
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

/** Why a pair is worth a look: by what they share; by their names alone, unless both have addresses of their own. */
function proofOf(relation: NameRelation, shared: ReadonlySet<MatchKind>): 'shared' | 'name' | null {
  if (needed[relation].some((kind) => shared.has(kind))) return 'shared';
  return relation === 'same' || relation === 'near' ? 'name' : null;
}

type Block = { readonly kind: number; readonly ids: readonly string[] };

/** Page by page, so that everybody else has their turn in between. */
async function readBlocks({ db }: Context, books: readonly { readonly id: string }[]): Promise<Block[]> {
  const [ids, keys, owners] = [[] as string[], [] as number[], [] as number[]];
  const breathe = createBreath(1);
  for (const { id: bookId } of books) {
    for (let after = '', isMore = true; isMore;) {
      const page = await db.all(keysIn(db, { bookId, after }));
      for (const card of page) {
        for (const key of card.keys.split(' ')) {
          keys.push(Number(key));
          owners.push(ids.length);
        }
        ids.push(card.card_id);
      }
      isMore = page.length === cardsPerPage;
      after = page.at(-1)?.card_id ?? '';
      await breathe();
    }
  }
  const shared = await sharedKeys(keys, owners, mostInBlock);
  return shared.map(({ key, owners: some }) => ({ kind: 1 << (key % 4), ids: some.map((owner) => ids[owner]!) }));
}

const namesAtOnce = 1_000;

async function readNames({ db }: Context, ids: readonly string[]): Promise<(PersonName | undefined)[]> {
  const names = new Map<string, PersonName>();
  const breathe = createBreath(1);
  for (let start = 0; start < ids.length; start += namesAtOnce) {
    const some = JSON.stringify(ids.slice(start, start + namesAtOnce));
    for (const row of await db.all(namesOf(db, { ids: some })))
      names.set(row.id, personName({ fileAs: row.file_as_key, given: row.given_key, surname: row.surname_key }));
    await breathe();
  }
  return ids.map((id) => names.get(id));
}
