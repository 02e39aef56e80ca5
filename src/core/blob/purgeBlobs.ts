import { sql } from 'kysely';
import type { World } from '../context.ts';

const uploadLife = 24 * 3600 * 1000;
/** RFC 8620 §6: what lost its last use stays a while, so that a client may use it again. */
const unusedLife = 3600 * 1000;

/** Deletes uploads that no card has used for a day, and data that nothing refers to; returns the number of blobs. */
export async function purgeBlobs(world: World): Promise<number> {
  const before = (life: number) => new Date(world.now().getTime() - life).toISOString();
  return world.db.transaction(async (tx) => {
    await tx.run(tx.build.deleteFrom('blob_upload').where('created_at', '<', before(uploadLife)));
    const gone = await tx.run(
      sql`DELETE FROM blob WHERE created_at < ${before(unusedLife)}
        AND NOT EXISTS (SELECT 1 FROM blob_upload WHERE blob_upload.blob_id = blob.id)
        AND NOT EXISTS (SELECT 1 FROM card_blob WHERE card_blob.blob_id = blob.id)
        AND NOT EXISTS (SELECT 1 FROM version_blob WHERE version_blob.blob_id = blob.id)`.compile(tx.build),
    );
    await tx.run(
      sql`DELETE FROM blob_part WHERE written_at < ${before(unusedLife)}
        AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.id = blob_part.blob_id)`.compile(tx.build),
    );
    return gone;
  });
}
