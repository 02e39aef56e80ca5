import type { Reader, Writer } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { findBook, requireBook } from '../sharing/access.ts';

// Whether somebody has a folder of this id is nobody else's business: all that look like one are taken.
const idForm = /^f[0-9a-z]{15,30}$/u;

/** Whether a client of this person already uses this path segment for a folder, or it could be the id of one. */
export async function isNameTaken(reader: Reader, context: Context, name: string): Promise<boolean> {
  if (idForm.test(name)) return true;
  const { build } = reader;
  const mine = build.selectFrom('dav_name').select('book_id').where('principal_id', '=', context.actor.principalId);
  const named = await reader.first(mine.where('name', '=', name));
  // What was deleted or is no longer shared leaves its address to others.
  return named !== undefined && (await findBook(reader, context, named.book_id)) !== undefined;
}

/**
 * Records the path segment by which this person's clients know a folder; an earlier segment of the folder, and an
 * earlier use of this segment, end.
 */
export async function nameBook(writer: Writer, { actor }: Context, bookId: string, name: string): Promise<void> {
  const { principalId } = actor;
  const { build } = writer;
  const mine = build.deleteFrom('dav_name').where('principal_id', '=', principalId);
  await writer.run(mine.where((is) => is.or([is('book_id', '=', bookId), is('name', '=', name)])));
  await writer.run(build.insertInto('dav_name').values({ principal_id: principalId, name, book_id: bookId }));
}

/** Gives a folder in the person's home another path segment. Errors: `notFound`, `exists`. */
export async function nameBookForMe(context: Context, bookId: string, name: string): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    await requireBook(tx, context, bookId);
    if (await isNameTaken(tx, context, name))
      throw new AppError('exists', 'There is something at this address already');
    await nameBook(tx, context, bookId, name);
  });
}
