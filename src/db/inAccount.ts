import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { spelled } from './dialect.ts';

/**
 * Restricts to one account a query that already finds its row by card or folder id. Where the rows of accounts are
 * stored apart (docs/scale.md), that lets PostgreSQL look in one place. For SQLite it is no condition at all, so as not
 * to lead it to an index on the account.
 */
export function inAccount(accountId: string, column = 'account_id'): RawBuilder<boolean> {
  return sql<boolean>`${spelled({ sqlite: sql`1 = 1`, postgres: sql`${sql.ref(column)} = ${accountId}` })}`;
}

/** The same for rows of several accounts. */
export function inAccounts(accountIds: readonly string[], column: string): RawBuilder<boolean> {
  const list = sql`${sql.ref(column)} IN (${sql.join(accountIds)})`;
  return sql<boolean>`${spelled({ sqlite: sql`1 = 1`, postgres: list })}`;
}
