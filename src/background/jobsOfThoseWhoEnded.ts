import { indexWords } from '../core/card/words/indexWords.ts';
import type { World } from '../core/context.ts';
import { followOriginals } from '../core/linkedCopy/followOriginals.ts';
import type { Job } from '../lib/jobs.ts';

/** What follows from a commit the program does that made it; where that one has ended before, it is found by these. */
export function jobsOfThoseWhoEnded(world: World, report: (error: unknown) => void): readonly Job[] {
  return [
    { name: 'follow originals', everySeconds: 15, run: () => followOriginals(world, report) },
    { name: 'index words', everySeconds: 15, run: () => indexWords(world) },
  ];
}
