import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { createBreath } from '../../lib/breath.ts';
import { isLost } from '../change/lostNumbers.ts';
import type { Context } from '../context.ts';
import type { CardPlace } from './cardEntries.ts';
import { createTextMemory, textPage } from './textMemory.ts';
import type { CardText, TextMemory } from './textMemory.ts';

/** `number`: of the newest change of a card in the folder that is in it, or an earlier one. `texts` null: they are too long to be kept. */
type Kept = { number: number; readonly texts: TextMemory | null };

/** All folders together hold so many octets: the texts of some 170,000 cards. */
const mostOctets = 16_000_000;
/** The texts of so few are looked at by the database in no time. */
const fewCards = 200;
/** After more changes than these a folder is read anew. */
const mostChanges = 200;
const cardsPerPage = 1_000;
const mostAttempts = 3;

const memories = new WeakMap<Kysely<Schema>, Map<string, Kept>>();

/**
 * The ids of cards of a folder whose brief text contains one of these, and perhaps of some that have just gone; null where the database
 * is to be asked instead: in the folder are few cards or very many, or more than `most` were found. The texts of a folder are read
 * once, and then what changed since (decision 051). The caller has checked that the person may read the folder.
 */
export async function cardsWithBrief(
  context: Context,
  place: CardPlace,
  needles: readonly string[],
  most: number,
): Promise<readonly string[] | null> {
  const { db } = context;
  // What a transaction has written is in no log yet.
  if (context.transaction) return null;
  const memory = memories.get(db.build) ?? new Map<string, Kept>();
  memories.set(db.build, memory);
  const key = `${place.account_id} ${place.id}`;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // Before the texts: what comes in between is looked at twice rather than never.
    const book = await db.first(newest(db, valuesOf(place)));
    if (!book || book.card_count <= fewCards) return null;
    const kept = memory.get(key) ?? keep(memory, key, await readKept(db, place, book.cards_seq));
    const { number, texts } = kept;
    if (texts === null) return null;
    const changed = await changedSince(context, place, kept, book.cards_seq);
    const now = await textsOf(db, place, changed ?? []);
    // Somebody who asks at the same time has brought it forward meanwhile.
    if (kept.number !== number) continue;
    if (changed && texts.replace(changed, now)) {
      kept.number = book.cards_seq;
      return keep(memory, key, kept).texts!.find(needles, most);
    }
    memory.delete(key);
  }
  return null;
}

/** The longest unused go first. */
function keep(memory: Map<string, Kept>, id: string, kept: Kept): Kept {
  memory.delete(id);
  memory.set(id, kept);
  let held = 0;
  for (const { texts } of memory.values()) held += texts?.length ?? 0;
  for (const [other, { texts }] of memory) {
    if (held <= mostOctets) break;
    memory.delete(other);
    held -= texts?.length ?? 0;
  }
  return kept;
}

/** null: too many, or nobody knows. */
async function changedSince(
  context: Context,
  place: CardPlace,
  { number }: Kept,
  newestNumber: number,
): Promise<readonly string[] | null> {
  const { db } = context;
  if (number === newestNumber) return [];
  if (await isLost(db, place.account_id, number)) return null;
  const rows = await db.all(changesSince(db, { ...valuesOf(place), number }));
  return rows.length > mostChanges ? null : [...new Set(rows.map((row) => row.object_id))];
}

async function textsOf(reader: Reader, place: CardPlace, ids: readonly string[]): Promise<readonly CardText[]> {
  if (ids.length === 0) return [];
  return reader.all(textsOfSome(reader, { ...valuesOf(place), ids: JSON.stringify(ids) }));
}

async function readKept(reader: Reader, place: CardPlace, number: number): Promise<Kept> {
  const breathe = createBreath(1);
  const pages: Buffer[] = [];
  let length = 0;
  for (let after = ''; ;) {
    const cards = await reader.all(textsAfter(reader, { ...valuesOf(place), after }));
    const page = textPage(cards);
    pages.push(page);
    length += page.length;
    if (length > mostOctets) return { number, texts: null };
    if (cards.length < cardsPerPage) return { number, texts: createTextMemory(pages) };
    after = cards.at(-1)!.card_id;
    await breathe();
  }
}

type Place = { readonly bookId: string; readonly accountId: string };

const valuesOf = ({ id, account_id: accountId }: CardPlace): Place => ({ bookId: id, accountId });

const newest = statement((build, { bookId, accountId }: Place) =>
  build
    .selectFrom('address_book')
    .select(['cards_seq', 'card_count'])
    .where('id', '=', bookId)
    .where(inAccount(accountId)),
);
const changesSince = statement((build, value: Place & { number: number }) =>
  sql<{ object_id: string }>`
    SELECT object_id FROM change
    WHERE book_id = (SELECT ${value.bookId}) AND ${inAccount(value.accountId)} AND type = 'ContactCard'
      AND seq > (SELECT ${value.number}) ORDER BY seq LIMIT ${sql.lit(mostChanges + 1)}`.compile(build),
);
const textsAfter = statement((build, { bookId, accountId, after }: Place & { after: string }) =>
  build
    .selectFrom('card_brief')
    .select(['card_id', 'text'])
    .where('book_id', '=', bookId)
    .where(inAccount(accountId))
    .where('card_id', '>', after)
    .orderBy('card_id')
    .limit(cardsPerPage),
);
const textsOfSome = statement((build, value: Place & { ids: string }) =>
  sql<CardText>`
    SELECT card_id, text FROM card_brief
    WHERE book_id = ${value.bookId} AND ${inAccount(value.accountId)}
      AND card_id IN (SELECT value FROM json_each(${value.ids}))`.compile(build),
);
