import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { foldWords } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { visibleBooks } from '../sharing/access.ts';

/** One condition on cards; all that are given must hold (RFC 9610 §3.3.1). Times are ISO 8601 in UTC with milliseconds. */
export type CardCondition = {
  readonly inAddressBook?: string;
  readonly inAddressBooks?: readonly string[];
  readonly uid?: string;
  readonly kind?: string;
  readonly hasMember?: string;
  readonly createdBefore?: string;
  readonly createdAfter?: string;
  readonly updatedBefore?: string;
  readonly updatedAfter?: string;
  readonly text?: string;
  readonly nameStartsWith?: string;
};

/** Conditions joined by operators (RFC 8620 §5.5). */
export type CardFilter =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly conditions: readonly CardFilter[] }
  | { readonly operator: null; readonly condition: CardCondition };

/** What cards can be sorted by. */
export type CardSort = 'fileAs' | 'created' | 'updated' | 'name/given' | 'name/surname' | 'name/surname2';

export type CardOrder = readonly { readonly property: CardSort; readonly isAscending: boolean }[];

type Sql = RawBuilder<unknown>;

const sortColumns: Readonly<Record<CardSort, Sql>> = {
  fileAs: sql`file_as_key`,
  created: sql`created`,
  updated: sql`updated`,
  'name/given': sql`given_key`,
  'name/surname': sql`surname_key`,
  'name/surname2': sql`surname2_key`,
};

/** Cards that match, of which only what is needed is read. */
export type CardResults = {
  total(): Promise<number>;
  /** Where a card stands among them; -1 when it is not. */
  indexOf(cardId: string): Promise<number>;
  slice(offset: number, limit: number | null): Promise<string[]>;
};

/** The cards of an account that match, as far as the person may read them. */
export async function queryCards(
  context: Context,
  accountId: string,
  filter: CardFilter | null,
  order: CardOrder,
): Promise<CardResults> {
  const reader = context.db;
  const scope = await scopeOf(reader, context, accountId);
  const where = sql`card.trash_id IS NULL AND ${scope} AND ${filter ? conditionOf(accountId, filter) : sql`1 = 1`}`;
  const sort = order.length === 0 ? ([{ property: 'fileAs', isAscending: true }] as const) : order;
  const columns = sort.map(({ property, isAscending }) => sql`${sortColumns[property]} ${isAscending ? sql`ASC` : sql`DESC`}`);
  // The id makes the order complete, in the direction in which the index runs.
  const by = sql.join([...columns, sort.at(-1)!.isAscending ? sql`id ASC` : sql`id DESC`]);
  return {
    async total() {
      const row = await reader.first(sql<{ total: number }>`SELECT count(*) AS total FROM card WHERE ${where}`.compile(reader.build));
      return row?.total ?? 0;
    },
    async indexOf(cardId) {
      const row = await reader.first(
        sql<{ position: number }>`
          SELECT position FROM (SELECT id, row_number() OVER (ORDER BY ${by}) - 1 AS position FROM card WHERE ${where}) AS ranked
          WHERE id = ${cardId}`.compile(reader.build),
      );
      return row?.position ?? -1;
    },
    async slice(offset, limit) {
      const window = sql`LIMIT ${limit ?? Number.MAX_SAFE_INTEGER} OFFSET ${offset}`;
      const rows = await reader.all(sql<{ id: string }>`SELECT id FROM card WHERE ${where} ORDER BY ${by} ${window}`.compile(reader.build));
      return rows.map((row) => row.id);
    },
  };
}

async function scopeOf(reader: Reader, context: Context, accountId: string): Promise<Sql> {
  if (accountId === context.actor.principalId) return sql`card.account_id = ${accountId}`;
  const books = (await visibleBooks(reader, context, accountId)).map(({ book }) => book.id);
  return among(sql`card.book_id`, books);
}

function among(column: Sql, values: readonly string[]): Sql {
  return values.length === 0 ? sql`1 = 0` : sql`${column} IN (${sql.join(values)})`;
}

function conditionOf(accountId: string, filter: CardFilter): Sql {
  if (filter.operator === null) return allOf(accountId, filter.condition);
  const parts = filter.conditions.map((part) => sql`(${conditionOf(accountId, part)})`);
  if (filter.operator === 'AND') return parts.length === 0 ? sql`1 = 1` : sql`(${sql.join(parts, sql` AND `)})`;
  if (filter.operator === 'OR') return parts.length === 0 ? sql`1 = 0` : sql`(${sql.join(parts, sql` OR `)})`;
  return parts.length === 0 ? sql`1 = 1` : sql`NOT (${sql.join(parts, sql` OR `)})`;
}

/** One row per property of a condition. */
const conditions: { readonly [Name in keyof CardCondition]-?: (accountId: string, value: NonNullable<CardCondition[Name]>) => Sql } = {
  inAddressBook: (_accountId, id) => sql`card.book_id = ${id}`,
  inAddressBooks: (_accountId, ids) => among(sql`card.book_id`, ids),
  uid: (_accountId, uid) => sql`card.uid = ${uid}`,
  kind: (_accountId, kind) => sql`card.kind = ${kind}`,
  hasMember: (accountId, uid) => sql`card.id IN (SELECT card_id FROM card_member WHERE account_id = ${accountId} AND uid = ${uid})`,
  createdBefore: (_accountId, time) => sql`card.created < ${time}`,
  createdAfter: (_accountId, time) => sql`card.created >= ${time}`,
  updatedBefore: (_accountId, time) => sql`card.updated < ${time}`,
  updatedAfter: (_accountId, time) => sql`card.updated >= ${time}`,
  text: textCondition,
  nameStartsWith: (_accountId, letter) => initialCondition(letter),
};

function allOf(accountId: string, condition: CardCondition): Sql {
  const parts = (Object.keys(condition) as (keyof CardCondition)[]).map((name) => {
    const build = conditions[name] as (accountId: string, value: unknown) => Sql;
    return build(accountId, condition[name]);
  });
  return parts.length === 0 ? sql`1 = 1` : sql`(${sql.join(parts, sql` AND `)})`;
}

/** Every word must begin a word of the card. */
function textCondition(accountId: string, text: string): Sql {
  const words = [...new Set(foldWords(text))].slice(0, 10);
  if (words.length === 0) return text.trim() === '' ? sql`1 = 1` : sql`1 = 0`;
  const parts = words.map(
    (word) => sql`card.id IN (SELECT card_id FROM card_token
      WHERE account_id = ${accountId} AND field IN ('n', 'g', 's', 't', 'k', 'o', 'e', 'p', 'i', 'a', 'b', 'x') AND token >= ${word} AND token < ${`${word}\u{10ffff}`})`,
  );
  return sql`(${sql.join(parts, sql` AND `)})`;
}

/** « A » … « Z », or « 123 » for what begins with a digit. */
function initialCondition(letter: string): Sql {
  if (letter === '123') return sql`(file_as_key >= '0' AND file_as_key < ':')`;
  const [first] = foldWords(letter);
  return first === undefined ? sql`1 = 0` : sql`(file_as_key >= ${first} AND file_as_key < ${`${first}\u{10ffff}`})`;
}
