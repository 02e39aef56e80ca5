import { audit } from '../audit/audit.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';

/** Forgets a guest with whom nothing is shared any more: the name, the password, the sessions. */
export async function endGuest(tx: Transaction, world: World, guestId: string): Promise<void> {
  const { build } = tx;
  await audit(tx, world, { kind: 'guest.forgotten', object: { type: 'Principal', id: guestId } });
  // Their open windows find that there is nobody.
  tx.regrouped([guestId]);
  await tx.run(build.deleteFrom('change').where('account_id', '=', guestId));
  await tx.run(build.deleteFrom('account').where('id', '=', guestId));
  await tx.run(build.deleteFrom('principal').where('id', '=', guestId).where('is_guest', '=', 1));
}
