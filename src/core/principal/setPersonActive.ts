import { notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { directoryChanged } from './directoryState.ts';

/** Lets somebody in, or keeps them out from this moment on: sessions end, and nobody finds them in the directory. */
export function setPersonActive(world: World, id: string, active: boolean): Promise<void> {
  return transact(world, async (tx) => {
    const update = tx.build.updateTable('principal').set({ is_active: Number(active) });
    const changed = await tx.run(update.where('id', '=', id).where('kind', '=', 'individual'));
    if (changed === 0) throw notFound('person');
    await directoryChanged(tx);
    if (!active) await tx.run(tx.build.deleteFrom('session').where('principal_id', '=', id));
    // Their open windows look again at what they may see.
    tx.regrouped([id]);
  });
}
