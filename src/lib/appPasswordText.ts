import { hash, randomBytes } from 'node:crypto';

// Crockford's alphabet: no letter that looks like another. People copy this from one screen to another by hand.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const chanceLength = 21;
const checkLength = 3;
const groupLength = 4;

/** A new app password: 105 bits of chance and three letters that check them, in groups of four. */
export function newAppPassword(): string {
  let chance = '';
  for (const byte of randomBytes(chanceLength)) chance += alphabet[byte % 32]!;
  return (chance + checkOf(chance)).match(new RegExp(`.{${groupLength}}`, 'gu'))!.join('-');
}

/**
 * The app password that somebody typed, as it is hashed: without its hyphens, in small letters. null: it is none,
 * and may be a password of another kind. A slip of the finger is noticed here, so that no directory is asked about it.
 */
export function readAppPassword(text: string): string | null {
  if (text.length > 64) return null;
  const read = text
    .toLowerCase()
    .replace(/[\s-]+/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/gu, '1');
  if (read.length !== chanceLength + checkLength || [...read].some((letter) => !alphabet.includes(letter))) return null;
  return checkOf(read.slice(0, chanceLength)) === read.slice(chanceLength) ? read : null;
}

function checkOf(chance: string): string {
  const digest = hash('sha256', `app password ${chance}`, 'buffer');
  return [...digest.subarray(0, checkLength)].map((byte) => alphabet[byte % 32]!).join('');
}
