import { moveLink } from '../cardLink/moveLink.ts';
import type { Transaction } from '../change/transaction.ts';
import { followNotes } from '../privateNote/followNotes.ts';

/** What belongs to a card beside its content goes with it to another account, where it has another id. */
export async function moveBelongings(tx: Transaction, fromId: string, toId: string): Promise<void> {
  await followNotes(tx, fromId, toId);
  await moveLink(tx, fromId, toId);
}
