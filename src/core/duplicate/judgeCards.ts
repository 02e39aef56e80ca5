import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { judgePair } from '../../format/matching/judgePair.ts';
import type { Candidate, Verdict } from '../../format/matching/judgePair.ts';
import { emailKey, phoneKey } from '../../format/matching/matchKeys.ts';
import type { MatchKind } from '../../format/matching/matchKeys.ts';
import { personName } from '../../format/matching/personName.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';
import { candidatePairs } from './candidatePairs.ts';
import type { WritableBook } from './writableBooks.ts';

/** A card of a duplicate, with the facts by which it is judged. */
export type JudgedCard = Candidate & {
  readonly id: string;
  readonly accountId: string;
  readonly bookId: string;
  readonly sortKey: string;
  /** How much it says. */
  readonly length: number;
};

/** Two cards that belong to the same person, as far as a program can tell. */
export type JudgedPair = {
  readonly one: JudgedCard;
  readonly other: JudgedCard;
  readonly verdict: Exclude<Verdict, null>;
  readonly shared: ReadonlySet<MatchKind>;
};

type Row = {
  id: string;
  account_id: string;
  book_id: string;
  kind: string;
  file_as_key: string;
  given_key: string;
  surname_key: string;
  data: string;
};

const cardsOf = statement((build, value: { ids: string }) =>
  sql<Row>`
    SELECT id, account_id, book_id, kind, file_as_key, given_key, surname_key, data FROM card
    WHERE id IN (SELECT value FROM json_each(${value.ids})) AND trash_id IS NULL`.compile(build),
);

/**
 * The pairs in these folders that are duplicates. A pair whose merging would show one circle of readers what only
 * another could see is never certain.
 */
export async function judgeCards(context: Context, books: ReadonlyMap<string, WritableBook>): Promise<JudgedPair[]> {
  const candidates = await candidatePairs(
    context,
    [...books.values()].map(({ book }) => book),
  );
  const cards = await readCards(context, new Set(candidates.flatMap(({ oneId, otherId }) => [oneId, otherId])));
  return candidates.flatMap(({ oneId, otherId, shared }) => {
    const [one, other] = [cards.get(oneId), cards.get(otherId)];
    if (!one || !other || !books.has(one.bookId) || !books.has(other.bookId)) return [];
    const verdict = judgePair(one, other);
    if (verdict === null) return [];
    const isInside = books.get(one.bookId)!.audience === books.get(other.bookId)!.audience;
    return [{ one, other, shared, verdict: isInside ? verdict : ('probable' as const) }];
  });
}

const cardsAtOnce = 200;

async function readCards({ db }: Context, ids: ReadonlySet<string>): Promise<Map<string, JudgedCard>> {
  const all = [...ids];
  const cards = new Map<string, JudgedCard>();
  const breathe = createBreath(1);
  for (let start = 0; start < all.length; start += cardsAtOnce) {
    const some = JSON.stringify(all.slice(start, start + cardsAtOnce));
    for (const row of await db.all(cardsOf(db, { ids: some }))) cards.set(row.id, judgedCard(row));
    await breathe();
  }
  return cards;
}

function judgedCard(row: Row): JudgedCard {
  const card = JSON.parse(row.data) as Card;
  return {
    id: row.id,
    accountId: row.account_id,
    bookId: row.book_id,
    kind: row.kind,
    sortKey: row.file_as_key,
    length: row.data.length,
    name: personName({ fileAs: row.file_as_key, given: row.given_key, surname: row.surname_key }),
    emails: Object.values(card.emails ?? {}).map(({ address }) => emailKey(address)),
    phones: Object.values(card.phones ?? {})
      .map(({ number }) => phoneKey(number))
      .filter((key) => key !== ''),
    births: Object.values(card.anniversaries ?? {}).flatMap(birthOf),
  };
}

/** Whole dates alone: a birthday without a year contradicts none with one. */
function birthOf({ kind, date }: NonNullable<Card['anniversaries']>[string]): string[] {
  if (kind !== 'birth') return [];
  if ('utc' in date) return [date.utc.slice(0, 10)];
  const { year, month, day } = date as { year?: number; month?: number; day?: number };
  return year && month && day ? [[year, month, day].map((part) => String(part).padStart(2, '0')).join('-')] : [];
}
