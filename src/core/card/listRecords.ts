import { sql } from 'kysely';
import { inAccount } from '../../db/inAccount.ts';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';
import type { CardEntry, CardPlace } from './cardEntries.ts';
import { cardsWithBrief } from './keptTexts.ts';

/** A card with the text that was stored. */
export type CardRecord = CardEntry & { readonly vcard: string };

const recordsPerPage = 200;

type Page = { bookId: string; accountId: string; after: string };

// The record as a sub-select and not as a join: see `actorOf`.
const columns = (accountId: string) => sql`id, card.account_id, card.book_id, uid, uri, etag, size, updated,
  (SELECT vcard FROM card_record WHERE card_record.card_id = card.id
    AND ${inAccount(accountId, 'card_record.account_id')}) AS vcard`;

const recordsAfter = statement((build, value: Page) =>
  sql<CardRecord>`
    SELECT ${columns(value.accountId)} FROM card
    WHERE book_id = ${value.bookId} AND ${inAccount(value.accountId)} AND trash_id IS NULL AND uri > ${value.after}
    ORDER BY uri LIMIT ${sql.lit(recordsPerPage)}`.compile(build),
);

/**
 * Search texts, at least one of which a card must contain; `isBrief`: the few values in `briefText` are enough to
 * search.
 */
export type Needles = { readonly texts: readonly string[]; readonly isBrief: boolean };

// The texts of a folder lie together: they are read first, and only what contains a needle is looked up.
const recordsIn = (table: 'card_text' | 'card_brief') =>
  statement((build, value: Page & { patterns: readonly string[] }) => {
    const text = sql.ref('found.text');
    const conditions = value.patterns.map((pattern) => sql`${text} LIKE (SELECT ${pattern}) ESCAPE '\\'`);
    return sql<CardRecord>`
      SELECT ${columns(value.accountId)} FROM ${sql.table(table)} AS found CROSS JOIN card ON card.id = found.card_id
      WHERE found.book_id = ${value.bookId} AND ${inAccount(value.accountId, 'found.account_id')}
        AND ${inAccount(value.accountId, 'card.account_id')} AND (${sql.join(conditions, sql` OR `)})
        AND trash_id IS NULL AND uri > ${value.after}
      ORDER BY uri LIMIT ${sql.lit(recordsPerPage)}`.compile(build);
  });

const recordsWithText = recordsIn('card_text');
const recordsWithBrief = recordsIn('card_brief');

const recordsAmong = statement((build, value: Omit<Page, 'after'> & { ids: string }) =>
  sql<CardRecord>`
    SELECT ${columns(value.accountId)} FROM (SELECT value FROM json_each(${value.ids})) AS found CROSS JOIN card ON card.id = found.value
    WHERE book_id = ${value.bookId} AND ${inAccount(value.accountId)} AND trash_id IS NULL ORDER BY uri`.compile(build),
);

/**
 * The cards of a folder with their records, page by page; with needles, only those whose text (`lineText`) contains
 * one. The caller has checked that the person may read the folder.
 */
export async function* listRecords(
  context: Context,
  place: CardPlace,
  needles: Needles | null = null,
): AsyncGenerator<readonly CardRecord[]> {
  const { db } = context;
  const { id: bookId, account_id: accountId } = place;
  const ids = needles?.isBrief ? await cardsWithBrief(context, place, needles.texts, recordsPerPage) : null;
  if (ids) {
    if (ids.length > 0) yield await db.all(recordsAmong(db, { bookId, accountId, ids: JSON.stringify(ids) }));
    return;
  }
  const breathe = createBreath(1);
  for (let after = ''; ;) {
    const page = await db.all(pageOf(db, { bookId, accountId, after }, needles));
    if (page.length > 0) yield page;
    await breathe();
    if (page.length < recordsPerPage) return;
    after = page.at(-1)!.uri;
  }
}

function pageOf(db: Reader, page: Page, needles: Needles | null) {
  if (needles === null) return recordsAfter(db, page);
  const { texts, isBrief } = needles;
  return (isBrief ? recordsWithBrief : recordsWithText)(db, { ...page, patterns: texts.map(patternOf) });
}

/** SQLite takes no pattern of any length; what contains a text contains its beginning. */
const longestPattern = 200;

// LIKE runs to the next of the first letter in one go: never slower than `instr`, and with a rare letter in a third of the time.
function patternOf(text: string): string {
  return `%${text.slice(0, longestPattern).replace(/[\\%_]/g, '\\$&')}%`;
}
