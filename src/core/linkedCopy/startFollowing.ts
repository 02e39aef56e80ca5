import type { World } from '../context.ts';
import { followOriginals } from './followOriginals.ts';

/** Linked copies at work. */
export type Following = {
  /** Stops, after the copy that is being written. */
  stop(): Promise<void>;
};

/** Follows originals soon after the commit that changed them, and what was left to do when the program ended. */
export function startFollowing(world: World, report: (error: unknown) => void): Following {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  const run = async () => {
    do {
      isAskedAgain = false;
      await followOriginals(world, report, stopping.signal).catch(report);
    } while (isAskedAgain && !stopping.signal.aborted);
    running = null;
  };
  const kick = () => {
    if (running) isAskedAgain = true;
    else running = run();
  };
  const silence = world.hub.listen((commit) => {
    if (commit.linksDue && !stopping.signal.aborted) kick();
  });
  kick();
  return {
    async stop() {
      stopping.abort();
      silence();
      await running;
    },
  };
}
