import { sql } from 'kysely';
import { longestToken, phraseOf } from '../../format/jscontact/searchText.ts';
import { AppError } from '../../errors.ts';
import { readText } from './readText.ts';
import type { Term } from './readText.ts';
import { allOf, anyOf, never } from './tests.ts';
import type { Sql, Test } from './types.ts';

type Words = Extract<Term, { kind: 'words' }>;

/** An index of words: where its tables are, and how they belong to a row of `card`. */
export type WordIndex<Field extends string = string> = {
  readonly tokens: Sql;
  readonly phrases: Sql;
  /** What all words that are looked for have in common: the account. */
  readonly within: Sql;
  readonly fields: readonly Field[];
  /** The fields in which the digits of telephone numbers stand. */
  readonly numbers: readonly Field[];
};

/** More words than anybody types: a database takes conditions up to a certain depth. */
const mostTerms = 100;

/** Where to look: an index, and the letters of its fields. */
export type Place = { readonly index: WordIndex; readonly fields: readonly string[] };

/** Whether all that a text asks for stands in these places, each part of it in any of them. */
export type TextTest = (places: readonly Place[], text: string) => Test;

/**
 * For one filter: what its texts ask for. Errors: `tooMany` when all texts of the filter together have more words than
 * can be looked for.
 */
export function textTests(): TextTest {
  let left = mostTerms;
  return (places, text) => {
    const terms = readText(text);
    if (terms === null) return never;
    left -= terms.reduce((sum, term) => sum + (term.kind === 'words' ? term.words.length : 1 + term.asWords.length), 0);
    if (left < 0)
      throw new AppError('tooMany', `A filter has at most ${mostTerms} words`, { reason: 'filterTooLarge' });
    return allOf(terms.map((term) => anyOf(places.map((place) => termTest(place, term)))));
  };
}

/** Whether a term is in the fields of a card, by the index of words. */
function termTest(place: Place, term: Term): Test {
  if (term.kind === 'words') return wordsTest(place, term);
  const asWords = allOf(term.asWords.map((words) => termTest(place, words)));
  const numbers = place.index.numbers.filter((field) => place.fields.includes(field));
  return numbers.length > 0 ? anyOf([numberTest({ ...place, fields: numbers }, term.starts), asWords]) : asWords;
}

function wordsTest(place: Place, { words, isPhrase }: Words): Test {
  const last = words.length - 1;
  const ranges = words.map((word, index) => (isPhrase || index < last ? sql`token = ${word}` : beginningWith(word)));
  // The longest word leads to the fewest cards, as a rule.
  const byLength = [...words.keys()].sort((a, b) => words[b]!.length - words[a]!.length);
  const tests = byLength.map((index) => tokenTest(place, ranges[index]!));
  return words.length === 1 ? tests[0]! : allOf([...tests, neighboursTest(place, { words, isPhrase })]);
}

function beginningWith(word: string): Sql {
  return sql`token >= ${word} AND token < ${`${word}\u{10ffff}`}`;
}

function tokenTest({ index, fields }: Place, range: Sql): Test {
  const inFields = sql`field IN (${sql.join(fields)})`;
  const ids = sql`SELECT card_id AS id FROM ${index.tokens} AS word WHERE ${index.within} AND ${inFields} AND ${range}`;
  return {
    each: sql`EXISTS (SELECT 1 FROM ${index.tokens} AS word WHERE word.card_id = card.id AND ${range} AND ${inFields})`,
    all: sql`card.id IN (${ids})`,
    leads: [ids],
  };
}

/**
 * Of the cards that have all the words: those that have them side by side, in one value. Words hold neither % nor _, so
 * that a _ can stand for the letter of any field.
 */
function neighboursTest({ index, fields }: Place, { words, isPhrase }: Omit<Words, 'kind'>): Test {
  const letters = fields.length === index.fields.length ? ['_'] : fields;
  const patterns = letters.map((letter) => sql`phrases LIKE ${`% ${phraseOf(letter, words)}${isPhrase ? ' ' : ''}%`}`);
  const found = sql`EXISTS (SELECT 1 FROM ${index.phrases} AS said WHERE said.card_id = card.id AND (${sql.join(patterns, sql` OR `)}))`;
  return { each: found, all: found, leads: [] };
}

/** Each beginning is a range of its own: of several in one condition no database makes use. */
function numberTest(place: Place, starts: readonly string[]): Test {
  return anyOf(starts.map((digits) => tokenTest(place, beginningWith(digits.slice(0, longestToken)))));
}
