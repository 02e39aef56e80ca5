import type { AddressBook, Id, Share } from '../../../client/src/types.ts';
import { type FolderShares, sharesOf } from './shares.ts';

/** A folder of one's own with everybody who sees it: by shares of its own, and by those of the folders above. */
export interface SeenFolder<B extends AddressBook> extends FolderShares {
  readonly book: B;
  readonly title: string;
}

interface Overview<B extends AddressBook> {
  readonly books: readonly B[];
  readonly shares: readonly Share[];
  readonly titleOf: (book: B) => string;
  readonly locale: string;
  /** Only what these words find among the names and addresses of those who see it. */
  readonly text?: string;
}

/** « Qui voit quoi »: the folders that somebody else sees, by name. */
export function overviewOf<B extends AddressBook>({
  books,
  shares,
  titleOf,
  locale,
  text = '',
}: Overview<B>): SeenFolder<B>[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const words = fold(text).split(/\s+/u).filter(Boolean);
  const isMeant = (share: Share) => {
    const named = fold(`${share.name} ${share.email ?? ''}`);
    return words.every((word) => named.includes(word));
  };
  return books
    .map((book) => {
      const { own, inherited } = sharesOf(book, books, shares, locale);
      const byOthers = inherited.filter(({ share }) => isMeant(share));
      return { book, title: titleOf(book), own: own.filter(isMeant), inherited: byOthers };
    })
    .filter(({ own, inherited }) => own.length + inherited.length > 0)
    .sort((a, b) => compare(a.title, b.title));
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The shares that end so that nobody sees a folder or what lies below it any more; those from above it stay. */
export function sharesWithin(bookId: Id, books: readonly AddressBook[], shares: readonly Share[]): readonly Share[] {
  const inside = new Set([bookId]);
  // A folder comes anywhere in the list: once around for each level.
  for (let size = 0; size < inside.size;) {
    size = inside.size;
    for (const { id, parentId } of books) if (parentId !== null && inside.has(parentId)) inside.add(id);
  }
  return shares.filter(({ addressBookId }) => inside.has(addressBookId));
}
