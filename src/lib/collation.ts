import { normalize } from './unicode/normalize.ts';

/** A way of comparing texts: what two texts have in common after folding is the same. */
export type Collation = (text: string) => string;

/**
 * The collations of RFC 4790 that CardDAV wants (RFC 6352 §8.3), as functions that fold: equal, beginning, ending and
 * containing are then questions about the folded texts. `i;unicode-casemap` is RFC 5051 §2: title case, then
 * decomposition, so that « e » is contained in « É » but does not equal it.
 */
export const collations: Readonly<Record<string, Collation>> = {
  'i;octet': (text) => text,
  'i;ascii-casemap': (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  'i;unicode-casemap': unicodeCasemap,
};

/** Letters whose title case is not their upper case (UnicodeData.txt, field 14). */
const digraphs: Readonly<Record<string, string>> = { Ǆ: 'ǅ', ǆ: 'ǅ', Ǉ: 'ǈ', ǉ: 'ǈ', Ǌ: 'ǋ', ǌ: 'ǋ', Ǳ: 'ǲ', ǳ: 'ǲ' };
const plain = /^[\u0000-\u007f]*$/u;

function unicodeCasemap(text: string): string {
  if (plain.test(text)) return text.toUpperCase();
  let result = '';
  for (const character of text) {
    const upper = character.toUpperCase();
    // Simple mappings only: « ß » stays, it is not « SS ».
    const isSimple = [...upper].length === 1;
    result += digraphs[character] ?? (isSimple ? upper : character);
  }
  return normalize(result, 'NFKD');
}
