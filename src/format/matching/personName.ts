import { foldText } from '../../lib/fold.ts';
import { fileAs } from '../jscontact/names.ts';
import type { Card } from '../jscontact/types.ts';

/** The name of a card as names are compared: folded words, in their order. */
export type PersonName = {
  /** Without titles; empty: the card has no name. */
  readonly words: readonly string[];
  /** Without particles too, where something is left. */
  readonly mainWords: readonly string[];
  /** The letters of both, see `lettersOf`. */
  readonly letters: string;
  readonly mainLetters: string;
  readonly given: string;
  readonly surname: string;
};

/** What of a card its name is made of: the folded keys by which it is sorted. */
export type NameKeys = { readonly fileAs: string; readonly given: string; readonly surname: string };

const titles = new Set('m mr mme mlle mrs ms miss dr pr prof docteur professeur maitre monsieur madame'.split(' '));
const particles = new Set('de du des d la le les l van von der den di da del della do dos das el al'.split(' '));
const mostWords = 8;

/** The name behind the sort keys of a card. What stands there for want of a name (an address, a number, a uid) is none. */
export function personName({ fileAs: text, given, surname }: NameKeys): PersonName {
  const isName = !/@|^[+\d\s().-]*$|^urn:/.test(text);
  const all = isName ? wordsOf(text).slice(0, mostWords) : [];
  const words = without(all, titles);
  // « Jean Dupont » in one piece: French and English put the surname last.
  const split = given !== '' || surname !== '' || words.length < 2;
  const mainWords = without(words, particles);
  const letters = lettersOf(words);
  return {
    words,
    mainWords,
    letters,
    mainLetters: mainWords.length === words.length ? letters : lettersOf(mainWords),
    given: split ? wordsOf(given).join('') : words.slice(0, -1).join(''),
    surname: split ? wordsOf(surname).join('') : words.at(-1)!,
  };
}

/** The name of a card. */
export function nameOfCard(card: Partial<Card>): PersonName {
  const part = (kind: string) => card.name?.components?.find((one) => one.kind === kind)?.value ?? '';
  return personName({
    fileAs: foldText(fileAs(card)).slice(0, 200),
    given: foldText(part('given')),
    surname: foldText(part('surname')),
  });
}

/** The letters of words in the order of the alphabet: the same however the words are ordered, joined and hyphenated. */
export function lettersOf(words: readonly string[]): string {
  return [...words.join('')].sort().join('');
}

function wordsOf(folded: string): string[] {
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function without(words: readonly string[], those: ReadonlySet<string>): readonly string[] {
  const left = words.filter((word) => !those.has(word));
  return left.length === 0 ? words : left;
}
