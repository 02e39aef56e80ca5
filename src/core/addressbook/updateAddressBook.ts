import { AppError, invalid } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import { subtree } from '../sharing/subtree.ts';
import { writableSubtree } from '../sharing/writableSubtree.ts';
import { readColor } from './colors.ts';
import { readDescription, readSortOrder, requireParent } from './createAddressBook.ts';
import { renewListing } from './listing.ts';
import { nameKey, readName, requireFreeName } from './names.ts';
import { requireDepth } from './requireDepth.ts';

/** The properties of a folder that can be changed. */
export type AddressBookUpdate = {
  readonly name?: string;
  readonly color?: string | null;
  readonly sortOrder?: number;
  readonly description?: string | null;
  readonly parentId?: string | null;
};

/**
 * Renames, recolours, describes, orders or moves a folder. On a folder that was shared with the person, name, colour
 * and order are their own; on its sub-folders they are everybody's, and changing them needs `mayWrite`.
 */
export async function updateAddressBook(context: Context, bookId: string, update: AddressBookUpdate): Promise<void> {
  await transact(context, async (tx) => {
    const seen = await requireBook(tx, context, bookId);
    if (seen.isShareRoot) await updateOwnView(tx, context, seen, update);
    else await updateForAll(tx, context, seen, update);
  });
}

async function updateOwnView(
  tx: Transaction,
  context: Context,
  seen: VisibleBook,
  update: AddressBookUpdate,
): Promise<void> {
  const { actor } = context;
  const { book } = seen;
  if (update.parentId !== undefined && update.parentId !== book.parent_id)
    throw new AppError('forbidden', 'Only its owner moves a folder');
  if (update.description !== undefined && update.description !== book.description) {
    throw new AppError('forbidden', 'Only its owner describes a folder');
  }
  const change: { name?: string; color?: string | null; sort_order?: number } = {};
  if (update.name !== undefined) {
    change.name = readName(update.name, { topLevel: true });
    await requireFreeName(tx, { accountId: actor.principalId, parentId: null }, change.name, book.id);
  }
  if (update.color !== undefined) change.color = readColor(update.color);
  if (update.sortOrder !== undefined) change.sort_order = readSortOrder(update.sortOrder);
  if (Object.keys(change).length === 0) return;
  const changed = await tx.run(
    tx.build
      .updateTable('subscription')
      .set(change)
      .where('principal_id', '=', actor.principalId)
      .where('book_id', '=', book.id)
      .where('status', '=', 'accepted'),
  );
  if (changed === 0) throw new AppError('forbidden', 'Accept the share first');
  tx.changed({
    accountId: book.account_id,
    type: 'AddressBook',
    id: book.id,
    kind: 'access',
    readerId: actor.principalId,
    wasReadable: true,
  });
}

async function updateForAll(
  tx: Transaction,
  context: Context,
  seen: VisibleBook,
  update: AddressBookUpdate,
): Promise<void> {
  const { book } = seen;
  if (!seen.rights.mayWrite) throw new AppError('forbidden', 'This needs the right to write');
  const parentId = update.parentId === undefined ? book.parent_id : update.parentId;
  const moves = parentId !== book.parent_id;
  const renames = update.name !== undefined && update.name !== book.name;
  if (book.role !== null && (moves || renames))
    throw new AppError('forbidden', 'The system folders keep their name and place');
  // Below the top a reserved word is a name like others: on the way there it is read anew.
  const name = moves || renames ? readName(update.name ?? book.name, { topLevel: parentId === null }) : book.name;
  if (moves) await requireMove(tx, context, seen, parentId);
  if (moves || renames) await requireFreeName(tx, { accountId: book.account_id, parentId }, name, book.id);
  const change = {
    parent_id: parentId,
    name,
    name_key: nameKey(name),
    color: update.color === undefined ? book.color : readColor(update.color),
    description: update.description === undefined ? book.description : readDescription(update.description),
    sort_order: update.sortOrder === undefined ? book.sort_order : readSortOrder(update.sortOrder),
  };
  const write = async () => {
    await tx.run(tx.build.updateTable('address_book').set(change).where('id', '=', book.id));
  };
  if (moves) await noteAccess(tx, context, { accountId: book.account_id, bookId: book.id }, write);
  else await write();
  await noteUpdate(tx, book.id, moves || renames);
  if (renames || change.description !== book.description) await renewListing(tx, { ...change, id: book.id });
  // Its name is a part of what those are told who have been invited.
  if (renames)
    tx.changed({ accountId: book.account_id, type: 'ShareInvitation', id: book.id, kind: 'updated', bookId: book.id });
}

/** The names above a folder are part of its address: what lies below changes with them. */
async function noteUpdate(tx: Transaction, bookId: string, withBelow: boolean): Promise<void> {
  const books = await subtree(tx, bookId);
  for (const { id, account_id: accountId, parent_id: parentId } of withBelow ? books : books.slice(0, 1)) {
    tx.changed({
      accountId,
      type: 'AddressBook',
      id,
      kind: 'updated',
      ...(parentId === null ? {} : { bookId: parentId }),
    });
  }
}

async function requireMove(
  tx: Transaction,
  context: Context,
  seen: VisibleBook,
  parentId: string | null,
): Promise<void> {
  const { book } = seen;
  if (!seen.rights.mayDelete) throw new AppError('forbidden', 'One may not take this folder away from where it is');
  await requireParent(tx, context, book.account_id, parentId);
  const below = await writableSubtree(tx, context, book);
  if (below.some((inside) => inside.id === parentId))
    throw invalid('parentId', 'A folder cannot stand in itself or below itself', { reason: 'insideItself' });
  await requireDepth(tx, below, { parentId, property: 'parentId' });
}
