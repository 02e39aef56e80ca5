import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import type { CardRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { addToCardCount, findByUid, requireRoomForCards, saveCard } from '../card/saveCard.ts';
import { moveCard } from '../card/updateCard.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { seesAll } from '../scope.ts';
import { findBook } from '../sharing/access.ts';
import { mayChangeCard } from '../sharing/cardRights.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { bringBackCard, noteTrash } from '../trash/restore.ts';
import { broughtBack, isSameContent } from './pastContent.ts';

/** Where a card is to be, and with which record. */
export type Wanted = { readonly cardId: string; readonly place: VisibleBook; readonly text: string };

const anyCard = statement((build, value: { cardId: string }) =>
  build.selectFrom('card').selectAll().where('id', '=', value.cardId),
);
const recordOf = statement((build, value: { cardId: string }) =>
  build.selectFrom('card_record').select('vcard').where('card_id', '=', value.cardId),
);

/**
 * Makes a card what it was: out of the trash, back from another folder of the account, created again if it was erased,
 * and with its earlier record. It keeps its id. The caller has checked that the person may write in the folder. Errors:
 * `forbidden` if it is now where they may not write, `overQuota`.
 */
export async function bringTo(tx: Transaction, context: Context, wanted: Wanted): Promise<void> {
  const { cardId, place, text } = wanted;
  const found = await tx.first(anyCard(tx, { cardId }));
  if (!found) return remake(tx, context, wanted);
  const { account_id: accountId } = place.book;
  if (found.account_id !== accountId) throw new AppError('forbidden', 'The card is in another account');
  await requireMayTake(tx, context, found, place);
  if (found.trash_id !== null) {
    await requireRoomForCards(tx, context, accountId, 1);
    await bringBackCard(tx, context, found, place.book.id);
    await addToCardCount(tx, { ...found, book_id: place.book.id }, 1);
    if (found.trash_id === found.id) {
      const deletedBy = found.deleted_by ?? accountId;
      noteTrash(tx, context, { id: found.id, ownerAccountId: accountId, deletedBy });
    }
  } else if (found.book_id !== place.book.id) {
    const from = (await findBook(tx, context, found.book_id))!;
    await moveCard(tx, context, found, from, place.book.id);
  }
  const row = (await tx.first(anyCard(tx, { cardId })))!;
  const { vcard } = (await tx.first(recordOf(tx, { cardId })))!;
  if (isSameContent(vcard, text)) return;
  const record = broughtBack(text, { uid: row.uid, now: context.now() });
  await saveCard(tx, context, { book: place.book, vcard: record, old: row });
}

/** What lies in another folder, live or deleted there, is taken from there: that needs the right to write in it. */
async function requireMayTake(tx: Transaction, context: Context, row: CardRow, place: VisibleBook): Promise<void> {
  if (row.book_id === place.book.id || seesAll(context, row.account_id)) return;
  const from = await findBook(tx, context, row.book_id);
  if (!from || !mayChangeCard(context, from.rights, row))
    throw new AppError('forbidden', 'The card is where one may not write');
}

/** The card was erased: it comes back with its id, and with its uid while nobody else has that. */
async function remake(tx: Transaction, context: Context, { cardId, place, text }: Wanted): Promise<void> {
  const { uid } = fromVCard(parseVCard(text));
  const isTaken = (await findByUid(tx, place.book.account_id, uid)) !== undefined;
  const kept = isTaken ? `urn:uuid:${randomUUID()}` : uid;
  const vcard = broughtBack(text, { uid: kept, now: context.now() });
  await saveCard(tx, context, { book: place.book, vcard, id: cardId });
}
