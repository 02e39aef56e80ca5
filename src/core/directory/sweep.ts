import type { World } from '../context.ts';
import { parts } from '../principal/setGroupMembers.ts';
import { applyEntries, removeEntries } from './applyEntries.ts';
import type { Checked } from './checkInUse.ts';
import type { Directory } from './directory.ts';
import { doubt, isDoubtful } from './losses.ts';
import type { LossRule } from './losses.ts';

/**
 * Compares all permanent ids. Entries that are gone are looked up once more by id, and then lose access; entries that
 * the mirror lacks, or had given up, are read. If too many are missing, none of it is believed.
 */
export async function sweep(world: World, directory: Directory, rule: LossRule = {}): Promise<Checked> {
  const { db } = world;
  const there = new Set<string>();
  for await (const page of directory.allIds()) for (const externalId of page) there.add(externalId);
  const rows = await db.all(
    db.build
      .selectFrom('principal')
      .select(['id', 'external_id', 'is_active', 'digest'])
      .where('source', '=', 'directory'),
  );
  // Written off, or never written to the end.
  const isSettled = (row: { is_active: number; digest: string | null }) => row.digest !== null;
  const settled = new Set(rows.filter(isSettled).map((row) => row.external_id));
  const applied = await read(
    world,
    directory,
    [...there].filter((externalId) => !settled.has(externalId)),
  );
  const active = rows.filter((row) => row.is_active === 1);
  const missing = active.filter((row) => !there.has(row.external_id!));
  if (isDoubtful(missing.length, active.length, rule))
    return { ...applied, removed: 0, warning: doubt(missing.length, active.length) };
  // Moved from one page to another while they were read, or really gone.
  const found = await read(
    world,
    directory,
    missing.map((row) => row.external_id!),
  );
  const gone = missing.filter((row) => !found.ids.has(row.external_id!));
  await removeEntries(
    world,
    gone.map((row) => row.id),
  );
  return {
    written: applied.written + found.written,
    problems: [...applied.problems, ...found.problems],
    removed: gone.length,
    warning: null,
  };
}

async function read(
  world: World,
  directory: Directory,
  externalIds: readonly string[],
): Promise<{ written: number; problems: string[]; ids: Set<string> }> {
  const ids = new Set<string>();
  const problems: string[] = [];
  let written = 0;
  for (const some of parts(externalIds)) {
    const entries = await directory.lookUp(some);
    for (const entry of entries) ids.add(entry.externalId);
    const applied = await applyEntries(world, entries);
    written += applied.written;
    problems.push(...applied.problems);
  }
  return { written, problems, ids };
}
