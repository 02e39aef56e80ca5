import { fileAs, givenName, sortedAs, surname } from '../../src/format/jscontact/names.ts';
import { digitsOf, fieldsOfFilters, type SearchField, searchWords } from '../../src/format/jscontact/searchText.ts';
import type { Card } from '../../src/format/jscontact/types.ts';
import { foldText, foldWords } from '../../src/lib/fold.ts';
import { type Json, type JsonObject, textOf } from '../../src/lib/json.ts';

type Test = (card: JsonObject) => boolean;

/** What the person noted about contacts, by the ids of these. */
type Notes = ReadonlyMap<string, string>;

/** What a filter asks of a card; the words of a text in any order, by their beginnings, as on the server. */
export function testOf(filter: Json | undefined, notes: Notes): Test {
  if (filter === null || filter === undefined || typeof filter !== 'object' || Array.isArray(filter)) return () => true;
  const { operator, conditions } = filter as { readonly operator?: string; readonly conditions?: readonly Json[] };
  if (operator !== undefined) {
    const tests = (conditions ?? []).map((condition) => testOf(condition, notes));
    if (operator === 'AND') return (card) => tests.every((test) => test(card));
    if (operator === 'OR') return (card) => tests.some((test) => test(card));
    return (card) => !tests.some((test) => test(card));
  }
  const tests = Object.entries(filter as JsonObject).map(([name, value]) => conditionOf(name, value, notes));
  return (card) => tests.every((test) => test(card));
}

/** One row per condition that the app asks; the others are texts. */
const conditions: Readonly<Record<string, (value: Json) => Test>> = {
  inAddressBook: (id) => (card) => bookIdsOf(card).includes(textOf(id)),
  inAddressBooks: (ids) => (card) => bookIdsOf(card).some((id) => (ids as readonly Json[]).includes(id)),
  kind: (kind) => (card) => (card['kind'] ?? 'individual') === kind,
  uid: (uid) => (card) => card['uid'] === uid,
  hasKeyword: (keyword) => (card) => Object.hasOwn((card['keywords'] ?? {}) as object, textOf(keyword)),
  hasMember: (uid) => (card) => Object.hasOwn((card['members'] ?? {}) as object, textOf(uid)),
  nameStartsWith: (letter) => (card) => {
    const first = foldText(sortedAs(contentOf(card)))
      .trimStart()
      .charAt(0);
    return letter === '123' ? /\d/u.test(first) : first === foldText(textOf(letter)).charAt(0);
  },
};

function conditionOf(name: string, value: Json, notes: Notes): Test {
  const condition = conditions[name];
  if (condition) return condition(value);
  if (name === 'anyText') return textTest(fieldsOfFilters.text, textOf(value), notes);
  if (name === 'privateNote') return textTest([], textOf(value), notes);
  // What cannot be told from here is left to the server.
  if (!isTextFilter(name)) throw new Error(`unsupportedFilter: ${name}`);
  return textTest(fieldsOfFilters[name], textOf(value));
}

function isTextFilter(name: string): name is keyof typeof fieldsOfFilters {
  return Object.hasOwn(fieldsOfFilters, name);
}

function textTest(fields: readonly SearchField[], text: string, notes: Notes = new Map()): Test {
  const digits = /^[\d\s().+/-]{3,}$/u.test(text) ? digitsOf(text).replace(/^0+/u, '') : '';
  const words = foldWords(text);
  return (card) => {
    const tokens = searchWords(contentOf(card)).tokens.filter(({ field }) => fields.includes(field));
    if (digits !== '' && tokens.some(({ field, token }) => field === 'p' && token.includes(digits))) return true;
    const noted = foldWords(notes.get(textOf(card['id'])) ?? '');
    const all = [...tokens.map(({ token }) => token), ...noted];
    return words.every((word) => all.some((one) => one.startsWith(word)));
  };
}

function bookIdsOf(card: JsonObject): string[] {
  return Object.keys((card['addressBookIds'] ?? {}) as object);
}

function contentOf(card: JsonObject): Card {
  return card as unknown as Card;
}

/** What cards are sorted by. */
const keys: Readonly<Record<string, (card: JsonObject) => string>> = {
  fileAs: (card) => foldText(sortedAs(contentOf(card))),
  'name/given': (card) => foldText(givenName(contentOf(card))),
  'name/surname': (card) => foldText(surname(contentOf(card))),
  created: (card) => textOf(card['created']),
  updated: (card) => textOf(card['updated']),
};

/** The cards in an order (RFC 8620 §5.5); what compares alike, by name. */
export function sorted(cards: readonly JsonObject[], sort: Json | undefined): JsonObject[] {
  const comparators = (Array.isArray(sort) ? sort : []) as readonly { property: string; isAscending?: boolean }[];
  const orders = [...comparators, { property: 'fileAs' }].flatMap(({ property, isAscending = true }) => {
    const keyOf = keys[property];
    return keyOf ? [{ keyOf, direction: isAscending ? 1 : -1 }] : [];
  });
  const rows = cards.map((card) => ({ card, values: orders.map(({ keyOf }) => keyOf(card)) }));
  rows.sort((a, b) => {
    for (const [index, { direction }] of orders.entries()) {
      const [x, y] = [a.values[index]!, b.values[index]!];
      if (x !== y) return (x < y ? -1 : 1) * direction;
    }
    return 0;
  });
  return rows.map(({ card }) => card);
}

/** How a card that the server has not seen is filed. */
export function filedAs(content: JsonObject): string {
  return fileAs(contentOf(content));
}
