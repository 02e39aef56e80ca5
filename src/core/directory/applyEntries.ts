import { createBreath } from '../../lib/breath.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { parts } from '../principal/setGroupMembers.ts';
import { cleanEntry } from './cleanEntry.ts';
import type { CleanEntry } from './cleanEntry.ts';
import type { DirectoryEntry } from './directory.ts';
import { setMembers } from './membership.ts';
import { writeEntry, writeGone } from './writeEntry.ts';

/** What came of applying entries. */
export type Applied = {
  /** How many were written; the others were unchanged. */
  readonly written: number;
  /** Sentences about entries that could not be written; the others were. */
  readonly problems: readonly string[];
};

/**
 * Makes the mirror say of these entries what the directory says, a bounded part in each transaction. What has not
 * changed is not written. An entry that cannot be written (it was a person and is a group) stops no other.
 */
export async function applyEntries(world: World, entries: readonly DirectoryEntry[]): Promise<Applied> {
  let written = 0;
  const problems: string[] = [];
  const breathe = createBreath(1);
  for (const some of parts(entries, entriesAtOnce)) {
    await breathe();
    const changed = await changedAmong(world, some.map(cleanEntry));
    if (changed.length === 0) continue;
    const done = await transact(world, async (tx) => {
      const ids = new Map<CleanEntry, string>();
      const failed: string[] = [];
      for (const entry of changed) {
        try {
          ids.set(entry, await tx.joined((inner) => writeEntry(inner, entry, world.now())));
        } catch (error) {
          failed.push(`${entry.name}: ${(error as Error).message}`);
        }
      }
      return { ids, failed };
    });
    problems.push(...done.failed);
    for (const [entry, id] of done.ids) if (entry.kind === 'group') await applyMembers(world, id, entry);
    written += done.ids.size;
  }
  return { written, problems };
}

// A transaction holds the one writer: others have their turn after so many.
const entriesAtOnce = 50;

/** These people and groups are gone from the directory. They come back as themselves when it has them again. */
export async function removeEntries(world: World, ids: readonly string[]): Promise<void> {
  const breathe = createBreath(1);
  for (const some of parts(ids, entriesAtOnce)) {
    await breathe();
    await transact(world, async (tx) => {
      for (const id of some) await writeGone(tx, id, world.now());
    });
    // A group without members gives nobody anything.
    for (const id of some) while (!(await transact(world, (tx) => setMembers(tx, id, []))));
  }
}

async function applyMembers(world: World, id: string, entry: CleanEntry): Promise<void> {
  const breathe = createBreath(1);
  for (;;) {
    await breathe();
    const isDone = await transact(world, async (tx) => {
      if (!(await setMembers(tx, id, entry.isActive ? entry.members : []))) return false;
      await tx.run(tx.build.updateTable('principal').set({ digest: entry.digest }).where('id', '=', id));
      return true;
    });
    if (isDone) return;
  }
}

async function changedAmong({ db }: World, entries: readonly CleanEntry[]): Promise<CleanEntry[]> {
  const ids = entries.map((entry) => entry.externalId);
  const known = await db.all(
    db.build
      .selectFrom('principal')
      .select(['external_id', 'digest'])
      .where('source', '=', 'directory')
      .where('external_id', 'in', ids),
  );
  const digests = new Map(known.map((row) => [row.external_id, row.digest]));
  return entries.filter((entry) => digests.get(entry.externalId) !== entry.digest);
}
