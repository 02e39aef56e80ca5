import { sql } from 'kysely';
import type { Sql } from './types.ts';

/** A word to search for; not whole: a prefix. */
export type Word = { readonly text: string; readonly isWhole: boolean };

/** Finds words, in whatever tables they are; everything refers to a row of `card`. */
export type WordIndex<Field extends string = string> = {
  /** Selects the `id` of all that have the word in one of these fields. */
  ids(fields: readonly string[], word: Word): Sql;
  /** Whether one has it. */
  has(fields: readonly string[], word: Word): Sql;
  /** Whether the phrases of one are like one of these patterns. */
  says(patterns: readonly string[]): Sql;
  readonly fields: readonly Field[];
  /** The fields in which the digits of telephone numbers stand. */
  readonly numbers: readonly Field[];
};

/** Words that stand in tables of their own: `card_id`, `field` and `token`; `card_id` and `phrases`. */
export function wordsOfTables<Field extends string>(
  { tokens, phrases }: { readonly tokens: Sql; readonly phrases: Sql },
  fields: Pick<WordIndex<Field>, 'fields' | 'numbers'>,
): WordIndex<Field> {
  return {
    ids: (some, word) => sql`SELECT card_id AS id FROM ${tokens} AS word WHERE ${isToken(some, word)}`,
    has: (some, word) =>
      sql`EXISTS (SELECT 1 FROM ${tokens} AS word WHERE word.card_id = card.id AND ${isToken(some, word)})`,
    says: (patterns) =>
      sql`EXISTS (SELECT 1 FROM ${phrases} AS said WHERE said.card_id = card.id AND ${isLike(sql`phrases`, patterns)})`,
    ...fields,
  };
}

/** Rows of a table with `field` and `token` that hold the word. */
export function isToken(fields: readonly string[], { text, isWhole }: Word): Sql {
  const range = isWhole ? sql`token = ${text}` : sql`token >= ${text} AND token < ${`${text}\u{10ffff}`}`;
  return sql`field IN (${sql.join(fields)}) AND ${range}`;
}

/** Whether a text is like one of these patterns. */
export function isLike(text: Sql, patterns: readonly string[]): Sql {
  // Bound as it is, a pattern would be a reason for SQLite to plan the statement anew.
  const tests = patterns.map((pattern) => sql`${text} LIKE (SELECT ${pattern})`);
  return sql`(${sql.join(tests, sql` OR `)})`;
}
