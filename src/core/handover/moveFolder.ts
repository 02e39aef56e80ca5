import { sql } from 'kysely';
import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import { endRequests } from '../addressbook/endRequests.ts';
import { freeName, nameKey } from '../addressbook/names.ts';
import { requireDepth } from '../addressbook/requireDepth.ts';
import { inheritLost } from '../change/lostNumbers.ts';
import type { Transaction } from '../change/transaction.ts';
import { subtree } from '../sharing/subtree.ts';
import type { Doer } from '../version/keepVersion.ts';
import { moveCards } from './moveCards.ts';
import { moveShares } from './moveShares.ts';
import { noteGone } from './noteGone.ts';
import { noteTrashMove } from './noteTrashMove.ts';

/** A folder that moves to another account with everything in it and below it, and its place there. */
export type FolderMove = {
  readonly root: AddressBookRow;
  readonly fromId: string;
  readonly toId: string;
  readonly parentId: string | null;
};

/** What was moved: the folders as they were, and the shares that stay. */
export type Moved = {
  readonly books: readonly AddressBookRow[];
  readonly cards: number;
  readonly shares: readonly ShareRow[];
};

/**
 * Moves a folder to another account: sub-folders, cards, history, what was deleted from it, shares and the answers to
 * them. Everybody it is shared with keeps their access. If a name or a uid is taken there, the arriving one gets
 * another.
 */
export async function moveFolder(tx: Transaction, doer: Doer, move: FolderMove): Promise<Moved> {
  const { root, fromId, toId, parentId } = move;
  const books = await subtree(tx, root.id);
  await requireDepth(tx, books, { parentId, property: 'bookIds' });
  const name = await freeName(tx, { accountId: toId, parentId }, root.name);
  await continueNumbers(tx, move);
  await inheritLost(tx, move);
  await endRequests(
    tx,
    books.map(({ id }) => id),
  );
  await moveBooks(tx, books, { fromId, toId, parentId, name });
  const trashed = await trashBelow(tx, books);
  await moveTrashed(tx, trashed, { fromId, toId });
  let cards = 0;
  for (const { id: bookId } of [...books, ...trashed]) cards += await moveCards(tx, doer, { bookId, fromId, toId });
  // Folders in the trash are on no device.
  for (const { id: bookId } of books) await noteGone(tx, { bookId, fromId, toId });
  const shares = await moveShares(tx, doer, { books, fromId, toId });
  return { books, cards, shares };
}

/**
 * The numbers of the receiver's log go on behind those of the giver's: a device whose token of this folder is from before
 * is told what happened since, and never mistakes a number of one account for one of the other.
 */
async function continueNumbers(tx: Transaction, { fromId, toId }: FolderMove): Promise<void> {
  const numberOf = (id: string) => tx.build.selectFrom('account').select('seq').where('id', '=', id);
  const [from, to] = [await tx.first(numberOf(fromId)), await tx.first(numberOf(toId))];
  const behind = from?.seq ?? 0;
  if ((to?.seq ?? 0) >= behind) return;
  await tx.run(tx.build.updateTable('account').set({ seq: behind }).where('id', '=', toId));
}

type Move = { readonly fromId: string; readonly toId: string };

async function moveBooks(
  tx: Transaction,
  books: readonly AddressBookRow[],
  move: Move & { readonly parentId: string | null; readonly name: string },
): Promise<void> {
  const { build } = tx;
  const { fromId, toId, parentId, name } = move;
  for (const { id, parent_id: above } of books) {
    const isRoot = id === books[0]!.id;
    const place = isRoot ? { parent_id: parentId, name, name_key: nameKey(name) } : {};
    const row = { account_id: toId, role: null, is_default: 0, ...place };
    await tx.run(build.updateTable('address_book').set(row).where('id', '=', id));
    const parent = isRoot ? parentId : above;
    tx.changed({ accountId: fromId, type: 'AddressBook', id, kind: 'destroyed', ...inside(above) });
    tx.changed({ accountId: toId, type: 'AddressBook', id, kind: 'created', ...inside(parent) });
  }
}

function inside(bookId: string | null): { readonly bookId?: string } {
  return bookId === null ? {} : { bookId };
}

/** Folders that were deleted out of these, with what was deleted with them. */
async function trashBelow(tx: Transaction, books: readonly AddressBookRow[]): Promise<AddressBookRow[]> {
  return tx.all(
    sql<AddressBookRow>`
      WITH RECURSIVE below (id) AS (
        SELECT id FROM address_book
        WHERE parent_id IN (${sql.join(books.map(({ id }) => id))}) AND trash_id IS NOT NULL
        UNION
        SELECT child.id FROM address_book AS child JOIN below ON child.parent_id = below.id
      )
      SELECT address_book.* FROM below JOIN address_book ON address_book.id = below.id`.compile(tx.build),
  );
}

/** They are in the new owner's trash, and in that of the one who deleted them. */
async function moveTrashed(tx: Transaction, trashed: readonly AddressBookRow[], move: Move): Promise<void> {
  const { build } = tx;
  const { toId } = move;
  for (const { id, trash_id: trashId, deleted_by: deleterId } of trashed) {
    await tx.run(build.updateTable('address_book').set({ account_id: toId }).where('id', '=', id));
    for (const table of ['share', 'subscription', 'ended_subscription'] as const)
      await tx.run(build.updateTable(table).set({ account_id: toId }).where('book_id', '=', id));
    if (trashId === id) noteTrashMove(tx, { id, deleterId }, move);
  }
}
