import { sql } from 'kysely';
import { longestToken, phraseOf, searchFields } from '../../../format/jscontact/searchText.ts';
import type { SearchField } from '../../../format/jscontact/searchText.ts';
import { allOf, anyOf } from './queryTests.ts';
import type { Term } from './queryText.ts';
import type { Sql, Test } from './queryTypes.ts';

type Words = Extract<Term, { kind: 'words' }>;

/** Where to look: the account, and the letters of the fields. */
type Place = { readonly accountId: string; readonly fields: readonly SearchField[] };

/** Whether a term is in the fields of a card, by the index of words. */
export function termTest(place: Place, term: Term): Test {
  if (term.kind === 'words') return wordsTest(place, term);
  const asWords = allOf(term.asWords.map((words) => termTest(place, words)));
  return place.fields.includes('p') ? anyOf([numberTest(place, term.starts), asWords]) : asWords;
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

function tokenTest({ accountId, fields }: Place, range: Sql): Test {
  const inFields = sql`field IN (${sql.join(fields)})`;
  const ids = sql`SELECT card_id AS id FROM card_token WHERE account_id = ${accountId} AND ${inFields} AND ${range}`;
  return {
    each: sql`EXISTS (SELECT 1 FROM card_token WHERE card_token.card_id = card.id AND ${range} AND ${inFields})`,
    all: sql`card.id IN (${ids})`,
    leads: [ids],
  };
}

/**
 * Of the cards that have all the words: those that have them side by side, in one value. Words hold neither % nor _, so
 * that a _ can stand for the letter of any field.
 */
function neighboursTest({ fields }: Place, { words, isPhrase }: Omit<Words, 'kind'>): Test {
  const letters = fields.length === searchFields.length ? ['_'] : fields;
  const patterns = letters.map((letter) => sql`phrases LIKE ${`% ${phraseOf(letter, words)}${isPhrase ? ' ' : ''}%`}`);
  const found = sql`EXISTS (SELECT 1 FROM card_phrase WHERE card_phrase.card_id = card.id AND (${sql.join(patterns, sql` OR `)}))`;
  return { each: found, all: found, leads: [] };
}

/** Each beginning is a range of its own: of several in one condition no database makes use. */
function numberTest({ accountId }: Place, starts: readonly string[]): Test {
  return anyOf(
    starts.map((digits) => tokenTest({ accountId, fields: ['p'] }, beginningWith(digits.slice(0, longestToken)))),
  );
}
