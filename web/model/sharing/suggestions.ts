import type { Suggestion } from '../../../client/src/types.ts';

/** A stretch of a text, with whether it is what was typed. */
export interface Stretch {
  readonly start: number;
  readonly text: string;
  readonly isMatch: boolean;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether every word of what was typed begins a word of the name or the address, as the server finds them. */
export function matchesText({ name, email }: Pick<Suggestion, 'name' | 'email'>, typed: string): boolean {
  const words = wordsOf(`${name} ${email ?? ''}`);
  return wordsOf(typed).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/** What a row is known by: the address, of a group without one the id. */
export function suggestionKey({ email, principalId }: Pick<Suggestion, 'email' | 'principalId'>): string {
  return email?.trim().toLowerCase() ?? principalId ?? '';
}

/** Rows that were shown keep their place, so that nothing moves under the pointer; new ones come behind them. */
export function mergeSuggestions(shown: readonly Suggestion[], found: readonly Suggestion[]): readonly Suggestion[] {
  const isSame = (one: Suggestion, other: Suggestion) => suggestionKey(one) === suggestionKey(other);
  return [
    ...shown.flatMap((before) => found.filter((row) => isSame(row, before))),
    ...found.filter((row) => !shown.some((before) => isSame(row, before))),
  ];
}

/** A text cut at the beginnings of words that were typed. */
export function emphasise(text: string, typed: string): readonly Stretch[] {
  const wanted = wordsOf(typed);
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const length = Math.max(0, ...wanted.map((prefix) => prefixLength(word, prefix)));
    if (length === 0) continue;
    if (index > end) stretches.push({ start: end, text: text.slice(end, index), isMatch: false });
    stretches.push({ start: index, text: word.slice(0, length), isMatch: true });
    end = index + length;
  }
  return end < text.length ? [...stretches, { start: end, text: text.slice(end), isMatch: false }] : stretches;
}

/** How much of the word, accents and all, the folded prefix covers; 0 if the word begins otherwise. */
function prefixLength(word: string, prefix: string): number {
  if (!fold(word).startsWith(prefix)) return 0;
  let length = 0;
  for (const character of word) {
    if (fold(word.slice(0, length)).length >= prefix.length && !/\p{M}/u.test(character)) break;
    length += character.length;
  }
  return length;
}
