import { inAccount } from '../../db/inAccount.ts';
import type { CardRow } from '../../db/schema.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireChange } from '../sharing/cardRights.ts';
import { keepVersion } from '../version/keepVersion.ts';
import { addToCardCount } from './saveCard.ts';
import { requireCard } from './updateCard.ts';
import type { CardName } from './updateCard.ts';

/**
 * Puts a card into the trash, from which it can be restored. `expect` is called inside the transaction, and throws if
 * the card is no longer what the client thinks. Errors: `notFound`, `forbidden`.
 */
export async function destroyCard(
  context: Context,
  name: CardName,
  expect?: (current: Pick<CardRow, 'etag' | 'updated'>) => void,
): Promise<void> {
  await transact(context, async (tx) => {
    const { row, seen } = await requireCard(tx, context, name);
    expect?.(row);
    requireChange(context, seen, row);
    await keepVersion(tx, context, { card: row, action: 'deleted' });
    const { principalId } = context.actor;
    const deleted = { trash_id: row.id, deleted_at: context.now().toISOString(), deleted_by: principalId };
    const card = tx.build.updateTable('card').set(deleted).where('id', '=', row.id);
    await tx.run(card.where(inAccount(row.account_id)));
    await addToCardCount(tx, row, -1);
    const { account_id: owner, id, book_id: bookId, uri } = row;
    tx.changed({ accountId: owner, type: 'ContactCard', id, kind: 'destroyed', bookId, uri });
    for (const accountId of new Set([row.account_id, principalId])) {
      tx.changed({ accountId, type: 'TrashItem', id: row.id, kind: 'created' });
    }
  });
}
