/** A name as a card keeps it; what stands before the surname may be absent. */
export type PersonName = { readonly given: string | null; readonly given2: string | null; readonly surname: string };

const longest = 200;

// Control characters, what turns the direction of text around, what is invisible, what is no text at all.
const invisible = /[\p{Cc}\p{Co}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]+/gu;

const quotes = /^["'`«»“”‘’‹›\s]+|["'`«»“”‘’‹›\s]+$/gu;

/**
 * The name of a person from what a mail program wrote before their address; null when that is no name. One word is the
 * surname, the last of several is, what stands before a comma is, and so is what alone is in capitals (« DUPONT Marie »).
 */
export function readPersonName(written: string, address: string): PersonName | null {
  const text = cleanName(written);
  if (text === '' || text.includes('@') || !/\p{L}/u.test(text)) return null;
  const [localPart = ''] = address.toLowerCase().split('@');
  if (text.toLowerCase() === localPart && /[._\d]/u.test(text)) return null;
  const [family = '', ...others] = text.split(',').map((part) => part.trim());
  if (others.length === 1 && family !== '' && others[0] !== '') return named(others[0]!.split(' '), family);
  const words = text.split(' ');
  const capitals = words.filter(isCapital);
  const isTold = capitals.length > 0 && capitals.length < words.length && areTogether(words);
  if (isTold)
    return named(
      words.filter((word) => !isCapital(word)),
      capitals.join(' '),
    );
  return named(words.slice(0, -1), words.at(-1)!);
}

/** What can be shown of a name: one line in one piece, without quotes, notes in brackets and invisible characters. */
export function cleanName(written: string): string {
  const text = withoutMojibake(written.slice(0, 2_000))
    .normalize('NFC')
    .replace(/[\t\r\n]+/gu, ' ')
    .replace(invisible, '')
    .replace(/[([{<][^()[\]{}<>]*[)\]}>]/gu, ' ')
    .replace(/[()[\]{}<>"\\|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(quotes, '')
    .replace(/^[\s,;:]+|[\s,;:]+$/gu, '');
  return [...text].slice(0, longest).join('').trim();
}

/** The first word is the given name; what stands between it and the surname are further ones. */
function named(words: readonly string[], surname: string): PersonName {
  const [given = null, ...more] = words;
  return { given, given2: more.length === 0 ? null : more.join(' '), surname };
}

/** « DUPONT » and « LE GOFF », but neither an initial nor a script without capitals. */
function isCapital(word: string): boolean {
  const letters = word.replace(/[^\p{L}]+/gu, '');
  return letters.length > 1 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}

function areTogether(words: readonly string[]): boolean {
  const first = words.findIndex(isCapital);
  const last = words.findLastIndex(isCapital);
  const isAtAnEnd = first === 0 || last === words.length - 1;
  return isAtAnEnd && words.slice(first, last + 1).every(isCapital);
}

// Windows-1252 where it is not ISO 8859-1: the letters that mojibake is made of.
const windows = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'].map((letter, index) => [letter, 0x80 + index]),
);

/** « FranÃ§ois » is UTF-8 that was read as Windows-1252: read right when all of it can be. */
function withoutMojibake(text: string): string {
  if (!/[Â-ô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u.test(text)) return text;
  const bytes = Uint8Array.from(text, (letter) => windows.get(letter) ?? letter.codePointAt(0)!);
  const isWhole = [...text].every((letter) => windows.has(letter) || letter.codePointAt(0)! < 256);
  if (!isWhole) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
