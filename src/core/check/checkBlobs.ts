import { createHash } from 'node:crypto';
import type { Reader } from '../../db/database.ts';
import { partSize } from '../blob/blobParts.ts';
import { createTally } from './finding.ts';
import type { Finding } from './finding.ts';

const idsAtOnce = 500;

/** Reads all binary data, a part at a time: each blob is as long as it says, and its id is the hash of its content. */
export async function checkBlobs(db: Reader): Promise<Finding> {
  const tally = createTally('binary data is what its id says, and as long');
  const ids = db.build.selectFrom('blob').select(['id', 'size']).orderBy('id').limit(idsAtOnce);
  for (let last = ''; ;) {
    const page = await db.all(ids.where('id', '>', last));
    if (page.length === 0) return tally.finding();
    for (const { id, size } of page) {
      tally.look();
      const problem = await problemOf(db, id, size);
      if (problem !== null) tally.fault(`blob ${id}: ${problem}`);
    }
    last = page.at(-1)!.id;
  }
}

async function problemOf(db: Reader, id: string, size: number): Promise<string | null> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const octets of octetsOf(db, id, size)) {
    if (octets === null) return 'a part of it is missing';
    hash.update(octets);
    length += octets.length;
  }
  if (length !== size) return `it has ${length} octets and not ${size}`;
  return `B${hash.digest('base64url')}` === id ? null : 'its content is another';
}

async function* octetsOf(db: Reader, id: string, size: number): AsyncGenerator<Uint8Array | null> {
  const row = await db.first(db.build.selectFrom('blob').select('data').where('id', '=', id));
  if (!row || row.data.length > 0 || size === 0) return yield row?.data ?? null;
  const parts = db.build.selectFrom('blob_part').select('data').where('blob_id', '=', id);
  for (let part = 0; part * partSize < size; part++)
    yield (await db.first(parts.where('part', '=', part)))?.data ?? null;
}
