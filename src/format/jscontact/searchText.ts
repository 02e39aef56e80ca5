import { foldText, foldWords } from '../../lib/fold.ts';
import type { Card } from './types.ts';

const limits = { token: 64, tokens: 400, note: 2_000 };

/** The folded words by which a card is found, most telling first, without repetition. */
export function searchTokens(card: Card): string[] {
  const tokens = new Set<string>();
  for (const source of sources) {
    for (const token of source(card)) {
      if (token === '' || tokens.size >= limits.tokens) continue;
      // A cut must not leave half a character behind.
      tokens.add(token.slice(0, limits.token).replace(/[\ud800-\udbff]$/, ''));
    }
  }
  return [...tokens];
}

/** What is searched, in the order of its weight: the limit cuts at the end. */
const sources: readonly ((card: Card) => string[])[] = [
  (card) => wordsOf(card.name?.full, ...(card.name?.components ?? []).filter(({ kind }) => kind !== 'separator').map(({ value }) => value)),
  (card) => each(card.nicknames).flatMap(({ name }) => wordsOf(name)),
  (card) => each(card.emails).flatMap(({ address }) => addressTokens(address)),
  (card) => each(card.organizations).flatMap(({ name, units }) => wordsOf(name, ...(units ?? []).map((unit) => unit.name))),
  (card) => each(card.phones).flatMap(({ number }) => phoneTokens(number)),
  (card) => each(card.titles).flatMap(({ name }) => wordsOf(name)),
  (card) => wordsOf(...Object.keys(card.keywords ?? {})),
  (card) => each(card.addresses).flatMap(({ full, components }) => wordsOf(full, ...(components ?? []).map(({ value }) => value))),
  (card) => each(card.onlineServices).flatMap(({ service, user, uri }) => wordsOf(service, user, uri)),
  (card) => localizedWords(card),
  (card) => each(card.notes).flatMap(({ note }) => wordsOf(note.slice(0, limits.note))),
];

function each<Value>(map: Readonly<Record<string, Value>> | undefined): Value[] {
  return Object.values(map ?? {});
}

function wordsOf(...texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => (text === undefined ? [] : foldWords(text)));
}

/** An address is found whole, by either side of its @, and by the words in it. */
function addressTokens(address: string): string[] {
  const folded = foldText(address.trim());
  const at = folded.lastIndexOf('@');
  const sides = at < 0 ? [] : [folded.slice(0, at), folded.slice(at + 1)];
  return [folded, ...sides, ...foldWords(folded)];
}

/** The digits, and the last nine: +33 6 12 34 56 78 and 06 12 34 56 78 meet there. */
function phoneTokens(number: string): string[] {
  const digits = foldText(number).replace(/;.*$/s, '').replace(/\D+/g, '');
  return digits.length > 9 ? [digits, digits.slice(-9)] : [digits];
}

function localizedWords(card: Card): string[] {
  return each(card.localizations).flatMap((patch) => Object.entries(patch)
    .filter(([pointer]) => /^(name|nicknames|organizations|titles|addresses)\//.test(pointer))
    .flatMap(([, value]) => stringsIn(value, 4).flatMap((text) => foldWords(text))));
}

function stringsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'kind' || key === '@type' ? [] : stringsIn(item, depth - 1)));
}
