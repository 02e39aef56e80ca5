import type { Reader } from '../../db/database.ts';
import { createBreath } from '../../lib/breath.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';

/** Longer data is kept in parts of this length: fifty megabytes at once would keep the whole program waiting. */
export const partSize = 1_000_000;

const partsAtOnce = 4;

/** Keeps the data of a large blob, a few parts in each transaction; the blob itself is to follow within the hour. */
export async function writeParts(world: World, blobId: string, data: Uint8Array): Promise<void> {
  const breathe = createBreath(1);
  const writtenAt = world.now().toISOString();
  const count = Math.ceil(data.length / partSize);
  for (let first = 0; first < count; first += partsAtOnce) {
    await transact(world, async (tx) => {
      for (let part = first; part < Math.min(count, first + partsAtOnce); part++) {
        const octets = data.subarray(part * partSize, (part + 1) * partSize);
        const insert = tx.build
          .insertInto('blob_part')
          .values({ blob_id: blobId, part, written_at: writtenAt, data: octets });
        // Equal data has equal parts: what is there already only begins its time anew.
        const again = insert.onConflict((conflict) =>
          conflict.columns(['blob_id', 'part']).doUpdateSet({ written_at: writtenAt }),
        );
        await tx.run(again);
      }
    });
    await breathe();
  }
}

/** The data of a large blob. */
export async function readParts(reader: Reader, blobId: string, size: number): Promise<Uint8Array> {
  const breathe = createBreath(1);
  const whole = Buffer.allocUnsafe(size);
  const { build } = reader;
  for (let part = 0; part * partSize < size; part++) {
    const one = build.selectFrom('blob_part').select('data').where('blob_id', '=', blobId).where('part', '=', part);
    const row = await reader.first(one);
    if (!row) throw new Error(`Part ${part} of blob ${blobId} is missing`);
    whole.set(row.data, part * partSize);
    await breathe();
  }
  return whole;
}
