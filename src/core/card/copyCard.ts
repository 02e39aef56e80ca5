import { AppError } from '../../errors.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { findBook, requireBook } from '../sharing/access.ts';
import { mayChangeCard } from '../sharing/cardRights.ts';
import { cardView } from './cardView.ts';
import type { CardView } from './cardView.ts';
import { requireValid } from './createCard.ts';
import { putInMedia } from './media.ts';
import { findByUid, saveCard } from './saveCard.ts';
import { moveBelongings } from './moveBelongings.ts';
import { requireCard } from './updateCard.ts';

/** Properties that the copy has instead of its original's; null: it has none. */
type Changes = Readonly<Record<string, unknown>>;

/** Where a copy goes. */
export type CopyTarget = {
  readonly bookId: string;
  readonly changes?: Changes;
  /** The original is about to go: what people noted about it goes with the copy. */
  readonly isMove?: boolean;
};

/**
 * Copies a card into a folder of another account: its record unchanged, with photo, groups and unknown properties,
 * except for the given changes. Errors: `notFound`, `forbidden`, `invalid`; `exists` (existingId) if that account
 * already has this uid.
 */
export async function copyCard(
  context: Context,
  cardId: string,
  { bookId, changes = {}, isMove = false }: CopyTarget,
): Promise<CardView> {
  return transact(context, async (tx) => {
    const { row, seen } = await requireCard(tx, context, { cardId });
    const { book } = await requireBook(tx, context, bookId, 'mayAdd');
    const uid = typeof changes['uid'] === 'string' ? changes['uid'] : row.uid;
    await requireNew(tx, context, book.account_id, uid);
    const { vcard } = (await tx.first(
      tx.build.selectFrom('card_record').select('vcard').where('card_id', '=', cardId),
    ))!;
    const isSame = Object.keys(changes).length === 0;
    const copy = isSame ? vcard : await changed(tx, context, { vcard, accountId: book.account_id, changes });
    const made = await saveCard(tx, context, { book, vcard: copy });
    // Of what one may not take away one has a copy: what others keep beside the original stays with it.
    if (isMove && mayChangeCard(context, seen.rights, row))
      await moveBelongings(tx, context, { fromId: cardId, toId: made.id });
    return cardView(made);
  });
}

/** RFC 8620 §5.4. A card that one may not see is not named. */
async function requireNew(tx: Transaction, context: Context, accountId: string, uid: string): Promise<void> {
  const there = await findByUid(tx, accountId, uid);
  if (there && (await findBook(tx, context, there.book_id))) {
    throw new AppError('exists', 'The account has this card already', { existingId: there.id });
  }
}

async function changed(
  tx: Transaction,
  context: Context,
  { vcard, accountId, changes }: { vcard: string; accountId: string; changes: Changes },
): Promise<string> {
  const base = parseVCard(vcard);
  const wanted = Object.entries({ ...fromVCard(base), ...changes }).filter(([, value]) => value !== null);
  const whole = await putInMedia(tx, context, accountId, requireValid(Object.fromEntries(wanted)));
  return serializeVCard(toVCard(whole, base));
}
