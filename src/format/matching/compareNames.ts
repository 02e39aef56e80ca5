import { editDistance } from './editDistance.ts';
import type { PersonName } from './personName.ts';

/**
 * How two names stand to each other.
 * - same: but for order, accents, hyphens and particles
 * - near: a typing error apart
 * - compatible: one says less than the other: « J. Dupont », « Dupont », nothing
 * - kin: « Michel » and « Michèle », an error or two people
 * - partial: the same given name, another surname
 * - household: the same surname, another given name
 */
export type NameRelation = 'same' | 'near' | 'compatible' | 'kin' | 'partial' | 'household' | 'different';

const generations = new Set(['jr', 'sr', 'junior', 'senior', 'ii', 'iii', 'iv', 'pere', 'fils']);

/** Compares two names. */
export function compareNames(one: PersonName, other: PersonName): NameRelation {
  if (one.words.length === 0 || other.words.length === 0) return 'compatible';
  if (one.letters === other.letters && isSame(one.words, other.words)) return 'same';
  if (one.mainLetters === other.mainLetters && isSame(one.mainWords, other.mainWords)) return 'same';
  if (generationOf(one) !== generationOf(other)) return 'different';
  const [left, right] = unmatched(one.mainWords, other.mainWords);
  if (left.length === 1 && right.length === 1) {
    const [word, its] = [left[0]!, right[0]!];
    if (isInitial(word, its) || isInitial(its, word)) return 'compatible';
    if (isOtherGender(word, its)) return 'kin';
    if (editDistance(word, its, 2) <= errorsIn(word, its)) return 'near';
  }
  if (isLess(left, right) || isLess(right, left)) return 'compatible';
  if (one.surname !== '' && one.surname === other.surname) return 'household';
  return one.given.length > 1 && one.given === other.given ? 'partial' : 'different';
}

/** Of words with the same letters: whether they are the same words in some order, however they are joined. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  if ([...one].sort().join(' ') === [...other].sort().join(' ')) return true;
  const text = one.join('');
  return other.length <= 4 && permutations(other).some((words) => words.join('') === text);
}

function permutations(words: readonly string[]): string[][] {
  if (words.length < 2) return [[...words]];
  return words.flatMap((word, place) =>
    permutations(words.filter((_, other) => other !== place)).map((rest) => [word, ...rest]),
  );
}

/** The words that only one of the two has. */
function unmatched(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const right = [...other];
  const left = one.filter((word) => {
    const place = right.indexOf(word);
    if (place >= 0) right.splice(place, 1);
    return place < 0;
  });
  return [left, right];
}

/** Whether what is left of the one is nothing, or initials of what is left of the other. */
function isLess(left: readonly string[], right: readonly string[]): boolean {
  if (left.length > right.length) return false;
  const open = [...right];
  return left.every((word) => {
    const place = open.findIndex((whole) => isInitial(word, whole));
    if (place >= 0) open.splice(place, 1);
    return place >= 0;
  });
}

function isInitial(word: string, whole: string): boolean {
  return word.length === 1 && whole.startsWith(word);
}

/** In French the feminine of a given name is the masculine and some letters more: no typing error. */
function isOtherGender(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const more = long.slice(short.length);
  return long.startsWith(short) && (more === 'e' || more === 'a' || more === `${short.at(-1)}e`);
}

function errorsIn(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

function generationOf({ words }: PersonName): string {
  return words.find((word) => generations.has(word)) ?? '';
}
