import { AppError, notFound } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';
import { writeDirectoryCard } from '../listing/directoryCard.ts';
import { directoryChanged } from './directoryState.ts';
import { inDirectory } from './inDirectory.ts';
import { reclaimLogins, releaseLogins } from './logins.ts';

/**
 * Lets a person of the local directory in, or locks them out at once. Errors: `notFound`; `forbidden` (inDirectory);
 * `exists` if somebody else has taken the address in the meantime.
 */
export function setPersonActive(world: World, id: string, active: boolean): Promise<void> {
  return transact(world, async (tx) => {
    const find = tx.build.selectFrom('principal').selectAll().where('id', '=', id).where('kind', '=', 'individual');
    const person = await tx.first(find);
    if (!person) throw notFound('person');
    if (person.source !== 'local') throw inDirectory();
    const kind = active ? 'person.letIn' : 'person.keptOut';
    if (person.is_active !== Number(active)) await audit(tx, world, { kind, object: { type: 'Principal', id } });
    if (!active) return keepOut(tx, id);
    await tx.run(tx.build.updateTable('principal').set({ is_active: 1 }).where('id', '=', id));
    const taken = await reclaimLogins(tx, id);
    if (person.is_active === 0 && taken.length > 0)
      throw new AppError('exists', `Somebody else has the address ${taken[0]} now`, { properties: ['email'] });
    await writeDirectoryCard(tx, id);
    await directoryChanged(tx, id);
    tx.regrouped([id]);
  });
}

/** Locks a person out: their sessions end, nobody finds them in the directory, and their addresses become free. */
export async function keepOut(tx: Transaction, id: string): Promise<void> {
  await tx.run(tx.build.updateTable('principal').set({ is_active: 0 }).where('id', '=', id));
  await releaseLogins(tx, id);
  await tx.run(tx.build.deleteFrom('session').where('principal_id', '=', id));
  await writeDirectoryCard(tx, id);
  await directoryChanged(tx, id);
  // Their open windows look again at what they may see.
  tx.regrouped([id]);
}
