import { sql } from 'kysely';
import { AppError } from '../../../errors.ts';
import { searchFields } from '../../../format/jscontact/searchText.ts';
import type { SearchField } from '../../../format/jscontact/searchText.ts';
import { foldWords } from '../../../lib/fold.ts';
import { cardWords, termTest } from './queryTerms.ts';
import type { WordIndex } from './queryTerms.ts';
import { allOf, always, anyOf, isAmong, never, not, rowTest, unindexed } from './queryTests.ts';
import { readText } from './queryText.ts';
import type { CardCondition, CardFilter, Sql, Test, TextFilter } from './queryTypes.ts';

const nameFields: readonly SearchField[] = ['n', 'g', 's', 't'];

/** What each filter of RFC 9610 §3.3.1 that looks for a text looks at. */
const fieldsOf: Readonly<Record<TextFilter, readonly SearchField[]>> = {
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
};

/** More words than anybody types: a database takes conditions up to a certain depth. */
export const mostTerms = 100;

type Other = Exclude<keyof CardCondition, TextFilter>;

/** One row per property of a condition that is no text. */
const conditions: { readonly [Name in Other]-?: (accountId: string, value: NonNullable<CardCondition[Name]>) => Test } =
  {
    inAddressBook: (_accountId, id) => booksTest([id]),
    inAddressBooks: (_accountId, ids) => booksTest(ids),
    uid: (accountId, uid) => rowTest(sql`${unindexed(sql`card.uid`)} = ${uid}`, live(accountId, sql`uid = ${uid}`)),
    kind: kindTest,
    hasMember: (accountId, uid) => listedTest(accountId, sql`card_member`, sql`uid = ${uid}`),
    hasKeyword: (accountId, keyword) => listedTest(accountId, sql`card_keyword`, sql`keyword = ${keyword}`),
    createdBefore: (accountId, time) => timeTest(accountId, sql`created`, sql`<`, time),
    createdAfter: (accountId, time) => timeTest(accountId, sql`created`, sql`>=`, time),
    updatedBefore: (accountId, time) => timeTest(accountId, sql`updated`, sql`<`, time),
    updatedAfter: (accountId, time) => timeTest(accountId, sql`updated`, sql`>=`, time),
    nameStartsWith: initialTest,
  };

/** What a filter asks of a card. Errors: `tooMany` for a filter of more words than can be looked for. */
export function filterTest(accountId: string, filter: CardFilter): Test {
  const count = { left: mostTerms };
  const build = (part: CardFilter): Test => {
    if (part.operator === null) return conditionTest(accountId, part.condition, count);
    const tests = part.conditions.map(build);
    if (part.operator === 'AND') return allOf(tests);
    return part.operator === 'OR' ? anyOf(tests) : not(anyOf(tests));
  };
  return build(filter);
}

function conditionTest(accountId: string, condition: CardCondition, count: { left: number }): Test {
  const names = Object.keys(condition) as (keyof CardCondition)[];
  return allOf(
    names.map((name) => {
      if (isTextFilter(name)) return textTest(cardWords(accountId), fieldsOf[name], condition[name]!, count);
      const build = conditions[name] as (accountId: string, value: unknown) => Test;
      return build(accountId, condition[name]);
    }),
  );
}

function isTextFilter(name: keyof CardCondition): name is TextFilter {
  return Object.hasOwn(fieldsOf, name);
}

/** Whether all that a text asks for stands in these fields. Errors: `tooMany` when more words are asked for than are left. */
export function textTest(index: WordIndex, fields: readonly string[], text: string, count: { left: number }): Test {
  const terms = readText(text);
  if (terms === null) return never;
  count.left -= terms.reduce(
    (sum, term) => sum + (term.kind === 'words' ? term.words.length : 1 + term.asWords.length),
    0,
  );
  if (count.left < 0)
    throw new AppError('tooMany', `A filter has at most ${mostTerms} words`, { reason: 'filterTooLarge' });
  return allOf(terms.map((term) => termTest({ index, fields }, term)));
}

function live(accountId: string, where: Sql): Sql {
  return sql`SELECT id FROM card WHERE account_id = ${accountId} AND trash_id IS NULL AND ${where}`;
}

function booksTest(ids: readonly string[]): Test {
  const lead = sql`SELECT id FROM card WHERE trash_id IS NULL AND ${isAmong(sql`book_id`, ids)}`;
  return rowTest(isAmong(unindexed(sql`card.book_id`), ids), lead);
}

function timeTest(accountId: string, column: Sql, comparison: Sql, time: string): Test {
  const ids = live(accountId, sql`${column} ${comparison} ${time}`);
  return {
    each: sql`${unindexed(sql`card.${column}`)} ${comparison} ${time}`,
    all: sql`card.id IN (${ids})`,
    leads: [ids],
  };
}

/** Nearly all cards are of persons: the others have a small index. */
function kindTest(accountId: string, kind: string): Test {
  const each = sql`${unindexed(sql`card.kind`)} = ${kind}`;
  const others = live(accountId, sql`kind <> 'individual'`);
  if (kind === 'individual') return { each, all: sql`card.id NOT IN (${others})`, leads: [] };
  const ids = sql`${others} AND kind = ${kind}`;
  return { each, all: sql`card.id IN (${ids})`, leads: [ids] };
}

/** What a card lists, one row each: its members, its keywords. */
function listedTest(accountId: string, table: Sql, is: Sql): Test {
  const ids = sql`SELECT card_id AS id FROM ${table} WHERE account_id = ${accountId} AND ${is}`;
  return {
    each: sql`EXISTS (SELECT 1 FROM ${table} WHERE card_id = card.id AND ${is})`,
    all: sql`card.id IN (${ids})`,
    leads: [ids],
  };
}

/** « A » … « Z », or « 123 » for what begins with a digit. */
function initialTest(accountId: string, letter: string): Test {
  return startsWith(letter, (range) => live(accountId, range));
}

/** What is filed under a letter; `lead` selects the ids in the range of the index that it is given. */
export function startsWith(letter: string, lead: (range: Sql) => Sql): Test {
  const [first] = letter === '123' ? ['0'] : foldWords(letter);
  if (first === undefined) return letter.trim() === '' ? always : never;
  const end = letter === '123' ? ':' : `${first}\u{10ffff}`;
  const range = sql`(file_as_key >= ${first} AND file_as_key < ${end})`;
  return rowTest(range, lead(range));
}
