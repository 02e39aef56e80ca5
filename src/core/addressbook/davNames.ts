import type { Reader, Writer } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { findBook, requireBook } from '../sharing/access.ts';

/** Whether a client of this person calls one of their folders so, or a folder of theirs has this id. */
export async function isNameTaken(reader: Reader, context: Context, name: string): Promise<boolean> {
  const { build } = reader;
  const mine = build.selectFrom('dav_name').select('book_id').where('principal_id', '=', context.actor.principalId);
  const named = await reader.first(mine.where('name', '=', name));
  // What was deleted or is no longer shared leaves its address to others.
  if (named && (await findBook(reader, context, named.book_id))) return true;
  return (await reader.first(build.selectFrom('address_book').select('id').where('id', '=', name))) !== undefined;
}

/** Keeps what a client of this person calls a folder; an earlier name of it ends, and whatever was called so before. */
export async function nameBook(writer: Writer, { actor }: Context, bookId: string, name: string): Promise<void> {
  const { principalId } = actor;
  const { build } = writer;
  const mine = build.deleteFrom('dav_name').where('principal_id', '=', principalId);
  await writer.run(mine.where((is) => is.or([is('book_id', '=', bookId), is('name', '=', name)])));
  await writer.run(build.insertInto('dav_name').values({ principal_id: principalId, name, book_id: bookId }));
}

/** Gives a folder of the person's home another address. Errors: `notFound`, `exists`. */
export async function nameBookForMe(context: Context, bookId: string, name: string): Promise<void> {
  await transact(context, async (tx) => {
    await requireBook(tx, context, bookId);
    if (await isNameTaken(tx, context, name))
      throw new AppError('exists', 'There is something at this address already');
    await nameBook(tx, context, bookId, name);
  });
}
