import { randomUUID } from 'node:crypto';
import type { AddressBookRow, CardRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import { createBreath } from '../../lib/breath.ts';
import { requireRoomForBooks } from '../addressbook/createAddressBook.ts';
import { freeName, nameKey } from '../addressbook/names.ts';
import { requireDepth } from '../addressbook/requireDepth.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import { changeUid } from '../card/changeUid.ts';
import { addToCardCount, requireRoomForCards } from '../card/saveCard.ts';
import type { Context } from '../context.ts';
import { findBook } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import type { Rights } from '../sharing/rights.ts';
import { noteShares } from '../sharing/noteShares.ts';
import { keepVersion } from '../version/keepVersion.ts';
import { findTrash } from './listTrash.ts';
import type { TrashView } from './listTrash.ts';

const cardsAtOnce = 50;

/** Where the item is now. */
export type Restored = { readonly accountId: string; readonly addressBookId: string };

/**
 * Takes an item out of the trash, under its old id, back to where it was or into another folder of the same account.
 * Errors: `notFound`, `forbidden`, `invalid` addressBookId (reason folderGone) if its folder is gone and no other is
 * named, `overQuota` if the account has no room for it.
 */
export async function restoreTrashItem(context: Context, id: string, intoBookId: string | null): Promise<Restored> {
  return transact(context, async (tx) => {
    const [item] = await findTrash(tx, context, [id]);
    if (!item) throw notFound('item in the trash');
    if (!item.mayRestore) throw new AppError('forbidden', 'This needs the right to write where it was');
    const restored =
      item.kind === 'card'
        ? await restoreCard(tx, context, item, intoBookId)
        : await restoreFolder(tx, context, item, intoBookId);
    noteTrash(tx, context, item);
    if (item.kind === 'folder') {
      const object = { type: 'AddressBook', id, name: item.name } as const;
      await audit(tx, context, { kind: 'folder.restored', ownerId: item.ownerAccountId, object });
    }
    return restored;
  });
}

/** Logs that an item left the trash, for its owner and for whoever had deleted it. */
export function noteTrash(
  tx: Transaction,
  context: Context,
  item: Pick<TrashView, 'id' | 'ownerAccountId' | 'deletedBy'>,
): void {
  for (const accountId of new Set([item.ownerAccountId, item.deletedBy, context.actor.principalId])) {
    tx.changed({ accountId, type: 'TrashItem', id: item.id, kind: 'destroyed' });
  }
}

async function restoreCard(
  tx: Transaction,
  context: Context,
  item: TrashView,
  intoBookId: string | null,
): Promise<Restored> {
  // That it may be taken out is known (`mayRestore`): where it comes to, it is added.
  const bookId = await placeFor(tx, context, item, intoBookId ?? item.addressBookId, 'mayAdd');
  const card = (await tx.first(tx.build.selectFrom('card').selectAll().where('id', '=', item.id)))!;
  await requireRoomForCards(tx, context, card.account_id, 1);
  await bringBackCard(tx, context, card, bookId);
  await addToCardCount(tx, { ...card, book_id: bookId }, 1);
  return { accountId: card.account_id, addressBookId: bookId };
}

async function placeFor(
  tx: Transaction,
  context: Context,
  item: TrashView,
  bookId: string | null,
  right: keyof Rights = 'mayWrite',
): Promise<string> {
  const place = bookId === null ? undefined : await findBook(tx, context, bookId);
  if (!place) {
    throw new AppError('invalid', 'The folder is gone: name another one', {
      properties: ['addressBookId'],
      reason: 'folderGone',
    });
  }
  if (place.book.account_id !== item.ownerAccountId) {
    throw new AppError('invalid', 'The folder is in another account', {
      properties: ['addressBookId'],
      reason: 'otherAccount',
    });
  }
  if (!place.rights[right]) throw new AppError('forbidden', 'One may not write there');
  return place.book.id;
}

/**
 * Makes a card live again (without adjusting counts or logging that its item left the trash). If its uid or its address
 * has been taken in the meantime, it gets another.
 */
export async function bringBackCard(tx: Transaction, context: Context, card: CardRow, bookId: string): Promise<void> {
  const { build } = tx;
  const live = build.selectFrom('card').select('id').where('trash_id', 'is', null);
  const uidTaken = await tx.first(live.where('account_id', '=', card.account_id).where('uid', '=', card.uid));
  // First that it is back, then that it is another: undoing reads what happened in this order.
  await keepVersion(tx, context, { card: { ...card, book_id: bookId }, action: 'restored' });
  if (uidTaken) await changeUid(tx, context, card, `urn:uuid:${randomUUID()}`);
  const uriTaken = await tx.first(live.where('book_id', '=', bookId).where('uri', '=', card.uri));
  const back = {
    trash_id: null,
    deleted_at: null,
    deleted_by: null,
    book_id: bookId,
    ...(bookId === card.book_id ? {} : { added_by: context.actor.principalId }),
    ...(uriTaken ? { uri: `${card.id}.vcf` } : {}),
  };
  await tx.run(build.updateTable('card').set(back).where('id', '=', card.id));
  tx.changed({
    accountId: card.account_id,
    type: 'ContactCard',
    id: card.id,
    kind: 'created',
    bookId,
    uri: uriTaken ? `${card.id}.vcf` : card.uri,
  });
}

async function restoreFolder(
  tx: Transaction,
  context: Context,
  item: TrashView,
  intoBookId: string | null,
): Promise<Restored> {
  const { build } = tx;
  const parentId = await parentFor(tx, context, item, intoBookId);
  const books = await tx.all(build.selectFrom('address_book').selectAll().where('trash_id', '=', item.id));
  const root = books.find((book) => book.id === item.id)!;
  const others = books.filter((book) => book !== root);
  await requireDepth(tx, [root, ...others], { parentId, property: 'addressBookId' });
  await requireRoomForBooks(tx, context, root.account_id, books.length);
  await requireRoomForCards(tx, context, root.account_id, item.cardCount);
  const name = await freeName(tx, { accountId: root.account_id, parentId }, root.name);
  await noteAccess(tx, context, { accountId: root.account_id, bookId: root.id }, async () => {
    await tx.run(
      build
        .updateTable('address_book')
        .set({ parent_id: parentId, name, name_key: nameKey(name) })
        .where('id', '=', root.id),
    );
    for (const book of books) await bringBackFolder(tx, context, book, { parentId, trashId: item.id });
  });
  await noteShares(tx, { accountId: root.account_id, bookIds: books.map(({ id }) => id) }, 'created');
  return { accountId: root.account_id, addressBookId: root.id };
}

/** Its old parent while that is there, else top level of its owner. */
async function parentFor(
  tx: Transaction,
  context: Context,
  item: TrashView,
  intoBookId: string | null,
): Promise<string | null> {
  if (intoBookId !== null) return placeFor(tx, context, item, intoBookId);
  if (item.addressBookId === null) return null;
  const old = await findBook(tx, context, item.addressBookId);
  if (old) return old.book.id;
  if (item.ownerAccountId === context.actor.principalId) return null;
  throw notFound('folder that it stood in');
}

async function bringBackFolder(
  tx: Transaction,
  context: Context,
  book: AddressBookRow,
  { parentId, trashId }: { readonly parentId: string | null; readonly trashId: string },
): Promise<void> {
  const { build } = tx;
  const above = book.id === trashId ? parentId : book.parent_id;
  const back = { trash_id: null, deleted_at: null, deleted_by: null, card_count: 0 };
  await tx.run(build.updateTable('address_book').set(back).where('id', '=', book.id));
  const place = above === null ? {} : { bookId: above };
  tx.changed({ accountId: book.account_id, type: 'AddressBook', id: book.id, kind: 'created', ...place });
  await bringBackCards(tx, context, book.id, trashId);
}

async function bringBackCards(tx: Transaction, context: Context, bookId: string, trashId: string): Promise<void> {
  const breathe = createBreath(1);
  const some = tx.build
    .selectFrom('card')
    .selectAll()
    .where('book_id', '=', bookId)
    .where('trash_id', '=', trashId)
    .limit(cardsAtOnce);
  for (;;) {
    const cards = await tx.all(some);
    if (cards.length === 0) return;
    for (const card of cards) await bringBackCard(tx, context, card, bookId);
    await addToCardCount(tx, cards[0]!, cards.length);
    await breathe();
  }
}
