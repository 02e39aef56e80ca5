import { statement } from '../../db/statement.ts';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { listQuotas } from './quotas.ts';

/** Room for cards in the person's own account, in octets. */
export type CardStorage = { readonly used: number; readonly available: number };

const sizeOf = statement((build, value: { accountId: string }) =>
  sql<{ used: number | null }>`
    SELECT sum(size) AS used FROM card WHERE account_id = ${value.accountId} AND trash_id IS NULL`.compile(build),
);

/**
 * The contact quota expressed in bytes, for clients that expect that: what the contacts take, and the most that as many
 * as there is room for may take. `available` is zero exactly if no contact can be added.
 */
export async function cardStorage(context: Context): Promise<CardStorage> {
  requireWhole(context);
  const { db, actor, settings } = context;
  const [cards] = (await listQuotas(context)).filter(({ id }) => id === 'cards');
  const { used } = (await db.first(sizeOf(db, { accountId: actor.principalId })))!;
  const room = Math.max(0, cards!.hardLimit - cards!.used);
  return { used: used ?? 0, available: room * settings.maxCardSize };
}
