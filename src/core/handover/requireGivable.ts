import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { subtree } from '../sharing/subtree.ts';

const refusals = {
  notOwner: 'Only its owner hands a folder over',
  systemFolder: '« Contacts » and « Personnes contactées par mail » stay with their owner',
  notTopLevel: 'A folder is handed over from the top level: move it there first',
  defaultFolder: 'New contacts go into this folder, or into one below it: choose another default first',
} as const;

/** Why a folder cannot be handed over; undefined: it can. */
async function whyNotGivable(
  reader: Reader,
  ownerId: string,
  book: AddressBookRow,
): Promise<keyof typeof refusals | undefined> {
  if (book.account_id !== ownerId) return 'notOwner';
  if (book.role !== null) return 'systemFolder';
  if (book.parent_id !== null) return 'notTopLevel';
  const books = await subtree(reader, book.id);
  if (books.some((below) => below.role !== null)) return 'systemFolder';
  return books.some((below) => below.is_default === 1) ? 'defaultFolder' : undefined;
}

/** The folder, when the person may hand it over. Errors: `notFound`, `forbidden` with the reason. */
export async function requireGivable(reader: Reader, context: Context, bookId: string): Promise<AddressBookRow> {
  const { book } = await requireBook(reader, context, bookId);
  const reason = await whyNotGivable(reader, context.actor.principalId, book);
  if (reason) throw new AppError('forbidden', refusals[reason], { reason });
  return book;
}

/** The folder of an offer, when its owner can still hand it over. Errors: `notFound`, `forbidden` with the reason. */
export async function requireStillGivable(reader: Reader, ownerId: string, bookId: string): Promise<AddressBookRow> {
  const [book] = await subtree(reader, bookId);
  if (!book) throw notFound('address book');
  const reason = await whyNotGivable(reader, ownerId, book);
  if (reason) throw new AppError('forbidden', refusals[reason], { reason });
  return book;
}
