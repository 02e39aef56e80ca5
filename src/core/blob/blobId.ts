import { createHash } from 'node:crypto';

/** The id of binary data: the hash of its content, so equal data is kept once. */
export function blobIdOf(data: Uint8Array): string {
  return `B${createHash('sha256').update(data).digest('base64url')}`;
}
