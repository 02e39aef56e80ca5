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

/** The text as search sees it: no marks, no case, no ligatures; « Œuvre d'Éloïse » is "oeuvre d'eloise". */
export function foldText(text: string): string {
  // Most words have neither marks nor ligatures: nothing of them needs to be taken apart.
  if (plain.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþıħŧĸŋ]/g, (letter) => letters[letter]!);
}

/** The folded words of a text, in order; everything but letters and digits separates. */
export function foldWords(text: string): string[] {
  const folded = foldText(text);
  const words = folded.split(plain.test(folded) ? /[^a-z\d]+/ : /[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '');
}
