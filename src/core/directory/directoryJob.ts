import { AppError } from '../../errors.ts';
import type { World } from '../context.ts';
import type { Directory } from './directory.ts';
import { findClashes, readMirrorState } from './mirrorState.ts';
import { syncDirectory } from './syncDirectory.ts';

const longestWaitSeconds = 300;

/** How often, and who hears what an administrator should know. */
export type DirectoryJobOptions = { readonly everySeconds: number; warn(line: string): void };

/**
 * What keeps the mirror true, to be run again and again. A directory that does not answer is asked less and less often,
 * at least every five minutes; the first answer after that brings everything up to date.
 */
export function createDirectoryJob(
  world: World,
  directory: Directory,
  { everySeconds, warn }: DirectoryJobOptions,
): () => Promise<void> {
  let failures = 0;
  let notBefore = 0;
  let isFirst = true;
  const said = new Set<string>();
  const sayOnce = (line: string) => {
    if (!said.has(line)) warn(line);
    said.add(line);
    if (said.size > 1000) said.delete(said.values().next().value!);
  };

  return async () => {
    if (world.now().getTime() < notBefore) return;
    try {
      const { problems } = await syncDirectory(world, directory, { withSweep: isFirst });
      if (failures > 0) warn('The directory answers again');
      failures = 0;
      isFirst = false;
      problems.forEach(sayOnce);
      const { warning } = await readMirrorState(world.db);
      if (warning !== null) sayOnce(warning);
      for (const { name, holder, claimant } of await findClashes(world.db))
        sayOnce(`${name} is claimed by « ${holder} », who keeps it, and by « ${claimant} »`);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'unavailable') throw error;
      if (failures === 0) warn(`The directory does not answer: ${error.message}`);
      failures += 1;
      const wait = Math.min(everySeconds * 2 ** (failures - 1), Math.max(longestWaitSeconds, everySeconds));
      notBefore = world.now().getTime() + (wait - everySeconds / 2) * 1000;
    }
  };
}
