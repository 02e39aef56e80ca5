import type { Reader, Writer } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';

/** Whether a client of this person calls one of their folders so, or a folder of theirs has this id. */
export async function isNameTaken(reader: Reader, { actor }: Context, name: string): Promise<boolean> {
  const named = reader.build.selectFrom('dav_name').select('book_id').where('principal_id', '=', actor.principalId);
  if (await reader.first(named.where('name', '=', name))) return true;
  return (
    (await reader.first(reader.build.selectFrom('address_book').select('id').where('id', '=', name))) !== undefined
  );
}

/** Keeps what a client of this person calls a folder; an earlier name of it ends. */
export async function nameBook(writer: Writer, { actor }: Context, bookId: string, name: string): Promise<void> {
  const { principalId } = actor;
  const { build } = writer;
  await writer.run(build.deleteFrom('dav_name').where('principal_id', '=', principalId).where('book_id', '=', bookId));
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
