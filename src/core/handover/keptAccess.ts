import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import { newId } from '../../lib/ids.ts';
import { freeName } from '../addressbook/names.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { columnsOf } from '../sharing/access.ts';
import { rightsOfRole } from '../sharing/rights.ts';
import type { FolderMove } from './moveFolder.ts';

/** The role that the old owner keeps; « none »: no access. */
export type KeptRole = keyof typeof rightsOfRole;

/** The folder and those below it, as they were, and what is kept of them. */
type Kept = { readonly books: readonly AddressBookRow[]; readonly role: KeptRole };

/**
 * The old owner continues with a folder that was moved, as a sharee who has accepted it, with the name, colour and
 * address that it had for them. With the role « none » they lose access.
 */
export async function keepAccess(
  tx: Transaction,
  context: Context,
  { root, fromId, toId }: FolderMove,
  { books, role }: Kept,
): Promise<void> {
  if (role === 'none') return forgetNames(tx, fromId, books);
  const { build } = tx;
  const now = context.now().toISOString();
  const common = { principal_id: fromId, book_id: root.id, account_id: toId };
  const share: ShareRow = {
    ...common,
    ...columnsOf(rightsOfRole[role]),
    id: newId('s', context.now()),
    type: 'principal',
    email: null,
    expires_at: null,
    note: null,
    created_at: now,
    created_by: toId,
  };
  await tx.run(build.insertInto('share').values(share));
  tx.changed({ accountId: toId, type: 'Share', id: share.id, kind: 'created', bookId: root.id });
  const name = await freeName(tx, { accountId: fromId, parentId: null }, root.name, root.id);
  const view = { name, color: root.color, sort_order: root.sort_order };
  await tx.run(build.insertInto('subscription').values({ ...common, ...view, status: 'accepted', decided_at: now }));
  for (const { id } of books)
    tx.changed({ accountId: toId, type: 'AddressBook', id, kind: 'access', readerId: fromId, wasReadable: false });
}

/** What the devices of the old owner called the folders ends with their access. */
export async function forgetNames(tx: Transaction, fromId: string, books: readonly AddressBookRow[]): Promise<void> {
  const ids = books.map(({ id }) => id);
  for (const table of ['dav_name', 'dav_property'] as const)
    await tx.run(tx.build.deleteFrom(table).where('principal_id', '=', fromId).where('book_id', 'in', ids));
}
