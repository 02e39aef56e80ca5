import type { AddressBookRow } from '../../db/schema.ts';

/**
 * The part of a folder's address after its owner: the names from the top, percent-encoded. If the reader cannot see all
 * folders above it, it is the folder's id, which reveals nothing.
 */
export function folderPath(book: AddressBookRow, books: ReadonlyMap<string, AddressBookRow>): string {
  const names = [book.name];
  for (let above = book.parent_id; above !== null;) {
    const parent = books.get(above);
    if (!parent) return book.id;
    names.unshift(parent.name);
    above = parent.parent_id;
  }
  return names.map((name) => encodeURIComponent(name)).join('/');
}
