import { sql } from 'kysely';
import { inAccount } from '../../../db/inAccount.ts';
import { fieldsOfFilters, searchFields } from '../../../format/jscontact/searchText.ts';
import { textTests } from '../../search/terms.ts';
import { filterTest, isAmong, propertiesTest, rowTest, startsWith, unindexed } from '../../search/tests.ts';
import type { Sql, Test } from '../../search/types.ts';
import type { WordIndex } from '../../search/words.ts';
import { cardWords } from '../words/cardWords.ts';
import type { CardCondition, CardFilter, NoteFilter, TextFilter } from './queryTypes.ts';

type Other = Exclude<keyof CardCondition, TextFilter | NoteFilter>;

/** One row per property of a condition that is no text. */
const conditions: { readonly [Name in Other]-?: (accountId: string, value: NonNullable<CardCondition[Name]>) => Test } =
  {
    inAddressBook: (accountId, id) => booksTest(accountId, [id]),
    inAddressBooks: (accountId, ids) => booksTest(accountId, ids),
    uid: (accountId, uid) => rowTest(sql`${unindexed(sql`card.uid`)} = ${uid}`, live(accountId, sql`uid = ${uid}`)),
    kind: kindTest,
    hasMember: (accountId, uid) => listedTest(accountId, sql`card_member`, sql`uid = ${uid}`),
    hasKeyword: (accountId, keyword) => listedTest(accountId, sql`card_keyword`, sql`keyword = ${keyword}`),
    createdBefore: (accountId, time) => timeTest(accountId, sql`created`, sql`<`, time),
    createdAfter: (accountId, time) => timeTest(accountId, sql`created`, sql`>=`, time),
    updatedBefore: (accountId, time) => timeTest(accountId, sql`updated`, sql`<`, time),
    updatedAfter: (accountId, time) => timeTest(accountId, sql`updated`, sql`>=`, time),
    nameStartsWith: (accountId, letter) => startsWith(letter, (range) => live(accountId, range)),
  };

/**
 * The test for the condition of a filter; `notes`: finds words in the private notes of whoever asks, null if they have
 * none. Errors: `tooMany` for a filter with more words than can be searched for.
 */
export function cardTest(accountId: string, filter: CardFilter, notes: WordIndex | null): Test {
  const contains = textTests();
  const index = cardWords(accountId);
  const inNotes = notes === null ? [] : [{ index: notes, fields: notes.fields }];
  return filterTest(filter, (condition) =>
    propertiesTest(condition, (name, value) => {
      if (name === 'anyText') return contains([{ index, fields: searchFields }, ...inNotes], value as string);
      if (name === 'privateNote') return contains(inNotes, value as string);
      if (isTextFilter(name)) return contains([{ index, fields: fieldsOfFilters[name] }], value as string);
      const build = conditions[name as Other] as (accountId: string, value: unknown) => Test;
      return build(accountId, value);
    }),
  );
}

function isTextFilter(name: keyof CardCondition): name is TextFilter {
  return Object.hasOwn(fieldsOfFilters, name);
}

function live(accountId: string, where: Sql): Sql {
  return sql`SELECT id FROM card WHERE account_id = ${accountId} AND trash_id IS NULL AND ${where}`;
}

function booksTest(accountId: string, ids: readonly string[]): Test {
  const lead = sql`SELECT id FROM card
    WHERE trash_id IS NULL AND ${inAccount(accountId)} AND ${isAmong(sql`book_id`, ids)}`;
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
    each: sql`EXISTS (SELECT 1 FROM ${table} AS listed
      WHERE listed.card_id = card.id AND ${inAccount(accountId, 'listed.account_id')} AND ${is})`,
    all: sql`card.id IN (${ids})`,
    leads: [ids],
  };
}
