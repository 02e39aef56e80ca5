import type { Reader } from '../../db/database.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';

/** The folders that the person hides from their devices. */
export async function hiddenBooks(reader: Reader, { actor }: Context): Promise<ReadonlySet<string>> {
  const hidden = reader.build.selectFrom('dav_hidden').select('book_id').where('principal_id', '=', actor.principalId);
  return new Set((await reader.all(hidden)).map((row) => row.book_id));
}

/** Offers a folder to the person's devices, or hides it from them; nobody else is affected. Errors: `notFound`. */
export async function offerToDevices(context: Context, bookId: string, isOffered: boolean): Promise<void> {
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    const { book } = await requireBook(tx, context, bookId);
    const { build } = tx;
    const row = { principal_id: principalId, book_id: bookId };
    const count = isOffered
      ? await tx.run(
          build.deleteFrom('dav_hidden').where('principal_id', '=', principalId).where('book_id', '=', bookId),
        )
      : await tx.run(
          build
            .insertInto('dav_hidden')
            .values(row)
            .onConflict((conflict) => conflict.doNothing()),
        );
    if (count === 0) return;
    const change = {
      type: 'AddressBook',
      id: bookId,
      kind: 'access',
      readerId: principalId,
      wasReadable: true,
    } as const;
    tx.changed({ accountId: book.account_id, ...change });
  });
}
