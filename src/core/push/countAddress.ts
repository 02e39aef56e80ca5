import type { Writer } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { countedLife } from './liveSubscriptions.ts';

/** So many addresses a person may have told, by each way of pushing. */
export const mostAddresses = 32;
const mostPerHour = 20;

/**
 * Counts an address that this person names now, by whichever way of pushing: each makes the server call a stranger.
 * Errors: `tooManyAttempts`.
 */
export async function countAddress(tx: Writer, context: Context): Promise<void> {
  const { principalId } = context.actor;
  const now = context.now();
  const since = new Date(now.getTime() - countedLife).toISOString();
  const lately = tx.build.selectFrom('push_creation').select('created_at').where('principal_id', '=', principalId);
  if ((await tx.all(lately.where('created_at', '>', since))).length >= mostPerHour)
    throw new AppError('tooManyAttempts', `At most ${mostPerHour} push subscriptions in an hour`);
  const row = { principal_id: principalId, created_at: now.toISOString() };
  await tx.run(tx.build.insertInto('push_creation').values(row));
}
