import type { HomeBook } from '../../core/addressbook/homeBooks.ts';

type Book = Pick<HomeBook['seen']['book'], 'id' | 'cards_seq'>;

const prefix = 'urn:x-coterie:sync:';

/**
 * Where the cards of a folder stand: a URI (RFC 6578 §4), of this folder alone, from the number of its last change. It
 * never expires while the log is kept.
 */
export function syncToken({ id, cards_seq: seq }: Book): string {
  return `${prefix}${id}:${seq}`;
}

/** The number in a token of this folder; null: it is not one of ours, not of this folder, or from the future. */
export function readSyncToken(book: Book, token: string): number | null {
  const start = `${prefix}${book.id}:`;
  const digits = token.startsWith(start) ? token.slice(start.length) : '';
  if (!/^\d{1,15}$/u.test(digits)) return null;
  const seq = Number(digits);
  return seq <= book.cards_seq ? seq : null;
}
