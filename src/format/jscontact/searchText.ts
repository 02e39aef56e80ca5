import { foldText, foldWords } from '../../lib/fold.ts';
import type { Card } from './types.ts';

const limits = { token: 64, tokens: 400, note: 2_000, text: 10_000 };

/** The folded words by which a card is found, most telling first, without repetition. */
export function searchTokens(card: Card): string[] {
  const tokens = new Set<string>();
  for (const source of sources) {
    for (const token of source(card)) {
      if (tokens.size >= limits.tokens) return [...tokens];
      // A cut must not leave half a character behind.
      if (token !== '') tokens.add(token.slice(0, limits.token).replace(/[\ud800-\udbff]$/, ''));
    }
  }
  return [...tokens];
}

type Source = (card: Card) => Iterable<string>;

/** What is searched, in the order of its weight: the limit cuts at the end. */
const sources: readonly Source[] = [
  (card) =>
    wordsOf([
      card.name?.full ?? '',
      ...(card.name?.components ?? []).flatMap(({ kind, value }) => (kind === 'separator' ? [] : [value])),
    ]),
  (card) => wordsOf(each(card.nicknames).map(({ name }) => name)),
  (card) => each(card.emails).flatMap(({ address }) => addressTokens(address)),
  (card) =>
    wordsOf(each(card.organizations).flatMap(({ name, units }) => [name, ...(units ?? []).map((unit) => unit.name)])),
  (card) => each(card.phones).flatMap(({ number }) => phoneTokens(number)),
  (card) => wordsOf(each(card.titles).map(({ name }) => name)),
  (card) => wordsOf(Object.keys(card.keywords ?? {})),
  (card) =>
    wordsOf(
      each(card.addresses).flatMap(({ full, components }) => [full, ...(components ?? []).map(({ value }) => value)]),
    ),
  (card) => wordsOf(each(card.onlineServices).flatMap(({ service, user, uri }) => [service, user, uri])),
  (card) => wordsOf(localizedTexts(card)),
  (card) => wordsOf(each(card.notes).map(({ note }) => note.slice(0, limits.note))),
];

function each<Value>(map: Readonly<Record<string, Value>> | undefined): Value[] {
  return Object.values(map ?? {});
}

/** One text at a time: whoever reads stops when there are enough words. */
function* wordsOf(texts: readonly (string | undefined)[]): Generator<string> {
  for (const text of texts) if (text) yield* foldWords(text.slice(0, limits.text));
}

/** An address is found whole, by either side of its @, and by the words in it. */
function addressTokens(address: string): string[] {
  const folded = foldText(address.slice(0, limits.note).trim());
  const at = folded.lastIndexOf('@');
  const sides = at < 0 ? [] : [folded.slice(0, at), folded.slice(at + 1)];
  return [folded, ...sides, ...foldWords(folded)];
}

/** The digits, and the last nine: +33 6 12 34 56 78 and 06 12 34 56 78 meet there. */
function phoneTokens(number: string): string[] {
  const digits = foldText(number.slice(0, limits.note)).replace(/;.*$/s, '').replace(/\D+/g, '');
  return digits.length > 9 ? [digits, digits.slice(-9)] : [digits];
}

function localizedTexts(card: Card): string[] {
  return each(card.localizations).flatMap((patch) =>
    Object.entries(patch)
      .filter(([pointer]) => /^(name|nicknames|organizations|titles|addresses)\//.test(pointer))
      .flatMap(([, value]) => stringsIn(value, 4)),
  );
}

function stringsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'kind' || key === '@type' ? [] : stringsIn(item, depth - 1),
  );
}
