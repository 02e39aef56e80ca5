import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** How many octets the person has uploaded that no card uses: what `maxUnreferencedSize` bounds. */
export async function uploadedSize(context: Context): Promise<number> {
  const { db, actor } = context;
  const row = await db.first(
    sql<{ size: number | null }>`
      SELECT sum(size) AS size FROM blob
      WHERE id IN (SELECT blob_id FROM blob_upload WHERE uploaded_by = ${actor.principalId})
        AND NOT EXISTS (SELECT 1 FROM card_blob WHERE card_blob.blob_id = blob.id)`.compile(db.build),
  );
  return row?.size ?? 0;
}
