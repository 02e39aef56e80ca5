import { analyse } from 'chardet';
import { knownCharsets } from './charsets.ts';

/** A text and the charset in which it stood, as the Encoding Standard names it. */
export type Decoded = { readonly text: string; readonly charset: string };

const sampleSize = 200_000;
/** Statistics over a few names are no more than a hint: Western Europe is likelier than what is hardly likelier. */
const sureBy = 15;

/** The statistics name a charset by its ISO standard; files of Windows have the one that holds it. */
const windowsNames: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'iso-8859-2': 'windows-1250',
  'iso-8859-6': 'windows-1256',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-9': 'windows-1254',
};
const latin: ReadonlySet<string> = new Set(['windows-1252', 'windows-1250', 'windows-1254', 'windows-1257']);

/**
 * Reads bytes as text: in the charset that is named, else by the byte order mark, as UTF-16 by its zero bytes, as UTF-8
 * when it is that without a fault, and else by the frequency of letters. What cannot be decoded becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, named: string | null = null): Decoded {
  const charset = named !== null && knownCharsets.includes(named) ? named : guessCharset(bytes);
  return { text: new TextDecoder(charset).decode(bytes), charset };
}

function guessCharset(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return wideCharset(bytes) ?? (isUtf8(bytes) ? 'utf-8' : eightBitCharset(bytes));
}

/** Text of Latin letters in UTF-16 has a zero in every second place. */
function wideCharset(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 2000);
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  if (odd > length / 4 && even < length / 50) return 'utf-16le';
  return even > length / 4 && odd < length / 50 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Only words with foreign letters are looked at: the addresses and numbers around them are the same everywhere. */
function eightBitCharset(bytes: Uint8Array): string {
  const first = bytes.findIndex((byte) => byte > 127);
  const sample = bytes.subarray(Math.max(0, first - 2000), first + sampleSize);
  if (isMacRoman(sample)) return 'macintosh';
  const words = Buffer.from(sample)
    .toString('latin1')
    .split(/[^A-Za-z\u0080-\u00ff]+/u)
    .filter((word) => /[\u0080-\u00ff]/u.test(word));
  const text = words.join(' ');
  const foreign = text.match(/[\u0080-\u00ff]/gu)?.length ?? 0;
  const isLatin = foreign < (text.length - words.length) * 0.6;
  const guesses = analyse(Buffer.from(text, 'latin1'))
    .map(({ name, confidence }) => ({ name: windowsNames[name.toLowerCase()] ?? name.toLowerCase(), confidence }))
    .filter(({ name }) => knownCharsets.includes(name) && !name.startsWith('utf') && latin.has(name) === isLatin);
  const [best] = guesses;
  if (!best || !isLatin) return best?.name ?? 'windows-1252';
  const western = guesses.find(({ name }) => name === 'windows-1252')?.confidence ?? 0;
  return best.confidence >= western + sureBy ? best.name : 'windows-1252';
}

/** Excel on a Mac: é è à ç of MacRoman are signs or capitals in windows-1252, which do not stand after a small letter. */
function isMacRoman(sample: Uint8Array): boolean {
  const text = new TextDecoder('windows-1252').decode(sample);
  const mac = text.match(/[a-z][\u017d\u008f\u02c6\u008d\u0090\u2122\u009d](?=[a-z,;"\t\r\n ])/gu)?.length ?? 0;
  const windows = text.match(/[a-z][à-ÿ]/gu)?.length ?? 0;
  return mac > windows;
}
