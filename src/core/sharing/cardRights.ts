import type { CardRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { missingRight, requireRight } from './requireRight.ts';
import type { Rights } from './rights.ts';

/** The columns of a card on which rights depend, besides the rights on its folder. */
export type AddedCard = Pick<CardRow, 'added_by'>;

/** An erased card belongs to nobody. */
export const nobodysCard: AddedCard = { added_by: null };

/**
 * Whether the person may change, move away and delete a card in a folder on which they have these rights: any card with
 * `mayWrite`, and with `mayAdd` those that they added themselves.
 */
export function mayChangeCard({ actor }: Pick<Context, 'actor'>, rights: Rights, card: AddedCard): boolean {
  return rights.mayWrite || (rights.mayAdd && card.added_by === actor.principalId);
}

/** Throws `forbidden` unless `mayChangeCard`. Called inside the transaction of each operation. */
export function requireChange(
  context: Pick<Context, 'actor'>,
  { rights }: { readonly rights: Rights },
  card: AddedCard,
): void {
  if (!mayChangeCard(context, rights, card)) throw missingRight('mayWrite');
}

/** Throws `forbidden` if the person may not add cards. */
export function requireAdding(seen: { readonly rights: Rights }): void {
  requireRight(seen, 'mayAdd');
}
