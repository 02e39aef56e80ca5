import { hash } from 'node:crypto';
import type { CardRow } from '../../../db/schema.ts';

/** What tells clients that a record has changed: a hash of its text, and its length. */
export function markOf(vcard: string): Pick<CardRow, 'etag' | 'size'> {
  return { etag: hash('sha256', vcard, 'base64url').slice(0, 27), size: Buffer.byteLength(vcard) };
}
