import { createHash, randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuv';

const chanceLength = 11;

/** The length of every id. */
export const idLength = 21;

/**
 * A new id: a letter for the kind, nine characters of time (so that ids created together are neighbours in an index),
 * eleven of randomness (55 bits). Safe in JMAP (RFC 8620 §1.2), URLs and file names.
 */
export function newId(prefix: string, now: Date): string {
  let time = '';
  for (let rest = now.getTime(), place = 0; place < 9; place++) {
    time = alphabet[rest % 32]! + time;
    rest = Math.floor(rest / 32);
  }
  let chance = '';
  for (const byte of nextBytes()) chance += alphabet[byte % 32]!;
  return prefix + time + chance;
}

/** Whether a text has the form of an id of this kind, as `newId` makes them. */
export function isId(prefix: string, text: string): boolean {
  return text.length === idLength && text.startsWith(prefix) && /^[0-9a-v]+$/.test(text.slice(prefix.length));
}

let bytes: Buffer = Buffer.alloc(0);
let used = 0;

/** To ask for eleven at a time costs more than all else of an id. */
function nextBytes(): Buffer {
  if (used + chanceLength > bytes.length) [bytes, used] = [randomBytes(chanceLength * 128), 0];
  used += chanceLength;
  return bytes.subarray(used - chanceLength, used);
}

/** An unguessable secret of 256 bits, for cookies and links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The form in which a secret is stored: whoever reads the database cannot use it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
