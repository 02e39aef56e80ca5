import { AppError } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import type { World } from '../context.ts';
import { applyEntries } from './applyEntries.ts';
import { checkInUse } from './checkInUse.ts';
import type { Checked } from './checkInUse.ts';
import type { Directory } from './directory.ts';
import type { LossRule } from './losses.ts';
import { readMirrorState, writeMirrorState } from './mirrorState.ts';
import type { MirrorState } from './mirrorState.ts';
import { sweep } from './sweep.ts';

const hour = 3_600_000;

/** How thoroughly to synchronise. */
export type SyncOptions = LossRule & {
  /** Looks for entries that went away also when that was done within the hour. */
  readonly withSweep?: boolean;
};

/** The result of a synchronisation. */
export type Synced = { readonly written: number; readonly removed: number; readonly problems: readonly string[] };

/**
 * Synchronises the mirror with the directory: what changed since last time, the people and groups in use, and now and
 * then all ids. The mark only advances when everything has been written, so that after a crash work is repeated, never
 * skipped. Throws `unavailable`.
 */
export async function syncDirectory(world: World, directory: Directory, options: SyncOptions = {}): Promise<Synced> {
  const started = world.now().toISOString();
  try {
    const state = await readMirrorState(world.db);
    const changed = await readChanges(world, directory, state.mark);
    const used = await checkInUse(world, directory, options);
    const isDue = options.withSweep || state.sweptAt === null || isOld(state.sweptAt, world.now());
    const swept = isDue ? await sweep(world, directory, options) : null;
    const warning = swept ? (swept.warning ?? used.warning) : (used.warning ?? state.warning);
    const news = { mark: changed.mark, syncedAt: started, downSince: null, error: null, warning };
    const synced = sum([changed, used, ...(swept ? [swept] : [])]);
    await keep(world, swept ? { ...news, sweptAt: started } : news, synced);
    return synced;
  } catch (error) {
    const { downSince } = await readMirrorState(world.db);
    const isDown = error instanceof AppError && error.kind === 'unavailable';
    const news = { error: (error as Error).message.slice(0, 500) };
    await keep(world, isDown ? { ...news, downSince: downSince ?? started } : news);
    throw error;
  }
}

async function readChanges(
  world: World,
  directory: Directory,
  since: string | null,
): Promise<{ mark: string | null; written: number; problems: string[] }> {
  let mark = since;
  let written = 0;
  const problems: string[] = [];
  for await (const page of directory.changesSince(since)) {
    const applied = await applyEntries(world, page.entries);
    written += applied.written;
    problems.push(...applied.problems);
    mark = page.mark;
  }
  return { mark, written, problems };
}

function keep(world: World, change: Partial<MirrorState>, synced?: Synced): Promise<void> {
  return world.db.transaction(async (tx) => {
    await writeMirrorState(tx, change);
    const { written = 0, removed = 0, problems = [] } = synced ?? {};
    // Every few seconds nothing has changed.
    if (written + removed === 0) return;
    const details = { written, removed, problems: problems.length };
    await audit(tx, { ...world, way: 'system' }, { kind: 'directory.synced', details });
  });
}

function isOld(time: string, now: Date): boolean {
  return Date.parse(time) <= now.getTime() - hour;
}

function sum(parts: readonly (Pick<Checked, 'written' | 'problems'> & { readonly removed?: number })[]): Synced {
  return {
    written: parts.reduce((total, part) => total + part.written, 0),
    removed: parts.reduce((total, part) => total + (part.removed ?? 0), 0),
    problems: parts.flatMap((part) => part.problems),
  };
}
