import type { Transaction } from '../change/transaction.ts';

/** Logs that the shares on folders go into the trash with them, or come back with them. */
export async function noteShares(
  tx: Transaction,
  folders: { readonly accountId: string; readonly bookIds: readonly string[] },
  kind: 'created' | 'destroyed',
): Promise<void> {
  const { accountId, bookIds } = folders;
  const shares = tx.build.selectFrom('share').select(['id', 'book_id']).where('account_id', '=', accountId);
  const ofFolders = new Set(bookIds);
  for (const { id, book_id: bookId } of await tx.all(shares)) {
    if (ofFolders.has(bookId)) tx.changed({ accountId, type: 'Share', id, kind, bookId });
  }
}
