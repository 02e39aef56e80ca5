import { sql } from 'kysely';
import type { Transaction } from '../change/transaction.ts';

/**
 * What was deleted from a folder before it went to another account is told in the log of that one, too: whoever asks what happened
 * in the folder looks into the log of its account alone. Cards are where they go by now.
 */
export async function noteGone(
  tx: Transaction,
  { bookId, fromId, toId }: { readonly bookId: string; readonly fromId: string; readonly toId: string },
): Promise<void> {
  const gone = await tx.all(
    sql<{ id: string; uri: string }>`
      SELECT DISTINCT object_id AS id, uri FROM change
      WHERE book_id = ${bookId} AND account_id = ${fromId} AND type = 'ContactCard' AND uri IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM card
          WHERE card.book_id = ${bookId} AND card.account_id = ${toId} AND card.uri = change.uri AND trash_id IS NULL
        )`.compile(tx.build),
  );
  for (const { id, uri } of gone)
    tx.changed({ accountId: toId, type: 'ContactCard', id, kind: 'destroyed', bookId, uri });
}
