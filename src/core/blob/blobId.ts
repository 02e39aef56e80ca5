import { createHash, hash } from 'node:crypto';
import { createBreath } from '../../lib/breath.ts';

/** The id of binary data: a hash of its content, so that equal data is stored once. */
export function blobIdOf(data: Uint8Array): string {
  return `B${hash('sha256', data, 'base64url')}`;
}

const octetsInARow = 4_000_000;

/** The same for data that may be long: other work gets its turn in between. */
export async function blobIdOfUpload(data: Uint8Array): Promise<string> {
  const breathe = createBreath(1);
  const whole = createHash('sha256');
  for (let start = 0; start < data.length; start += octetsInARow) {
    if (start > 0) await breathe();
    whole.update(data.subarray(start, start + octetsInARow));
  }
  return `B${whole.digest('base64url')}`;
}
