import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { visibleBooks } from './access.ts';
import { subtree } from './subtree.ts';

/**
 * A folder and everything below it, which is moved or deleted together with it. Throws `forbidden` if the person may
 * not write something below: otherwise « none » on a sub-folder would not protect it from being taken away with its
 * parent.
 */
export async function writableSubtree(
  reader: Reader,
  context: Context,
  root: AddressBookRow,
): Promise<AddressBookRow[]> {
  const books = await subtree(reader, root.id);
  if (root.account_id === context.actor.principalId) return books;
  const visible = await visibleBooks(reader, context, root.account_id);
  const writable = new Set(visible.filter(({ rights }) => rights.mayWrite).map(({ book }) => book.id));
  if (books.slice(1).every(({ id }) => writable.has(id))) return books;
  throw new AppError('forbidden', 'There are folders below this one in which one may not write');
}
