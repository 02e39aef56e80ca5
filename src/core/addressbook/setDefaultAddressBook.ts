import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';

/**
 * Makes a folder of one's own account the default one (RFC 9610 §2.3, onSuccessSetIsDefault). Returns the ids of the
 * folders whose `isDefault` changed, the new default first; none if the folder cannot be the default.
 */
export async function setDefaultAddressBook(context: Context, accountId: string, bookId: string): Promise<string[]> {
  const { principalId, scope } = context.actor;
  if (accountId !== principalId || scope) return [];
  return transact(context, async (tx) => {
    const { build } = tx;
    const books = build
      .selectFrom('address_book')
      .select(['id', 'is_default'])
      .where('account_id', '=', accountId)
      .where('trash_id', 'is', null);
    const wanted = await tx.first(books.where('id', '=', bookId));
    if (!wanted || wanted.is_default === 1) return [];
    const old = await tx.first(books.where('is_default', '=', 1));
    if (old) await tx.run(build.updateTable('address_book').set({ is_default: 0 }).where('id', '=', old.id));
    await tx.run(build.updateTable('address_book').set({ is_default: 1 }).where('id', '=', bookId));
    const changed = old ? [bookId, old.id] : [bookId];
    for (const id of changed) tx.changed({ accountId, type: 'AddressBook', id, kind: 'updated' });
    return changed;
  });
}
