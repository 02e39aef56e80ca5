import { Worker } from 'node:worker_threads';
import type { ReadCard } from './readCard.ts';

/** A card as a client sends it; `strict`: what would have to be made whole is refused. */
export type SentCard = { readonly vcard: string; readonly strict: boolean };
/** What was read of the card of this number; `read` is absent if it is none that can be kept. */
export type Answer = { readonly number: number; readonly read?: ReadCard };

/** Reads cards in another thread, while this one writes others. */
export type CardReader = {
  /**
   * Writes a card. While others write theirs, `write` is told what this one says; otherwise it reads it by itself, which
   * takes less time than a message there and back.
   */
  ahead<T>(card: SentCard, write: (read: ReadCard | undefined) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const ownProgram = new URL('./cardReaderWorker.ts', import.meta.url);

type Thread = { readonly worker: Worker; isReady: boolean };

/** Characters. The thread reads one card after the other: nobody's waits for a very long one of somebody else. */
const longestSent = 64_000;
/** Milliseconds. Programs that hear of the same commit come again at the same time, one of them first. */
const recently = 20;
/** After so many milliseconds without work the thread ends, and gives back its memory. Not sooner: V8 optimises the code of a new one anew. */
const longestRest = 60_000;
/** By itself V8 lets more than 200 MB wait to be collected. A card that needs more is read where it is written. */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

type Reading = {
  /** Is told why the thread failed. */
  readonly report: (error: unknown) => void;
  readonly rest?: number;
  /** What runs in the thread. */
  readonly program?: URL;
};

/**
 * The thread is started when several people or devices write at the same time. It keeps no process alive. When it fails, it is left
 * alone for as long as it would have rested.
 */
export function openCardReader({ report, rest = longestRest, program = ownProgram }: Reading): CardReader {
  const waiting = new Map<number, (read?: ReadCard) => void>();
  const leave = setTimeout(() => void thread?.worker.terminate(), rest).unref();
  let thread: Thread | null = null;
  let underWay = 0;
  let sharedAt = -Infinity;
  let failedAt = -Infinity;
  let asked = 0;

  function start(): Thread {
    const worker = new Worker(program, { execArgv: [], resourceLimits });
    const started: Thread = { worker, isReady: false };
    worker.unref();
    worker.once('message', () => {
      started.isReady = true;
      worker.on('message', ({ number, read }: Answer) => {
        waiting.get(number)?.(read);
        waiting.delete(number);
      });
    });
    // Whoever waits when it ends reads their card by themselves.
    const ended = () => {
      if (thread !== started) return;
      thread = null;
      for (const answer of waiting.values()) answer();
      waiting.clear();
    };
    worker.on('error', (error) => {
      failedAt = performance.now();
      report(error);
      ended();
    });
    worker.on('exit', ended);
    return started;
  }

  function read(card: SentCard): Promise<ReadCard | undefined> | undefined {
    leave.refresh();
    if (!thread && performance.now() - failedAt < rest) return undefined;
    thread ??= start();
    if (!thread.isReady) return undefined;
    const { promise, resolve } = Promise.withResolvers<ReadCard | undefined>();
    const number = ++asked;
    waiting.set(number, resolve);
    thread.worker.postMessage({ number, ...card });
    return promise;
  }

  return {
    async ahead(card, write) {
      underWay += 1;
      try {
        const now = performance.now();
        if (underWay > 1) sharedAt = now;
        const isShared = now - sharedAt < recently;
        return await write(isShared && card.vcard.length <= longestSent ? await read(card) : undefined);
      } finally {
        underWay -= 1;
      }
    },
    async close() {
      clearTimeout(leave);
      await thread?.worker.terminate();
    },
  };
}
