import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { CardRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { mayChangeCard } from '../sharing/cardRights.ts';
import type { CardPlace } from './cardEntries.ts';
import { destroyCard } from './destroyCard.ts';
import { requireRecord } from './recordOf.ts';
import { addToCardCount, findByUid, rememberMove, saveCard } from './saveCard.ts';
import { moveBelongings } from './moveBelongings.ts';
import { requireCard } from './updateCard.ts';

/** Where a card is to go, and under which name. */
export type Placement = {
  readonly cardId: string;
  readonly bookId: string;
  readonly uri: string;
  /** The original stays (COPY). */
  readonly isCopy: boolean;
  /** Whether another card of that name makes room: it goes into the trash. */
  readonly mayReplace: boolean;
  /** Throws when the card is no longer what the client thinks. */
  readonly expect?: (current: Pick<CardRow, 'etag' | 'updated'>) => void;
};

/**
 * Copies or moves a card to a name in a folder, in one transaction, with its record unchanged. Moved within an account,
 * a card keeps its identity. Errors: `notFound`, `forbidden` (with `place`: `from` or `to`), `stateMismatch` if the
 * name is taken, `invalid` (uidTaken) and `exists` if the account has this uid.
 */
export async function placeCard(context: Context, placement: Placement): Promise<{ readonly isNew: boolean }> {
  const { cardId, bookId, uri, isCopy, mayReplace, expect } = placement;
  return transact(context, async (tx) => {
    const inside = within(context, tx);
    const { row, seen } = await requireCard(tx, context, { cardId });
    expect?.(row);
    const { book, rights } = await requireBook(tx, context, bookId);
    if (!rights.mayAdd) throw missing('to');
    if (!isCopy && !mayChangeCard(context, seen.rights, row)) throw missing('from');
    const there = await findAt(tx, book, uri);
    if (there && !mayReplace) throw new AppError('stateMismatch', 'There is a card of this name');
    if (there && there.id !== cardId) await destroyCard(inside, { cardId: there.id, accountId: book.account_id });
    const isInside = book.account_id === row.account_id;
    if (isInside && !isCopy) await rename(tx, context, row, { bookId, uri });
    else {
      await requireNew(tx, book.account_id, row.uid);
      const { id } = await saveCard(tx, context, { book, vcard: await requireRecord(tx, row), uri });
      if (!isCopy) {
        await moveBelongings(tx, context, { fromId: cardId, toId: id });
        await destroyCard(inside, { cardId, accountId: row.account_id });
      }
    }
    return { isNew: !there };
  });
}

function missing(place: 'from' | 'to'): AppError {
  return new AppError('forbidden', 'This needs the right to write', { right: 'mayWrite', place });
}

async function requireNew(reader: Reader, accountId: string, uid: string): Promise<void> {
  const there = await findByUid(reader, accountId, uid);
  if (there) throw new AppError('exists', 'The account has this card already', { existingId: there.id });
}

async function rename(
  tx: Transaction,
  context: Context,
  row: CardRow,
  { bookId, uri }: Pick<Placement, 'bookId' | 'uri'>,
): Promise<void> {
  const isMoved = bookId !== row.book_id;
  if (isMoved) await rememberMove(tx, context, row, bookId);
  const here = { book_id: bookId, uri, ...(isMoved ? { added_by: context.actor.principalId } : {}) };
  await tx.run(tx.build.updateTable('card').set(here).where('id', '=', row.id).where(inAccount(row.account_id)));
  const card = { accountId: row.account_id, type: 'ContactCard', id: row.id } as const;
  await addToCardCount(tx, row, -1);
  await addToCardCount(tx, { ...row, book_id: bookId }, 1);
  tx.changed({ ...card, kind: 'destroyed', bookId: row.book_id, uri: row.uri });
  tx.changed({ ...card, kind: 'created', bookId, uri });
}

function findAt(reader: Reader, book: CardPlace, uri: string): Promise<{ id: string } | undefined> {
  const cards = reader.build.selectFrom('card').select('id').where('book_id', '=', book.id);
  return reader.first(cards.where(inAccount(book.account_id)).where('trash_id', 'is', null).where('uri', '=', uri));
}
