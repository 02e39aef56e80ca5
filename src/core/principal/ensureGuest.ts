import type { Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import { emailKey } from './emailKey.ts';
import { insertPrincipal } from './insertPrincipal.ts';

/**
 * The guest with this address, made when there is none yet: until they have come they are called by it. Nobody inside
 * may have it. Errors: `forbidden` (guestKeptOut) for one whom an administrator keeps out.
 */
export async function ensureGuest(tx: Writer, email: string, now: Date): Promise<PrincipalRow> {
  const known = await tx.first(
    tx.build
      .selectFrom('principal')
      .innerJoin('principal_login', 'principal_login.principal_id', 'principal.id')
      .selectAll('principal')
      .where('login_key', '=', emailKey(email))
      .where('is_address', '=', 1)
      .where('is_guest', '=', 1)
      .orderBy('is_active', 'desc'),
  );
  if (known?.is_active === 0)
    throw new AppError('forbidden', 'An administrator keeps this guest out', { reason: 'guestKeptOut' });
  return known ?? insertPrincipal(tx, now, 'individual', { name: email, email, isGuest: true });
}
