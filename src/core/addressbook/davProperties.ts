import type { Reader, Writer } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';

/** A property that a client keeps with us; we do not look into it. */
type Kept = { readonly bookId: string; readonly name: string; readonly value: string };

const longestValue = 20_000;
const mostPerPerson = 1000;

/** Everything that this person's clients keep: of their home (bookId '') and of folders in it. */
export function listDavProperties(reader: Reader, { actor }: Context): Promise<Kept[]> {
  const all = reader.build.selectFrom('dav_property').select(['book_id as bookId', 'name', 'value']);
  return reader.all(all.where('principal_id', '=', actor.principalId).limit(mostPerPerson));
}

/** Keeps a value in place of an earlier one; null: none any more. Errors: `tooMany` (value or number too large). */
export async function setDavProperty(
  writer: Writer,
  context: Context,
  { bookId, name, value }: { bookId: string; name: string; value: string | null },
): Promise<void> {
  requireUnlimited(context);
  const { principalId } = context.actor;
  const { build } = writer;
  const same = build.deleteFrom('dav_property').where('principal_id', '=', principalId).where('book_id', '=', bookId);
  await writer.run(same.where('name', '=', name));
  if (value === null) return;
  const kept = await listDavProperties(writer, context);
  if (value.length > longestValue || name.length > 500 || kept.length >= mostPerPerson)
    throw new AppError('tooMany', 'This is more than is kept of properties');
  await writer.run(
    build.insertInto('dav_property').values({ principal_id: principalId, book_id: bookId, name, value }),
  );
}
