import { notFound } from '../../errors.ts';
import type { CardView } from '../card/cardView.ts';
import { createCard } from '../card/createCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { findDirectoryCards } from './findDirectoryCards.ts';

/**
 * Copies somebody of « Annuaire » into a folder, with what is shown of them. It is a card of its own from then on, with a
 * uid of its own, so that one may be copied into several folders. Whom a group names is nobody there: a copy of a group
 * has no members. Errors: `notFound`, `forbidden`, `invalid`, `overQuota`.
 */
export function copyDirectoryCard(
  context: Context,
  id: string,
  bookId: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<CardView> {
  return transact(context, async (tx) => {
    const inside = within(context, tx);
    const [original] = await findDirectoryCards(inside, [id], { limit: 1, withMembers: false });
    if (!original) throw notFound('card');
    const { created: _created, uid: _uid, ...content } = original.content;
    const wanted = Object.entries({ ...content, ...changes }).filter(([, value]) => value !== null);
    return createCard(inside, bookId, Object.fromEntries(wanted));
  });
}
