import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';
import type { CardEntry } from './cardEntries.ts';

/** A card with the text that was stored. */
export type CardRecord = CardEntry & { readonly vcard: string };

const recordsPerPage = 200;

type Page = { bookId: string; after: string };

const recordsAfter = statement((build, value: Page) =>
  sql<CardRecord>`
    SELECT id, account_id, book_id, uid, uri, etag, size, updated, vcard
    FROM card JOIN card_record ON card_record.card_id = card.id
    WHERE book_id = ${value.bookId} AND trash_id IS NULL AND uri > ${value.after}
    ORDER BY uri LIMIT ${sql.lit(recordsPerPage)}`.compile(build),
);

// The texts of a folder lie together: they are read first, and only what contains a needle is looked up.
const recordsWith = statement((build, value: Page & { needles: readonly string[] }) =>
  sql<CardRecord>`
    SELECT id, account_id, card.book_id, uid, uri, etag, size, updated, vcard
    FROM card_text CROSS JOIN card ON card.id = card_text.card_id
      CROSS JOIN card_record ON card_record.card_id = card.id
    WHERE card_text.book_id = ${value.bookId} AND (${sql.join(
      value.needles.map((needle) => sql`instr(card_text.text, ${needle}) > 0`),
      sql` OR `,
    )}) AND trash_id IS NULL AND uri > ${value.after}
    ORDER BY uri LIMIT ${sql.lit(recordsPerPage)}`.compile(build),
);

/**
 * The cards of a folder with their records, page by page; with needles only those whose text (`lineText`) contains one.
 * The caller has checked that the person may read the folder.
 */
export async function* listRecords(
  { db }: Context,
  bookId: string,
  needles: readonly string[] | null = null,
): AsyncGenerator<readonly CardRecord[]> {
  const breathe = createBreath(1);
  for (let after = ''; ;) {
    const query = needles === null ? recordsAfter(db, { bookId, after }) : recordsWith(db, { bookId, after, needles });
    const page = await db.all(query);
    if (page.length > 0) yield page;
    await breathe();
    if (page.length < recordsPerPage) return;
    after = page.at(-1)!.uri;
  }
}
