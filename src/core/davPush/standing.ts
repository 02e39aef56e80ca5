import { createHash } from 'node:crypto';
import { findHomeBookById, listHomeBooks } from '../addressbook/homeBooks.ts';
import type { HomeBook } from '../addressbook/homeBooks.ts';
import type { Context } from '../context.ts';

/** How an address book, or the home, stands for one person: what differs later is news. */
export type Standing = {
  /** Moves with what is in it. '': it is not there. */
  readonly content: string;
  /** Moves with its name, its colour and what the person may do in it. */
  readonly properties: string;
  readonly book: HomeBook | null;
};

/** How things stand; bookId '': which address books there are. */
export async function standingOf(context: Context, bookId: string): Promise<Standing> {
  if (bookId === '') {
    const books = await listHomeBooks(context);
    return { content: hash(books.map(({ segment }) => segment).toSorted()), properties: '', book: null };
  }
  const book = await findHomeBookById(context, bookId);
  if (!book) return { content: '', properties: '', book: null };
  const { seen, name, segment, color } = book;
  const properties = hash([name, segment, color, seen.book.description, seen.rights]);
  return { content: String(seen.book.cards_seq), properties, book };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}
