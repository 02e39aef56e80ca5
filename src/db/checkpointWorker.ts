import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import type { Progress } from './checkpoints.ts';

// A connection that neither reads nor writes anything but what others have committed, in a thread of its own.
const { file, isDurable } = workerData as { readonly file: string; readonly isDurable: boolean };
const connection = new SqliteDatabase(file, { fileMustExist: true });
// The log is flushed before the file is written, and the file before the log begins anew.
connection.pragma(`synchronous = ${isDurable ? 'NORMAL' : 'OFF'}`);
connection.pragma('cache_size = -256');
const copy = connection.prepare<[], Progress>('PRAGMA wal_checkpoint(PASSIVE)');

/** Others write meanwhile: each round has less to copy than the one before it. */
const mostRounds = 4;

parentPort!.on('message', () => {
  let seen = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { log } = copy.get()!;
    if (log - seen < 500) break;
    seen = log;
  }
  parentPort!.postMessage(null);
});
