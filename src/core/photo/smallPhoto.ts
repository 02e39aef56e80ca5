import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import { sniffImage } from '../../format/jscontact/media.ts';
import { shrinkImage } from '../../lib/image/shrinkImage.ts';
import { createSlots } from '../../lib/slots.ts';
import { blobIdOf } from '../blob/blobId.ts';
import type { World } from '../context.ts';

type Kept = { readonly side: number | null; readonly data: Uint8Array | null };

const keptOf = statement((build, value: { blobId: string; side: number }) =>
  sql<Kept>`
    SELECT small_photo.side AS side, small_photo.data AS data FROM blob
    LEFT JOIN small_photo ON small_photo.blob_id = blob.id AND small_photo.side = ${value.side}
    WHERE blob.id = ${value.blobId}`.compile(build),
);

// One at a time: each keeps a core busy, and whoever asks for many would keep all of them busy.
const shrinking = createSlots(1);

/**
 * The JPEG that stands in for a photo that would be too large, at most `side` pixels wide and high. It is made once and
 * kept as long as the photo: everybody gets the same bytes, and by their hash the original is found when a program
 * sends the small one back. null: the photo is in no card, is small itself, or cannot be decoded.
 */
export async function smallPhoto(world: World, photo: Uint8Array, side: number): Promise<Uint8Array | null> {
  if (sniffImage(photo) === null) return null;
  const blobId = blobIdOf(photo);
  return (await find(world, blobId, side)) ?? shrinking(() => make(world, photo, { blobId, side }));
}

/** undefined: it has not been made yet. */
async function find({ db }: World, blobId: string, side: number): Promise<Uint8Array | null | undefined> {
  const kept = await db.first<Kept>(keptOf(db, { blobId, side }));
  if (!kept) return null;
  return kept.side === null ? undefined : kept.data;
}

async function make(
  world: World,
  photo: Uint8Array,
  { blobId, side }: { readonly blobId: string; readonly side: number },
): Promise<Uint8Array | null> {
  // Somebody else may have asked for it meanwhile.
  const kept = await find(world, blobId, side);
  if (kept !== undefined) return kept;
  const data = await shrinkImage(photo, { side });
  if (data === undefined) return null;
  await world.db.transaction(async (tx) => {
    const smallId = data && blobIdOf(data);
    await tx.run(
      sql`INSERT INTO small_photo (blob_id, side, small_id, data)
        SELECT id, ${side}, ${smallId}, ${data} FROM blob WHERE id = ${blobId}
        ON CONFLICT DO NOTHING`.compile(tx.build),
    );
  });
  return data;
}
