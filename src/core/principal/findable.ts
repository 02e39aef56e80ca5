import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Actor } from '../context.ts';
import { isWhole } from '../scope.ts';

/**
 * Whom a person may find: those who are listed, and themselves; guests, and programs that are given one folder,
 * nobody but themselves. For tables of principals.
 */
export function findableBy(actor: Actor): RawBuilder<unknown> {
  if (actor.isGuest || !isWhole(actor)) return sql`is_active = 1 AND id = ${actor.principalId}`;
  return sql`is_active = 1 AND (is_listed = 1 OR id = ${actor.principalId})`;
}
