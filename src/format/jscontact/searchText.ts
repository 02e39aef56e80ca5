import { foldText, foldWords } from '../../lib/fold.ts';
import { fullName } from './names.ts';
import type { Card, NameComponent } from './types.ts';

/**
 * Where in a card a word is: one letter each, as stored in the index. The filters of RFC 9610 §3.3.1 are made of these.
 */
export type SearchField =
  | 'n' // name: full, and components that have no letter of their own
  | 'g' // given names
  | 's' // surnames
  | 't' // secondary surnames
  | 'k' // nicknames
  | 'o' // organisations
  | 'e' // e-mail addresses and their labels
  | 'p' // phone numbers and their labels
  | 'i' // online services
  | 'a' // addresses
  | 'b' // notes
  | 'x'; // everything else: titles, units, keywords, other languages…

/** All of them. */
export const searchFields: readonly SearchField[] = ['n', 'g', 's', 't', 'k', 'o', 'e', 'p', 'i', 'a', 'b', 'x'];

const nameFields: readonly SearchField[] = ['n', 'g', 's', 't'];

/** The fields that each text filter of RFC 9610 §3.3.1 looks at. */
export const fieldsOfFilters = {
  text: searchFields,
  name: nameFields,
  'name/given': ['g'],
  'name/surname': ['s'],
  'name/surname2': ['t'],
  nickname: ['k'],
  organization: ['o'],
  email: ['e'],
  phone: ['p'],
  onlineService: ['i'],
  address: ['a'],
  note: ['b'],
} as const satisfies Readonly<Record<string, readonly SearchField[]>>;

/** A folded word, and where it is. */
export type SearchToken = { readonly field: SearchField; readonly token: string };

/** Everything by which a card is found. */
export type SearchWords = {
  /** Without repetition. A word of a given name or surname is not repeated for the whole name. */
  readonly tokens: readonly SearchToken[];
  /** Each value of several words, for phrases: ` n.jean n.martin | e.jean e.martin e.demo e.example |`. */
  readonly phrases: string;
};

/** The maximum length of tokens, and so of words to search for. */
export const longestToken = 64;

const limits = { tokens: 1_000, words: 10_000, text: 10_000 };

type Value = readonly [field: SearchField, text: string | undefined];

/** The folded words by which a card is found, most significant first; what is too much is cut off at the end. */
export function searchWords(card: Card): SearchWords {
  const tokens = new Map<string, SearchToken>();
  const phrases = new Set<string>();
  let words = 0;
  const add = (field: SearchField, token: string) => {
    if (field === 'n' && (tokens.has(`g${token}`) || tokens.has(`s${token}`) || tokens.has(`t${token}`))) return;
    if (tokens.size < limits.tokens) tokens.set(field + token, { field, token });
  };
  for (const [field, text] of valuesOf(card)) {
    if (tokens.size >= limits.tokens || words >= limits.words) break;
    if (!text) continue;
    const folded = searchable(text.slice(0, limits.text));
    // The pairs of digits of a number are in all the others too: nobody is found by them.
    for (const word of folded) if (field !== 'p' || /\D/.test(word)) add(field, word);
    words += folded.length;
    if (folded.length > 1) phrases.add(phraseOf(field, folded));
    if (field === 'p') for (const digits of phoneTokens(text)) add('p', digits);
  }
  return { tokens: [...tokens.values()], phrases: phrases.size === 0 ? '' : ` ${[...phrases].join(' | ')} |` };
}

/** The folded words of a text, none longer than the index stores them. */
export function searchable(text: string): string[] {
  // A cut must not leave half a character behind.
  return foldWords(text).map((word) =>
    word.length > longestToken ? word.slice(0, longestToken).replace(/[\ud800-\udbff]$/, '') : word,
  );
}

/** Consecutive words of a field, as stored in the phrases of a card. */
export function phraseOf(field: string, words: readonly string[]): string {
  return `${field}.${words.join(` ${field}.`)}`;
}

const fieldOfKind: Readonly<Record<string, SearchField>> = { given: 'g', surname: 's', surname2: 't' };

function* valuesOf(card: Card): Generator<Value> {
  for (const { kind, value } of card.name?.components ?? [])
    if (kind !== 'separator') yield [fieldOfKind[kind] ?? 'n', value];
  yield ['n', fullName(card.name)];
  for (const { name } of each(card.nicknames)) yield ['k', name];
  for (const { address, label } of each(card.emails)) yield* both('e', address, label);
  for (const { name } of each(card.organizations)) yield ['o', name];
  for (const { number, label } of each(card.phones)) yield* both('p', number, label);
  for (const { units } of each(card.organizations)) for (const unit of units ?? []) yield ['x', unit.name];
  for (const { name } of each(card.titles)) yield ['x', name];
  for (const keyword of Object.keys(card.keywords ?? {})) yield ['x', keyword];
  for (const { full, components } of each(card.addresses)) yield* both('a', full, inLine(components));
  for (const { service, user, uri, label } of each(card.onlineServices)) {
    yield* both('i', service, user);
    yield* both('i', uri, label);
  }
  for (const text of localizedTexts(card)) yield ['x', text];
  for (const { uri, label } of each(card.links)) yield* both('x', uri, label);
  for (const { value, label } of each(card.personalInfo)) yield* both('x', value, label);
  for (const { note } of each(card.notes)) yield ['b', note];
}

function each<Item>(map: Readonly<Record<string, Item>> | undefined): Item[] {
  return Object.values(map ?? {});
}

function both(field: SearchField, first: string | undefined, second: string | undefined): Value[] {
  return [
    [field, first],
    [field, second],
  ];
}

/** An address that is known by its parts reads as one line. */
function inLine(components: readonly Pick<NameComponent, 'value'>[] | undefined): string | undefined {
  return components?.map(({ value }) => value).join(' ');
}

/** The digits, and the last nine of them, so that +33 6 12 34 56 78 and 06 12 34 56 78 match. */
export function phoneTokens(number: string): string[] {
  const digits = digitsOf(number.slice(0, limits.text).replace(/;.*$/s, '')).slice(0, longestToken);
  if (digits === '') return [];
  return digits.length > lastDigits ? [digits, digits.slice(-lastDigits)] : [digits];
}

/** How many digits at the end must match for numbers to be the same, whatever they begin with. */
export const lastDigits = 9;

/** The digits in a text, also of full-width keyboards. */
export function digitsOf(text: string): string {
  return foldText(text).replace(/\D+/g, '');
}

function localizedTexts(card: Card): string[] {
  return each(card.localizations).flatMap((patch) =>
    Object.entries(patch)
      .filter(([pointer]) => /^(name|nicknames|organizations|titles|addresses)(\/|$)/.test(pointer))
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
