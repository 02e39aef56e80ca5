import type { World } from '../../context.ts';
import { indexWords } from './indexWords.ts';

/** So many cards wait before the others have had a quiet moment; who searches looks at each of them. */
const mostWaiting = 512;
/** Nothing has come for so long, in milliseconds. */
const quiet = 200;

/** The word index, updated in the background. */
export type Indexing = {
  /** Ends after the cards that are being indexed; those that wait are found all the same. */
  stop(): Promise<void>;
};

/**
 * Indexes cards that were still waiting when the process ended, and from then on new cards: many at once, or when it is
 * quiet.
 */
export function startIndexing(world: World, report: (error: unknown) => void): Indexing {
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  const { signal } = stopping;

  function work(): void {
    clearTimeout(timer);
    waiting = 0;
    working = working.then(() => (signal.aborted ? 0 : indexWords(world, signal))).catch(report);
  }
  const silence = world.hub.listen(({ changes }) => {
    const added = changes.filter(({ type, kind }) => type === 'ContactCard' && kind === 'created').length;
    if (added === 0) return;
    waiting += added;
    if (waiting >= mostWaiting) return work();
    clearTimeout(timer);
    timer = setTimeout(work, quiet).unref();
  });
  work();
  return {
    async stop() {
      stopping.abort();
      silence();
      clearTimeout(timer);
      await working;
    },
  };
}
