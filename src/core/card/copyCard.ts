import { AppError } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { cardView } from './cardView.ts';
import type { CardView } from './cardView.ts';
import { saveCard } from './saveCard.ts';
import { requireCard } from './updateCard.ts';

/**
 * Copies a card into a folder of another account, its record as it is: photo, groups and unknown properties come along.
 * Errors: `notFound`, `forbidden`, `exists` (existingId) when that account has a card of this uid.
 */
export async function copyCard(context: Context, cardId: string, bookId: string): Promise<CardView> {
  return transact(context, async (tx) => {
    const { row } = await requireCard(tx, context, cardId);
    const { book } = await requireBook(tx, context, bookId, 'mayWrite');
    const { build } = tx;
    const there = await tx.first(
      build.selectFrom('card').select('id').where('account_id', '=', book.account_id).where('uid', '=', row.uid).where('trash_id', 'is', null),
    );
    if (there) throw new AppError('exists', 'The account has this card already', { existingId: there.id });
    const record = (await tx.first(build.selectFrom('card_record').select('vcard').where('card_id', '=', cardId)))!;
    return cardView(await saveCard(tx, context, { book, vcard: record.vcard }));
  });
}
