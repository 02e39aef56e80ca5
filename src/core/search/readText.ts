import { digitsOf, lastDigits, searchable } from '../../format/jscontact/searchText.ts';

/** One thing that a text asks for; all of them must be in a card. */
export type Term =
  /** Words that follow each other in one value; of the last only the beginning, unless they are a phrase. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly isPhrase: boolean }
  /** A phone number in any form: its digits begin with one of these, or the same characters stand there as words. */
  | { readonly kind: 'number'; readonly starts: readonly string[]; readonly asWords: readonly Term[] };

type Piece = { readonly text: string; readonly isPhrase: boolean };

/**
 * The terms in the text of a filter (RFC 9610 §3.3.1): words in any order, and phrases in quotes. null: it contains
 * nothing that could be found, as in « ?! ».
 */
export function readText(text: string): readonly Term[] | null {
  const terms: Term[] = [];
  let digits: Piece[] = [];
  const endOfNumber = () => {
    if (digits.length > 0) terms.push(...readNumber(digits));
    digits = [];
  };
  for (const piece of piecesOf(text)) {
    if (!piece.isPhrase && isPhoneLike(piece.text)) {
      digits.push(piece);
      continue;
    }
    endOfNumber();
    if (piece.isPhrase && isPhoneLike(piece.text.replace(/\s+/g, ''))) terms.push(...readNumber([piece]));
    else terms.push(...readWords(piece));
  }
  endOfNumber();
  return terms.length === 0 && text.trim() !== '' ? null : withoutRepetition(terms);
}

const separator = /[\s,;]/u;

/**
 * A quote opens a phrase where a word begins, when another closes it: the apostrophes of « l'équipe d'Anne » are none.
 * A backslash takes the meaning from the quote behind it.
 */
function* piecesOf(text: string): Generator<Piece> {
  let at = 0;
  while (at < text.length) {
    if (separator.test(text[at]!)) {
      at++;
      continue;
    }
    const end = text[at] === '"' || text[at] === "'" ? endOfPhrase(text, at) : -1;
    if (end >= 0) {
      yield { text: text.slice(at + 1, end), isPhrase: true };
      at = end + 1;
      continue;
    }
    const start = at;
    while (at < text.length && !separator.test(text[at]!)) at++;
    yield { text: text.slice(start, at), isPhrase: false };
  }
}

function endOfPhrase(text: string, start: number): number {
  const quote = text[start]!;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote && (quote === '"' || at + 1 === text.length || separator.test(text[at + 1]!)))
      return at;
  }
  return -1;
}

function readWords({ text, isPhrase }: Piece): Term[] {
  const words = searchable(text);
  return words.length === 0 ? [] : [{ kind: 'words', words, isPhrase }];
}

function isPhoneLike(text: string): boolean {
  return /^[\d+().\-/]*\d[().\-/]*$/u.test(text);
}

/** Fewer digits than these are words like any other. */
const fewestDigits = 3;

function readNumber(pieces: readonly Piece[]): Term[] {
  const asWords = pieces.flatMap(readWords);
  const digits = digitsOf(pieces.map(({ text }) => text).join(''));
  if (digits.length < fewestDigits) return asWords;
  // A national number has a 0 in front that the international one lacks; 00 stands for +.
  const starts = new Set([
    digits,
    digits.replace(/^00?/, ''),
    ...(digits.length > lastDigits ? [digits.slice(-lastDigits)] : []),
  ]);
  starts.delete('');
  return [{ kind: 'number', starts: [...starts], asWords }];
}

function withoutRepetition(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()];
}
