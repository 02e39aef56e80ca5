import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { isWhole } from '../scope.ts';

/**
 * A condition for the principals that a person may find: those who are listed, and themselves. Guests, and app
 * passwords for one folder, find only themselves. For tables of principals, by their alias in the statement.
 */
export function findableBy(actor: Actor, table = 'principal'): RawBuilder<unknown> {
  const [id, isActive, isListed] = ['id', 'is_active', 'is_listed'].map((column) => sql.ref(`${table}.${column}`));
  if (actor.isGuest || !isWhole(actor)) return sql`${isActive} = 1 AND ${id} = ${actor.principalId}`;
  return sql`${isActive} = 1 AND (${isListed} = 1 OR ${id} = ${actor.principalId})`;
}
