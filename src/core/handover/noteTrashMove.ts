import type { Transaction } from '../change/transaction.ts';

/** What somebody deleted themselves stays in their trash, whoever owns it. */
export function noteTrashMove(
  tx: Transaction,
  { id, deleterId }: { readonly id: string; readonly deleterId: string | null },
  { fromId, toId }: { readonly fromId: string; readonly toId: string },
): void {
  const left = deleterId === fromId ? 'updated' : 'destroyed';
  tx.changed({ accountId: fromId, type: 'TrashItem', id, kind: left });
  tx.changed({ accountId: toId, type: 'TrashItem', id, kind: deleterId === toId ? 'updated' : 'created' });
}
