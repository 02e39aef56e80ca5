import { digitsOf, lastDigits } from '../jscontact/searchText.ts';
import type { Card } from '../jscontact/types.ts';
import { lettersOf, nameOfCard } from './personName.ts';
import type { PersonName } from './personName.ts';

/** What two cards with the same key have in common; `near`: names that may differ by a typing error. */
export const matchKinds = ['email', 'phone', 'name', 'near'] as const;
/** One of these kinds. */
export type MatchKind = (typeof matchKinds)[number];

/** Of words: in so many an error is looked for. */
const most = { emails: 20, phones: 20, near: 3 };
/** Names of fewer letters are each other's neighbours without being each other's errors. */
const shortestWithErrors = 4;

/**
 * The keys by which possible duplicates are found: numbers of 52 bits, the last two of which give the kind. Duplicates
 * share a key; cards that share a key need a closer look (`judgePair`).
 */
export function matchKeys(card: Partial<Card>): number[] {
  if (card.kind === 'group') return [];
  const keys = new Set<number>();
  for (const { address } of Object.values(card.emails ?? {}).slice(0, most.emails)) {
    const key = emailKey(address);
    if (key !== '') keys.add(keyOf('email', key));
  }
  for (const { number } of Object.values(card.phones ?? {}).slice(0, most.phones)) {
    const key = phoneKey(number);
    if (key !== '') keys.add(keyOf('phone', key));
  }
  for (const [kind, text] of nameKeys(nameOfCard(card))) keys.add(keyOf(kind, text));
  return [...keys];
}

/** An e-mail address in the form in which addresses are compared. */
export function emailKey(address: string): string {
  return address.trim().toLowerCase();
}

/**
 * A phone number in the form in which numbers are compared: 06 12 34 56 78 equals +33 6 12 34 56 78. Empty: the number
 * does not identify anybody.
 */
export function phoneKey(number: string): string {
  const digits = digitsOf(number.slice(0, 200).replace(/;.*$/s, ''));
  return digits.length < 4 ? '' : digits.slice(-lastDigits);
}

function* nameKeys({ words, mainWords, letters, mainLetters }: PersonName): Generator<[MatchKind, string]> {
  if (words.length === 0) return;
  yield ['name', letters];
  if (mainWords.length < words.length) yield ['name', mainLetters];
  yield* nearKeys(mainWords);
}

/**
 * A typing error lies in one word and leaves the others whole, and of its own word the first half or the second. Words with
 * one error between them have the same length or the next: each is halved as it is, and as the next longer one would be.
 */
function* nearKeys(words: readonly string[]): Generator<[MatchKind, string]> {
  if (words.length < 2) return;
  let left = most.near;
  for (const [place, word] of words.entries()) {
    if (word.length < shortestWithErrors) continue;
    left -= 1;
    if (left < 0) return;
    const others = lettersOf(words.filter((_, other) => other !== place));
    for (const length of [word.length, word.length + 1]) {
      const half = Math.floor(length / 2);
      yield ['near', `${others} ${length} ${word.slice(0, half)}…`];
      yield ['near', `${others} ${length} …${word.slice(half - length)}`];
    }
  }
}

/** 50 bits of a hash (cyrb53, shortened) and two for the kind: numbers make a small index, and JavaScript counts so far. */
function keyOf(kind: MatchKind, text: string): number {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 2654435761);
    second = Math.imul(second ^ code, 1597334677);
  }
  first = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  second = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  const hash = (second & 0x3ffff) * 2 ** 32 + (first >>> 0);
  return hash * 4 + matchKinds.indexOf(kind);
}
