import { AppError } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import type { World } from '../context.ts';
import type { Directory } from './directory.ts';
import { findClashes, readMirrorState, writeMirrorState } from './mirrorState.ts';
import type { MirrorState } from './mirrorState.ts';
import { syncDirectory } from './syncDirectory.ts';

const longestWaitSeconds = 300;

/** How often, and who hears what an administrator should know. */
export type DirectoryJobOptions = { readonly everySeconds: number; warn(line: string): void };

/** So often the job looks whether there is something to do: an administrator who asks does not wait for long. */
export const lookSeconds = 2;

/** An administrator asks the server that keeps the mirror to read all of the directory now. */
export function requestSync(world: World, { acceptLosses }: { readonly acceptLosses: boolean }): Promise<void> {
  return world.db.transaction(async (tx) => {
    await writeMirrorState(tx, { request: acceptLosses ? 'acceptLosses' : 'sync' });
    await audit(tx, world, { kind: 'directory.requested', details: { acceptLosses } });
  });
}

/**
 * What keeps the mirror true, to be run every `lookSeconds`. A directory that does not answer is asked less and less
 * often, at least every five minutes; the first answer after that brings everything up to date.
 */
export function createDirectoryJob(
  world: World,
  directory: Directory,
  { everySeconds, warn }: DirectoryJobOptions,
): () => Promise<void> {
  let failures = 0;
  let nextAt = 0;
  let isFirst = true;
  const sayOnce = createCrier(warn);

  async function sync(request: MirrorState['request']): Promise<void> {
    const acceptLosses = request === 'acceptLosses';
    const { problems } = await syncDirectory(world, directory, {
      withSweep: isFirst || request !== null,
      acceptLosses,
    });
    if (failures > 0) warn('The directory answers again');
    failures = 0;
    isFirst = false;
    problems.forEach(sayOnce);
    const { warning } = await readMirrorState(world.db);
    if (warning !== null) sayOnce(warning);
    for (const { name, holder, claimant } of await findClashes(world.db))
      sayOnce(`${name} is claimed by « ${holder} », who keeps it, and by « ${claimant} »`);
  }

  return async () => {
    const { request } = await readMirrorState(world.db);
    const started = world.now().getTime();
    if (started < nextAt && request === null) return;
    nextAt = started + everySeconds * 1000;
    try {
      await sync(request);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'unavailable') throw error;
      if (failures === 0) warn(`The directory does not answer: ${error.message}`);
      failures += 1;
      const wait = Math.min(everySeconds * 2 ** (failures - 1), Math.max(longestWaitSeconds, everySeconds));
      nextAt = started + wait * 1000;
    } finally {
      if (request !== null) await world.db.transaction((tx) => writeMirrorState(tx, { request: null }));
    }
  };
}

const mostLines = 1000;

/** What stays true is said once. */
function createCrier(warn: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (said.has(line)) return;
    warn(line);
    said.add(line);
    if (said.size > mostLines) said.delete(said.values().next().value!);
  };
}
