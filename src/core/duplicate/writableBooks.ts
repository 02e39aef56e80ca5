import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { sharedBooks, visibleBooks } from '../sharing/access.ts';

/** A folder that the person may write, and a text that is the same for folders that the same people see. */
export type WritableBook = { readonly book: AddressBookRow; readonly audience: string };

/** The folders that the person sees among their own and may write in, in all accounts. */
export async function writableBooks(reader: Reader, context: Context): Promise<Map<string, WritableBook>> {
  const own = await visibleBooks(reader, context, context.actor.principalId);
  const shared = (await sharedBooks(reader, context)).filter((seen) => seen.invitation === 'accepted');
  const books = [...own, ...shared].filter(({ rights }) => rights.mayWrite).map(({ book }) => book);
  const audience = await audiences(reader, [...new Set(books.map((book) => book.account_id))]);
  return new Map(books.map((book) => [book.id, { book, audience: audience(book) }]));
}

/** Who sees a folder follows from the shares on it and above it. */
async function audiences(reader: Reader, accountIds: readonly string[]): Promise<(book: AddressBookRow) => string> {
  const among = JSON.stringify(accountIds);
  const places = await reader.all(
    sql<{ id: string; parent_id: string | null; is_shared: number }>`
      SELECT id, parent_id, EXISTS (SELECT 1 FROM share WHERE share.book_id = address_book.id) AS is_shared
      FROM address_book
      WHERE account_id IN (SELECT value FROM json_each(${among})) AND trash_id IS NULL`.compile(reader.build),
  );
  const byId = new Map(places.map((place) => [place.id, place]));
  return (book) => {
    const shared: string[] = [];
    for (let place = byId.get(book.id); place; place = byId.get(place.parent_id ?? ''))
      if (place.is_shared === 1) shared.push(place.id);
    return `${book.account_id} ${shared.join(' ')}`;
  };
}
