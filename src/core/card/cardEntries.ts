import type { CardRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';

/** A card as a resource with a name: everything that a list of them tells, without its content. */
export type CardEntry = Pick<CardRow, 'id' | 'account_id' | 'book_id' | 'uid' | 'uri' | 'etag' | 'size' | 'updated'>;

const entryColumns = ['id', 'account_id', 'book_id', 'uid', 'uri', 'etag', 'size', 'updated'] as const;
const entriesPerPage = 1000;
const namesPerQuery = 200;

/** The cards of a folder by name, page by page. The caller has checked that the person may read the folder. */
export async function* listCardEntries(
  context: Context,
  bookId: string,
  after: string | null = null,
): AsyncGenerator<readonly CardEntry[]> {
  const live = liveCards(context, bookId).select(entryColumns).orderBy('uri').limit(entriesPerPage);
  for (let last = after; ;) {
    const page: CardEntry[] = await context.db.all(last === null ? live : live.where('uri', '>', last));
    if (page.length > 0) yield page;
    if (page.length < entriesPerPage) return;
    last = page.at(-1)!.uri;
  }
}

/** The card of this name in a folder. The caller has checked that the person may read the folder. */
export function findCardEntry(context: Context, bookId: string, uri: string): Promise<CardEntry | undefined> {
  return context.db.first(liveCards(context, bookId).select(entryColumns).where('uri', '=', uri));
}

/** The cards of these names in a folder, with their records where they are wanted; those that are missing are left out. */
export async function findCardEntries(context: Context, bookId: string, uris: readonly string[]): Promise<CardEntry[]> {
  const found: CardEntry[] = [];
  for (let start = 0; start < uris.length; start += namesPerQuery) {
    const some = uris.slice(start, start + namesPerQuery);
    found.push(...(await context.db.all(liveCards(context, bookId).select(entryColumns).where('uri', 'in', some))));
  }
  return found;
}

/** The records of cards by their ids: the octets that were stored. */
export async function readRecords(context: Context, cardIds: readonly string[]): Promise<Map<string, string>> {
  const records = new Map<string, string>();
  const { db } = context;
  for (let start = 0; start < cardIds.length; start += namesPerQuery) {
    const some = cardIds.slice(start, start + namesPerQuery);
    const rows = await db.all(
      db.build.selectFrom('card_record').select(['card_id', 'vcard']).where('card_id', 'in', some),
    );
    for (const row of rows) records.set(row.card_id, row.vcard);
  }
  return records;
}

function liveCards({ db }: Context, bookId: string) {
  return db.build.selectFrom('card').where('book_id', '=', bookId).where('trash_id', 'is', null);
}

/** The card with this id, wherever it lies. The caller asks whether the person may know of it. */
export function findCardEntryById({ db }: Context, cardId: string): Promise<CardEntry | undefined> {
  const live = db.build.selectFrom('card').select(entryColumns).where('trash_id', 'is', null);
  return db.first(live.where('id', '=', cardId));
}
