import { sql } from 'kysely';
import { longestToken, phraseOf } from '../../format/jscontact/searchText.ts';
import { AppError } from '../../errors.ts';
import { readText } from './readText.ts';
import type { Term } from './readText.ts';
import { allOf, anyOf, never } from './tests.ts';
import type { Test } from './types.ts';
import type { Word, WordIndex } from './words.ts';

type Words = Extract<Term, { kind: 'words' }>;

/** More words than anybody types: a database takes conditions up to a certain depth. */
const mostTerms = 100;

/** Where to look: an index, and the letters of its fields. */
export type Place = { readonly index: WordIndex; readonly fields: readonly string[] };

/** Whether all that a text asks for stands in these places, each part of it in any of them. */
export type TextTest = (places: readonly Place[], text: string) => Test;

/**
 * The tests for the texts of one filter. Errors: `tooMany` if all texts of the filter together have more words than can
 * be searched for.
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
  // The longest word leads to the fewest cards, as a rule.
  const byLength = [...words.keys()].sort((a, b) => words[b]!.length - words[a]!.length);
  const tests = byLength.map((index) => wordTest(place, { text: words[index]!, isWhole: isPhrase || index < last }));
  return words.length === 1 ? tests[0]! : allOf([...tests, neighboursTest(place, { words, isPhrase })]);
}

function wordTest({ index, fields }: Place, word: Word): Test {
  const ids = index.ids(fields, word);
  return { each: index.has(fields, word), all: sql`card.id IN (${ids})`, leads: [ids] };
}

/**
 * Of the cards that have all the words: those that have them side by side, in one value. Words hold neither % nor _, so
 * that a _ can stand for the letter of any field.
 */
function neighboursTest({ index, fields }: Place, { words, isPhrase }: Omit<Words, 'kind'>): Test {
  const letters = fields.length === index.fields.length ? ['_'] : fields;
  const found = index.says(letters.map((letter) => `% ${phraseOf(letter, words)}${isPhrase ? ' ' : ''}%`));
  return { each: found, all: found, leads: [] };
}

/** Each beginning is a range of its own: of several in one condition no database makes use. */
function numberTest(place: Place, starts: readonly string[]): Test {
  return anyOf(starts.map((digits) => wordTest(place, { text: digits.slice(0, longestToken), isWhole: false })));
}
