import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { foldText } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { findableBy } from './findable.ts';

/** One condition on people and groups (RFC 9670 §2.4.1): what is looked for is contained, `type` and `timeZone` are equal. */
export type PrincipalCondition = {
  /** Those whose accounts these are, as far as the person may know. */
  readonly accountIds?: readonly string[];
  readonly email?: string;
  readonly name?: string;
  readonly text?: string;
  readonly type?: string;
  readonly timeZone?: string;
};

/** Conditions joined by operators (RFC 8620 §5.5). */
export type PrincipalFilter =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly conditions: readonly PrincipalFilter[] }
  | { readonly operator: null; readonly condition: PrincipalCondition };

/** What is looked for, by name up or down, and the accounts that the person may read. */
export type PrincipalSearch = {
  readonly filter: PrincipalFilter | null;
  readonly isAscending: boolean;
  readonly readable: ReadonlySet<string>;
};

/** People and groups that match, of which only what is needed is read. */
export type PrincipalResults = {
  total(): Promise<number>;
  /** Where somebody stands among them; -1 when they do not. */
  indexOf(id: string): Promise<number>;
  /** `limit` null: to the end. */
  slice(offset: number, limit: number | null): Promise<readonly string[]>;
};

/** Those of the directory that the person may see and that match, by name. */
export function queryPrincipals({ db, actor }: Context, search: PrincipalSearch): PrincipalResults {
  const seen = findableBy(actor);
  const where = search.filter ? sql`${seen} AND ${matches(search.filter, search.readable)}` : seen;
  const order = search.isAscending ? sql`name_key, id` : sql`name_key DESC, id DESC`;
  const count = async (more: Sql) => {
    const query = sql<{ total: number }>`SELECT count(*) AS total FROM principal WHERE ${where} AND ${more}`;
    return Number((await db.first(query.compile(db.build)))!.total);
  };
  return {
    total: () => count(sql`1 = 1`),
    async indexOf(id) {
      const row = await db.first(
        sql<{ name_key: string }>`SELECT name_key FROM principal WHERE ${where} AND id = ${id}`.compile(db.build),
      );
      if (!row) return -1;
      const compare = search.isAscending ? sql`<` : sql`>`;
      return count(sql`(name_key, id) ${compare} (${row.name_key}, ${id})`);
    },
    async slice(offset, limit) {
      const most = limit ?? Number.MAX_SAFE_INTEGER;
      const rows = await db.all(
        sql<{
          id: string;
        }>`SELECT id FROM principal WHERE ${where} ORDER BY ${order} LIMIT ${most} OFFSET ${offset}`.compile(db.build),
      );
      return rows.map(({ id }) => id);
    },
  };
}

type Sql = RawBuilder<unknown>;

function matches(filter: PrincipalFilter, readable: ReadonlySet<string>): Sql {
  if (filter.operator === null) return all(conditionsOf(filter.condition, readable));
  const parts = filter.conditions.map((part) => matches(part, readable));
  if (filter.operator === 'AND') return all(parts);
  const some = parts.length === 0 ? sql`1 = 0` : sql`(${sql.join(parts, sql` OR `)})`;
  return filter.operator === 'OR' ? some : sql`NOT ${some}`;
}

function all(parts: readonly Sql[]): Sql {
  return parts.length === 0 ? sql`1 = 1` : sql`(${sql.join(parts, sql` AND `)})`;
}

function conditionsOf(condition: PrincipalCondition, readable: ReadonlySet<string>): Sql[] {
  const { accountIds, email, name, text, type, timeZone } = condition;
  const parts: Sql[] = [];
  if (accountIds !== undefined) {
    const ids = accountIds.filter((id) => readable.has(id));
    parts.push(ids.length === 0 ? sql`1 = 0` : sql`id IN (${sql.join(ids)})`);
  }
  if (email !== undefined) parts.push(inEmail(email));
  if (name !== undefined) parts.push(inName(name));
  if (text !== undefined) parts.push(sql`(${inName(text)} OR ${inEmail(text)} OR ${contains(sql`description`, text)})`);
  if (type !== undefined) parts.push(sql`kind = ${type}`);
  if (timeZone !== undefined) parts.push(sql`coalesce(time_zone, '') = ${timeZone}`);
  return parts;
}

/** Names are compared without regard to accents; what has nothing but marks in it (« ´ ») is in none. */
function inName(text: string): Sql {
  const folded = foldText(text);
  return text !== '' && folded === '' ? sql`1 = 0` : contains(sql`name_key`, folded);
}

function inEmail(text: string): Sql {
  return contains(sql`email`, text.normalize('NFC'));
}

/** Case means nothing in ASCII, which is how databases compare without help. */
function contains(column: Sql, text: string): Sql {
  const pattern = `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
  return sql`coalesce(${column}, '') LIKE ${pattern} ESCAPE '\\'`;
}
