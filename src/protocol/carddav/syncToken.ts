import type { HomeBook } from '../../core/addressbook/homeBooks.ts';

type Book = Pick<HomeBook['seen']['book'], 'id' | 'cards_seq'>;

/** Where a client's copy of a folder stands. */
export type SyncPosition = {
  /** The number of the last change that it knows. */
  readonly seq: number;
  /** In the middle of the first listing: the last name that it was told. */
  readonly after: string | null;
};

const prefix = 'urn:x-coterie:sync:';

/**
 * Where the cards of a folder stand: a URI (RFC 6578 §4), of this folder alone, from the number of its last change. It
 * never expires while the log is kept, except when what came before it is lost (`isLost`).
 */
export function syncToken({ id, cards_seq: seq }: Book): string {
  return writeSyncToken(id, { seq, after: null });
}

/** The token of a position. */
export function writeSyncToken(bookId: string, { seq, after }: SyncPosition): string {
  const rest = after === null ? '' : `:${Buffer.from(after).toString('base64url')}`;
  return `${prefix}${bookId}:${seq}${rest}`;
}

/** The position in a token of this folder; null: it is not one of ours, not of this folder, or from the future. */
export function readSyncToken(book: Book, token: string): SyncPosition | null {
  const start = `${prefix}${book.id}:`;
  const match = /^(\d{1,15})(?::([\w-]{1,1500}))?$/u.exec(token.startsWith(start) ? token.slice(start.length) : '');
  if (!match) return null;
  const seq = Number(match[1]);
  if (seq > book.cards_seq) return null;
  return { seq, after: match[2] === undefined ? null : Buffer.from(match[2], 'base64url').toString('utf8') };
}

const homePrefix = 'urn:x-coterie:home:';

/** Where a person's home stands: which folders there are, and what they look like. */
export function writeHomeToken(personId: string, seq: number): string {
  return `${homePrefix}${personId}:${seq}`;
}

/** The number in a token of this home; null: it was never given out, or in a time before a backup was restored. */
export function readHomeToken(
  personId: string,
  { oldest, seq }: { readonly oldest: number; readonly seq: number },
  token: string,
): number | null {
  const start = `${homePrefix}${personId}:`;
  const text = token.startsWith(start) ? token.slice(start.length) : '';
  const number = /^\d{1,15}$/u.test(text) ? Number(text) : -1;
  return number >= oldest && number <= seq ? number : null;
}
