import { Worker } from 'node:worker_threads';
import type SqliteDatabase from 'better-sqlite3';

/** Copies SQLite's write-ahead log into the database file, so that the log can start again from the beginning. */
export type Checkpoints = {
  /** Something has been committed, and nothing is under way on the connection. */
  note(): void;
  close(): Promise<void>;
};

/** How long the log is, and how much of it is already in the file, in pages. */
export type Progress = { readonly log: number; readonly checkpointed: number };

/** To ask how long the log is costs more than most commits. */
const commitsBetween = 32;

/**
 * Most of the copying is done in a separate thread while others write; left to itself, SQLite would do it inside a
 * commit, for which everybody waits 50 ms. The log starts again once all of it is in the file: the little that has been
 * added in the meantime is copied here. If the thread fails (the disk is full, for example), it is started again after
 * more commits; nothing is lost.
 */
export function openCheckpoints(
  connection: SqliteDatabase.Database,
  { pages, isDurable }: { readonly pages: number; readonly isDurable: boolean },
): Checkpoints {
  const look = connection.prepare<[], Progress>('PRAGMA wal_checkpoint(NOOP)');
  const finish = connection.prepare<[], Progress>('PRAGMA wal_checkpoint(PASSIVE)');
  let commits = 0;
  let worker: Worker | null = null;
  let state: 'waiting' | 'copying' | 'copied' = 'waiting';

  function start(): Worker {
    const options = { workerData: { file: connection.name, isDurable }, execArgv: [], resourceLimits };
    const started = new Worker(new URL('./checkpointWorker.ts', import.meta.url), options);
    started.on('message', () => {
      state = 'copied';
    });
    const ended = () => {
      if (worker !== started) return;
      worker = null;
      state = 'waiting';
    };
    started.on('error', ended);
    started.on('exit', ended);
    // It keeps no program alive.
    started.unref();
    return started;
  }

  return {
    note() {
      if (state === 'copied') {
        finish.get();
        state = 'waiting';
      }
      if (state === 'copying' || ++commits < commitsBetween) return;
      commits = 0;
      if (look.get()!.log < pages) return;
      state = 'copying';
      worker ??= start();
      worker.postMessage(null);
    },
    async close() {
      await worker?.terminate();
    },
  };
}

/** It does little but call SQLite. */
const resourceLimits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 };
