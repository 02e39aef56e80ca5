import type { CardRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { missingRight, requireRight } from './requireRight.ts';
import type { Rights } from './rights.ts';

/** What of a card decides, beside the rights on its folder. */
export type AddedCard = Pick<CardRow, 'added_by'>;

/** A card that is erased is nobody's any more. */
export const nobodysCard: AddedCard = { added_by: null };

/**
 * Whether the person may change, take away and delete a card in a folder where they have these rights: any card where
 * they may write; where they may add, what they added themselves.
 */
export function mayChangeCard({ actor }: Pick<Context, 'actor'>, rights: Rights, card: AddedCard): boolean {
  return rights.mayWrite || (rights.mayAdd && card.added_by === actor.principalId);
}

/** Throws `forbidden` where `mayChangeCard` says no. Called inside the transaction of each operation. */
export function requireChange(
  context: Pick<Context, 'actor'>,
  { rights }: { readonly rights: Rights },
  card: AddedCard,
): void {
  if (!mayChangeCard(context, rights, card)) throw missingRight('mayWrite');
}

/** Throws `forbidden` where no card may be added. */
export function requireAdding(seen: { readonly rights: Rights }): void {
  requireRight(seen, 'mayAdd');
}
