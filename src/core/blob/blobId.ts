import { createHash, hash } from 'node:crypto';
import { createBreath } from '../../lib/breath.ts';

/** The id of binary data: the hash of its content, so equal data is kept once. */
export function blobIdOf(data: Uint8Array): string {
  return `B${hash('sha256', data, 'base64url')}`;
}

const octetsInARow = 4_000_000;

/** The same of data that may be long: others have their turn meanwhile. */
export async function blobIdOfUpload(data: Uint8Array): Promise<string> {
  const breathe = createBreath(1);
  const whole = createHash('sha256');
  for (let start = 0; start < data.length; start += octetsInARow) {
    if (start > 0) await breathe();
    whole.update(data.subarray(start, start + octetsInARow));
  }
  return `B${whole.digest('base64url')}`;
}
