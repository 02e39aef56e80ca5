import { AppError } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import { requireUnlimited } from '../scope.ts';

/**
 * Forgets what a card was and who changed it, for ever; the card itself stays as it is. Only the owner of the account may.
 * Returns how many versions went. Errors: `forbidden`.
 */
export function eraseHistory(context: Context, accountId: string, cardId: string): Promise<number> {
  requireUnlimited(context);
  if (accountId !== context.actor.principalId)
    throw new AppError('forbidden', 'Only the owner erases what their cards were');
  return eraseVersions(context, cardId, accountId);
}

/** The same for an administrator, in whatever account. */
export function eraseVersions(world: World, cardId: string, accountId?: string): Promise<number> {
  return transact(world, async (tx) => {
    const versions = tx.build.deleteFrom('card_version').where('card_id', '=', cardId);
    const erased = await tx.run(accountId === undefined ? versions : versions.where('account_id', '=', accountId));
    const object = { type: 'ContactCard', id: cardId } as const;
    if (erased > 0) await audit(tx, world, { kind: 'history.erased', object, details: { versions: erased } });
    return erased;
  });
}
