import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** The key that a file holds; made on first use, for its user's eyes only. Throws when the file holds none. */
export function readKeyFile(file: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    text = randomBytes(32).toString('base64url');
    // `wx`: of two that start at once, one fails and finds the other's key at its next start.
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  }
  const key = Buffer.from(text, 'base64url');
  if (key.length !== 32) throw new Error('it does not hold a key');
  return key;
}
