import type { Reader } from '../../db/database.ts';
import type { FolderHandoverRow } from '../../db/rows/requestRows.ts';
import { AppError, notFound } from '../../errors.ts';
import { requireRoomForBooks } from '../addressbook/createAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { requireRoomForCards } from '../card/saveCard.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { subtree } from '../sharing/subtree.ts';
import { announceHandover } from './announceHandover.ts';
import { keepAccess } from './keptAccess.ts';
import { moveFolder } from './moveFolder.ts';
import { folderOf, noteHandover } from './offerFolder.ts';
import { requireStillGivable } from './requireGivable.ts';

/**
 * Accepts or declines a folder that somebody offers. Once accepted, it belongs to the person with everything in it; its
 * shares go on. Errors: `notFound` if nothing is offered (any more), `forbidden` (the reasons of `offerFolder`) if it
 * can no longer be handed over, `overQuota` if there is no room for it.
 */
export async function answerOffer(context: Context, id: string, answer: 'accepted' | 'declined'): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    const offer = await requireOffer(tx, id);
    if (offer.to_id !== context.actor.principalId || offer.status !== 'waiting') throw notFound('offer');
    const decided = { ...offer, status: answer, decided_at: context.now().toISOString() };
    await tx.run(tx.build.updateTable('folder_handover').set(decided).where('id', '=', id));
    if (answer === 'accepted') await take(tx, context, offer);
    noteHandover(tx, decided, 'updated');
    await audit(tx, context, { kind: `handover.${answer}`, object: folderOf(offer), other: { id: offer.from_id } });
    await announceHandover(tx, context, answer, decided);
  });
}

/** The owner withdraws an offer, or dismisses its outcome. Errors: `notFound`, `forbidden`. */
export async function endOffer(context: Context, id: string): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    const offer = await requireOffer(tx, id);
    const { principalId } = context.actor;
    if (offer.from_id !== principalId && offer.to_id !== principalId) throw notFound('offer');
    if (offer.from_id !== principalId)
      throw new AppError('forbidden', 'Whoever does not want the folder declines it', { reason: 'notOwner' });
    await tx.run(tx.build.deleteFrom('folder_handover').where('id', '=', id));
    noteHandover(tx, offer, 'destroyed');
    if (offer.status !== 'waiting') return;
    await audit(tx, context, { kind: 'handover.withdrawn', object: folderOf(offer), other: { id: offer.to_id } });
    await announceHandover(tx, context, 'withdrawn', offer);
  });
}

async function requireOffer(reader: Reader, id: string): Promise<FolderHandoverRow> {
  const offer = await reader.first(reader.build.selectFrom('folder_handover').selectAll().where('id', '=', id));
  if (!offer) throw notFound('offer');
  return offer;
}

async function take(tx: Transaction, context: Context, offer: FolderHandoverRow): Promise<void> {
  const { from_id: fromId, to_id: toId, book_id: bookId } = offer;
  const root = await requireStillGivable(tx, fromId, bookId);
  await requireOwner(tx, fromId);
  await ensureAccount(within(context, tx));
  const books = await subtree(tx, bookId);
  const cards = books.reduce((sum, book) => sum + book.card_count, 0);
  await requireRoomForBooks(tx, context, toId, books.length);
  await requireRoomForCards(tx, context, toId, cards);
  const color = await ownColor(tx, { bookId, personId: toId });
  const move = { root, fromId, toId, parentId: null };
  // The history tells who gave it.
  await moveFolder(tx, { ...context, actor: { ...context.actor, principalId: fromId } }, move);
  await keepAccess(tx, context, move, { books, role: offer.kept_role });
  // Who had the folder already had it in a colour of their own.
  if (color !== null) await tx.run(tx.build.updateTable('address_book').set({ color }).where('id', '=', bookId));
}

/** Somebody who was kept out meanwhile gives nothing any more: their folders are an administrator's to give. */
async function requireOwner(reader: Reader, ownerId: string): Promise<void> {
  const people = reader.build.selectFrom('principal').select('id').where('id', '=', ownerId);
  if (!(await reader.first(people.where('is_active', '=', 1)))) throw notFound('offer');
}

async function ownColor(
  reader: Reader,
  { bookId, personId }: { readonly bookId: string; readonly personId: string },
): Promise<string | null> {
  const views = reader.build.selectFrom('subscription').select('color').where('book_id', '=', bookId);
  return (await reader.first(views.where('principal_id', '=', personId)))?.color ?? null;
}
