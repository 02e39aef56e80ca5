import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import type { CardRow } from '../../db/schema.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';

/** A card as a resource with a name: everything that a list of them tells, without its content. */
export type CardEntry = Pick<CardRow, 'id' | 'account_id' | 'book_id' | 'uid' | 'uri' | 'etag' | 'size' | 'updated'>;

const entryColumns = ['id', 'account_id', 'book_id', 'uid', 'uri', 'etag', 'size', 'updated'] as const;
const entriesPerPage = 1000;

/** The cards of a folder by name, page by page. The caller has checked that the person may read the folder. */
export async function* listCardEntries(
  context: Context,
  bookId: string,
  after: string | null = null,
): AsyncGenerator<readonly CardEntry[]> {
  const live = liveCards(context, bookId).select(entryColumns).orderBy('uri').limit(entriesPerPage);
  const breathe = createBreath(1);
  for (let last = after; ;) {
    const page: CardEntry[] = await context.db.all(last === null ? live : live.where('uri', '>', last));
    if (page.length > 0) yield page;
    await breathe();
    if (page.length < entriesPerPage) return;
    last = page.at(-1)!.uri;
  }
}

const entryNamed = statement((build, value: { bookId: string; uri: string }) =>
  build
    .selectFrom('card')
    .select(entryColumns)
    .where('book_id', '=', value.bookId)
    .where('trash_id', 'is', null)
    .where('uri', '=', value.uri),
);

/** The card of this name in a folder. The caller has checked that the person may read the folder. */
export function findCardEntry({ db }: Context, bookId: string, uri: string): Promise<CardEntry | undefined> {
  return db.first(entryNamed(db, { bookId, uri }));
}

// One list as one value: the statement is the same for any number of names.
const entriesNamed = statement((build, value: { bookId: string; uris: string }) =>
  sql<CardEntry>`
    SELECT id, account_id, book_id, uid, uri, etag, size, updated FROM card
    WHERE book_id = ${value.bookId} AND trash_id IS NULL AND uri IN (SELECT value FROM json_each(${value.uris}))`.compile(
    build,
  ),
);

/** The cards of these names in a folder; those that are missing are left out. */
export function findCardEntries({ db }: Context, bookId: string, uris: readonly string[]): Promise<CardEntry[]> {
  return db.all(entriesNamed(db, { bookId, uris: JSON.stringify(uris) }));
}

const recordsOf = statement((build, value: { cardIds: string }) =>
  sql<{ card_id: string; vcard: string }>`
    SELECT card_id, vcard FROM card_record WHERE card_id IN (SELECT value FROM json_each(${value.cardIds}))`.compile(
    build,
  ),
);

/** The records of cards by their ids: the octets that were stored. */
export async function readRecords({ db }: Context, cardIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.all(recordsOf(db, { cardIds: JSON.stringify(cardIds) }));
  return new Map(rows.map((row) => [row.card_id, row.vcard]));
}

function liveCards({ db }: Context, bookId: string) {
  return db.build.selectFrom('card').where('book_id', '=', bookId).where('trash_id', 'is', null);
}

/** The card with this id, wherever it lies. The caller asks whether the person may know of it. */
export function findCardEntryById({ db }: Context, cardId: string): Promise<CardEntry | undefined> {
  const live = db.build.selectFrom('card').select(entryColumns).where('trash_id', 'is', null);
  return db.first(live.where('id', '=', cardId));
}
