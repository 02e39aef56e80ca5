import { normalize } from './unicode/normalize.ts';

// Letters that NFKD does not take apart but that people type as others.
const letters: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ĸ: 'k',
  ŋ: 'n',
};

const plain = /^[\u0000-\u007f]*$/;
/** Latin letters, and signs between words: taken apart, they have no marks but these. Unicode's own classes take far longer. */
const latin = /^[\u0000-\u036f\u2000-\u206f]*$/;
const latinMarks = /[\u0300-\u036f]+/g;
/** Folded text whose letters and digits are plain. */
const plainWords = /^[\u0000-\u00bf\u2000-\u206f]*$/;

/**
 * The text in the form in which it is searched: without accents, case and ligatures; « Œuvre d'Éloïse » becomes "oeuvre
 * d'eloise".
 */
export function foldText(text: string): string {
  // Most words have neither marks nor ligatures: nothing of them needs to be taken apart.
  if (plain.test(text)) return text.toLowerCase();
  return normalize(text, 'NFKD')
    .replace(latin.test(text) ? latinMarks : /\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþıħŧĸŋ]/g, (letter) => letters[letter]!);
}

/** The folded words of a text, in order; everything but letters and digits separates words. */
export function foldWords(text: string): string[] {
  const folded = foldText(text);
  return folded.match(plainWords.test(folded) ? /[a-z\d]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}
