import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { invalid } from '../../errors.ts';
import { maxDepth } from '../sharing/access.ts';
import { depthOf } from '../sharing/subtree.ts';

/** A place below which folders are to stand; `property` is what the client calls it. */
type Place = { readonly parentId: string | null; readonly property: string };

/** Throws `invalid` if these folders, the first of which contains the others, would be nested too deeply there. */
export async function requireDepth(
  reader: Reader,
  books: readonly Pick<AddressBookRow, 'id' | 'parent_id'>[],
  { parentId, property }: Place,
): Promise<void> {
  const above = parentId === null ? 0 : await depthOf(reader, parentId);
  const children = Map.groupBy(books.slice(1), (book) => book.parent_id);
  let [level, height] = [books.slice(0, 1), 0];
  for (; level.length > 0; height++) level = level.flatMap(({ id }) => children.get(id) ?? []);
  if (above + height > maxDepth) throw invalid(property, `Folders nest at most ${maxDepth} deep`);
}
