import type { Context } from '../context.ts';
import type { CardEntry } from './cardEntries.ts';

/** A card with the text that was stored. */
export type CardRecord = CardEntry & { readonly vcard: string };

const recordsPerPage = 200;

/** The cards of a folder with their records, page by page. The caller has checked that the person may read the folder. */
export async function* listRecords({ db }: Context, bookId: string): AsyncGenerator<readonly CardRecord[]> {
  const live = db.build
    .selectFrom('card')
    .innerJoin('card_record', 'card_record.card_id', 'card.id')
    .select(['id', 'account_id', 'book_id', 'uid', 'uri', 'etag', 'size', 'updated', 'vcard'])
    .where('book_id', '=', bookId)
    .where('trash_id', 'is', null)
    .orderBy('uri')
    .limit(recordsPerPage);
  for (let last: string | null = null; ;) {
    const page: CardRecord[] = await db.all(last === null ? live : live.where('uri', '>', last));
    if (page.length > 0) yield page;
    if (page.length < recordsPerPage) return;
    last = page.at(-1)!.uri;
  }
}
