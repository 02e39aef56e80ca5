import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { compareNames } from '../../format/matching/compareNames.ts';
import type { NameRelation } from '../../format/matching/compareNames.ts';
import { kindOfKey } from '../../format/matching/matchKeys.ts';
import type { MatchKind } from '../../format/matching/matchKeys.ts';
import { personName } from '../../format/matching/personName.ts';
import type { PersonName } from '../../format/matching/personName.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';

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
const cardsPerRange = 5_000;
const keySpace = 2 ** 52;
const pairsInARow = 2_000;

/** In ranges, so that everybody else has their turn in between; whatever a key is of, it falls in any of them. */
const blocksIn = statement((build, value: { bookIds: string; from: number; to: number }) =>
  sql<{ key: number; ids: string }>`
    SELECT key, group_concat(card_id, ' ') AS ids FROM card_match
    WHERE book_id IN (SELECT value FROM json_each(${value.bookIds})) AND key >= ${value.from} AND key < ${value.to}
    GROUP BY key HAVING count(*) BETWEEN 2 AND ${mostInBlock}`.compile(build),
);

const namesOf = statement((build, value: { ids: string }) =>
  sql<{ id: string; file_as_key: string; given_key: string; surname_key: string }>`
    SELECT id, file_as_key, given_key, surname_key FROM card
    WHERE id IN (SELECT value FROM json_each(${value.ids})) AND trash_id IS NULL`.compile(build),
);

/** The pairs of cards in these folders that meet by a key and whose names do not speak against it. */
export async function candidatePairs(
  context: Context,
  books: readonly { readonly id: string; readonly card_count: number }[],
): Promise<CandidatePair[]> {
  const blocks = await readBlocks(context, books);
  const names = await readNames(context, new Set(blocks.flatMap(({ ids }) => ids)));
  const shared = new Map<string, Set<MatchKind>>();
  const compared = new Map<string, NameRelation>();
  const breathe = createBreath(pairsInARow);
  for (const { kind, pair, ids } of pairsIn(blocks, names)) {
    await breathe();
    if (!compared.has(pair)) compared.set(pair, compareNames(names.get(ids[0])!, names.get(ids[1])!));
    if (isWorthALook(compared.get(pair)!, kind)) {
      const kinds = shared.get(pair);
      if (kinds) kinds.add(kind);
      else shared.set(pair, new Set([kind]));
    }
    if (compared.size >= mostPairs) break;
  }
  return [...shared].map(([pair, kinds]) => {
    const [oneId, otherId] = pair.split(' ') as [string, string];
    return { oneId, otherId, shared: kinds };
  });
}

type PairInBlock = { readonly kind: MatchKind; readonly pair: string; readonly ids: readonly [string, string] };

/** Each two live cards of each block; those that share several keys come several times. */
function* pairsIn(blocks: readonly Block[], names: ReadonlyMap<string, PersonName>): Generator<PairInBlock> {
  for (const { kind, ids } of blocks) {
    const live = ids.filter((id) => names.has(id)).sort();
    for (const [place, one] of live.entries())
      for (let next = place + 1; next < live.length; next++)
        yield { kind, pair: `${one} ${live[next]!}`, ids: [one, live[next]!] };
  }
}

/** Names that are not the same, nor nearly so, need an address or a number that is. */
function isWorthALook(relation: NameRelation, kind: MatchKind): boolean {
  if (relation === 'same' || relation === 'near') return true;
  return relation !== 'household' && (kind === 'email' || kind === 'phone');
}

type Block = { readonly kind: MatchKind; readonly ids: readonly string[] };

async function readBlocks(
  { db }: Context,
  books: readonly { readonly id: string; readonly card_count: number }[],
): Promise<Block[]> {
  const bookIds = JSON.stringify(books.map(({ id }) => id));
  const cards = books.reduce((sum, book) => sum + book.card_count, 0);
  const ranges = Math.max(1, Math.ceil(cards / cardsPerRange));
  const size = Math.ceil(keySpace / ranges);
  const breathe = createBreath(1);
  const blocks: Block[] = [];
  for (let from = 0; from < keySpace; from += size) {
    for (const { key, ids } of await db.all(blocksIn(db, { bookIds, from, to: from + size })))
      blocks.push({ kind: kindOfKey(key), ids: ids.split(' ') });
    await breathe();
  }
  return blocks;
}

const namesAtOnce = 1_000;

async function readNames({ db }: Context, ids: ReadonlySet<string>): Promise<Map<string, PersonName>> {
  const all = [...ids];
  const names = new Map<string, PersonName>();
  const breathe = createBreath(1);
  for (let start = 0; start < all.length; start += namesAtOnce) {
    const some = JSON.stringify(all.slice(start, start + namesAtOnce));
    for (const row of await db.all(namesOf(db, { ids: some })))
      names.set(row.id, personName({ fileAs: row.file_as_key, given: row.given_key, surname: row.surname_key }));
    await breathe();
  }
  return names;
}
