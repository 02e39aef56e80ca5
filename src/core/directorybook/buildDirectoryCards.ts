import { createBreath } from '../../lib/breath.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { writeBranches, writeDirectoryCard } from '../listing/directoryCard.ts';
import { readSetting, writeSetting } from '../settings.ts';

// Moves when what is indexed of people and groups changes: all of them are written once more then.
const version = 1;
const atOnce = 100;

type Progress = { readonly version: number; readonly after: string | null };

/** Keeps which branches of the directory are shown; with another choice than before everybody is looked at again. */
export function chooseBranches(world: World, branches: readonly string[]): Promise<void> {
  return world.db.transaction(async (tx) => {
    if (await writeBranches(tx, branches))
      await writeSetting(tx, 'directoryCards', JSON.stringify({ version, after: '' }));
  });
}

/** So many in one run of the job: a program that is to end does not wait for all of a large directory. */
const mostBatches = 10;

/**
 * Writes what « Annuaire » finds people by, for those of whom it was not written yet, a part at each call; goes on where
 * it was interrupted.
 */
export async function buildDirectoryCards(world: World): Promise<void> {
  const kept = await readSetting(world.db, 'directoryCards');
  const known = kept === undefined ? null : (JSON.parse(kept) as Progress);
  if (known?.version === version && known.after === null) return;
  const breathe = createBreath(1);
  for (let batch = 0; batch < mostBatches && (await buildSome(world)); batch += 1) await breathe();
}

function buildSome(world: World): Promise<boolean> {
  return transact(world, async (tx) => {
    const { build } = tx;
    const kept = await readSetting(tx, 'directoryCards');
    const known = kept === undefined ? null : (JSON.parse(kept) as Progress);
    const after = known?.version === version ? known.after : '';
    if (after === null) return false;
    const rows = await tx.all(
      build.selectFrom('principal').select('id').where('id', '>', after).orderBy('id').limit(atOnce),
    );
    for (const { id } of rows) await writeDirectoryCard(tx, id);
    const last = rows.length < atOnce ? null : rows.at(-1)!.id;
    await writeSetting(tx, 'directoryCards', JSON.stringify({ version, after: last }));
    return last !== null;
  });
}
