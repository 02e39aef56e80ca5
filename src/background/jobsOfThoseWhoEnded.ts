import { indexWords } from '../core/card/words/indexWords.ts';
import type { World } from '../core/context.ts';
import { followOriginals } from '../core/linkedCopy/followOriginals.ts';
import type { Job } from '../lib/jobs.ts';

/**
 * What follows from a commit is done by the node that made it; these jobs find what a node left undone when it stopped
 * or was killed.
 */
export function jobsOfThoseWhoEnded(world: World, report: (error: unknown) => void): readonly Job[] {
  return [
    { name: 'follow originals', everySeconds: 15, run: () => followOriginals(world, report) },
    { name: 'index words', everySeconds: 15, run: () => indexWords(world) },
  ];
}
