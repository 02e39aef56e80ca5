import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';

type Move = { readonly books: readonly AddressBookRow[]; readonly fromId: string; readonly toId: string };

/**
 * The shares on folders, and the answers to them, go with the folders into another account; the receiver's own end,
 * they own them now. Everybody else learns that the folder left one account and is in another. The shares that stay.
 */
export async function moveShares(tx: Transaction, world: World, { books, fromId, toId }: Move): Promise<ShareRow[]> {
  const { build } = tx;
  const held = new Map<string, Set<string>>();
  const stay: ShareRow[] = [];
  for (const book of books) {
    const shares = await tx.all(build.selectFrom('share').selectAll().where('book_id', '=', book.id));
    const grantees = new Set(book.parent_id === null ? [] : held.get(book.parent_id));
    for (const share of shares) {
      const ends = share.principal_id === toId;
      if (ends) await tx.run(build.deleteFrom('share').where('id', '=', share.id));
      else stay.push({ ...share, account_id: toId });
      if (share.principal_id !== null && !isOver(share, world)) grantees.add(share.principal_id);
      tx.changed({ accountId: fromId, type: 'Share', id: share.id, kind: 'destroyed', bookId: book.id });
      if (!ends) tx.changed({ accountId: toId, type: 'Share', id: share.id, kind: 'created', bookId: book.id });
    }
    held.set(book.id, grantees);
    for (const table of ['share', 'subscription', 'ended_subscription'] as const)
      await tx.run(build.updateTable(table).set({ account_id: toId }).where('book_id', '=', book.id));
    // Whoever gave it answers for none of them any more: what grantees reply goes to the new owner.
    const made = build.updateTable('share').set({ created_by: toId }).where('book_id', '=', book.id);
    await tx.run(made.where('created_by', '=', fromId));
    for (const table of ['subscription', 'ended_subscription'] as const)
      await tx.run(build.deleteFrom(table).where('book_id', '=', book.id).where('principal_id', '=', toId));
    const told = { type: 'AddressBook', id: book.id, kind: 'access' } as const;
    for (const readerId of grantees) {
      tx.changed({ ...told, accountId: fromId, readerId, wasReadable: true });
      tx.changed({ ...told, accountId: toId, readerId, wasReadable: false });
    }
  }
  return stay;
}

function isOver(share: ShareRow, { now }: World): boolean {
  return share.expires_at !== null && share.expires_at <= now().toISOString();
}
