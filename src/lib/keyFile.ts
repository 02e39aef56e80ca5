import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** The key that a file holds; made on first use, for its user's eyes only. Throws when the file holds none. */
export function readKeyFile(file: string): Uint8Array {
  if (!existsSync(file)) makeKey(file);
  const text = readFileSync(file, 'utf8').trim();
  const key = Buffer.from(text, 'base64url');
  if (key.length !== 32) throw new Error('it does not hold a key');
  return key;
}

/** Of several that start at once with one folder, one makes it, and whole; the others find it. */
function makeKey(file: string): void {
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(own, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
}
