import { moveLink } from '../cardLink/moveLink.ts';
import type { Transaction } from '../change/transaction.ts';
import { followNotes } from '../privateNote/followNotes.ts';

/** Moves what belongs to a card besides its content to another account, in which the card has a new id. */
export async function moveBelongings(tx: Transaction, fromId: string, toId: string): Promise<void> {
  await followNotes(tx, fromId, toId);
  await moveLink(tx, fromId, toId);
}
