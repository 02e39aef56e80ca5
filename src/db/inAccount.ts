import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { spelled } from './dialect.ts';

/**
 * That a row is in this account, for a query that finds it by its id or its folder: where the rows of accounts lie apart, it is looked
 * for in one place (docs/scale.md). SQLite has one place, and is not led to an index of the account by it.
 */
export function inAccount(accountId: string, column = 'account_id'): RawBuilder<boolean> {
  return sql<boolean>`${spelled({ sqlite: sql`1 = 1`, postgres: sql`${sql.ref(column)} = ${accountId}` })}`;
}

/** The same for rows of several. */
export function inAccounts(accountIds: readonly string[], column: string): RawBuilder<boolean> {
  const list = sql`${sql.ref(column)} IN (${sql.join(accountIds)})`;
  return sql<boolean>`${spelled({ sqlite: sql`1 = 1`, postgres: list })}`;
}
