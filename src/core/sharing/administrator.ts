import type { Reader } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';

/**
 * Whether the person administers this server. Never true with an app password, so that a password stored in a program
 * does not open the pages of administrators.
 */
export async function isAdministrator(reader: Reader, { actor }: Context): Promise<boolean> {
  if (actor.appPasswordId !== undefined || actor.scope !== undefined) return false;
  const found = reader.build
    .selectFrom('principal')
    .select('id')
    .where('id', '=', actor.principalId)
    .where('is_administrator', '=', 1)
    .where('is_active', '=', 1);
  return (await reader.first(found)) !== undefined;
}

/**
 * Throws `forbidden` unless the person is an administrator; called inside the transaction of each administrative
 * operation.
 */
export async function requireAdministrator(reader: Reader, context: Context): Promise<void> {
  if (await isAdministrator(reader, context)) return;
  throw new AppError('forbidden', 'This is for administrators', { reason: 'notAdministrator' });
}
