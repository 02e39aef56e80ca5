import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** Of an upload: no card of its account uses it. What others keep in theirs must not show in what one has waiting. */
export const isUnused = sql<boolean>`NOT EXISTS (SELECT 1 FROM card_blob JOIN card ON card.id = card_blob.card_id
  WHERE card_blob.blob_id = blob_upload.blob_id AND card.account_id = blob_upload.account_id)`;

/** How many octets the person has uploaded that no card uses: what `maxUnreferencedSize` bounds. */
export async function uploadedSize(context: Context): Promise<number> {
  const { db, actor } = context;
  const row = await db.first(
    sql<{ size: number | null }>`
      SELECT sum(size) AS size FROM blob
      WHERE id IN (SELECT blob_id FROM blob_upload WHERE uploaded_by = ${actor.principalId} AND ${isUnused})`.compile(
      db.build,
    ),
  );
  return row?.size ?? 0;
}
