import { linkMaker, moveLink } from '../cardLink/moveLink.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { followNotes } from '../privateNote/followNotes.ts';

/**
 * Moves what belongs to a card besides its content to another account, in which the card has a new id; a link only with
 * its maker, with whose rights the original would flow into that account.
 */
export async function moveBelongings(
  tx: Transaction,
  { actor }: Pick<Context, 'actor'>,
  { fromId, toId }: { readonly fromId: string; readonly toId: string },
): Promise<void> {
  await followNotes(tx, fromId, toId);
  if ((await linkMaker(tx, fromId)) === actor.principalId) await moveLink(tx, fromId, toId);
}
