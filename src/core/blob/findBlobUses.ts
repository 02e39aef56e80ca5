import type { Context } from '../context.ts';
import { visibleBooks } from '../sharing/access.ts';

/** A card that shows a blob, and its folder. */
export type BlobUse = { readonly blobId: string; readonly cardId: string; readonly bookId: string };

/** Where blobs are used in an account, as far as the person may see it (RFC 9404 §4.3). */
export async function findBlobUses(
  context: Context,
  accountId: string,
  blobIds: readonly string[],
): Promise<readonly BlobUse[]> {
  if (blobIds.length === 0) return [];
  const { db } = context;
  const books = new Set((await visibleBooks(db, context, accountId)).map(({ book }) => book.id));
  const uses = await db.all(
    db.build
      .selectFrom('card_blob')
      .innerJoin('card', 'card.id', 'card_blob.card_id')
      .select(['card_blob.blob_id as blobId', 'card.id as cardId', 'card.book_id as bookId'])
      .where('card_blob.blob_id', 'in', blobIds)
      .where('card.account_id', '=', accountId)
      .where('card.trash_id', 'is', null)
      .orderBy('card.id'),
  );
  return uses.filter(({ bookId }) => books.has(bookId));
}
