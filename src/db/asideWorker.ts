import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import type { Asked } from './aside.ts';

// A connection that only reads, in a thread of its own: what `aside` asks is answered one after the other.
const { file } = workerData as { readonly file: string };
const connection = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
connection.pragma('busy_timeout = 5000');
connection.pragma('cache_size = -16384');
connection.pragma('temp_store = MEMORY');

parentPort!.on('message', ({ number, sql, parameters }: Asked) => {
  try {
    const row = connection.prepare<unknown[]>(sql).get(...parameters);
    parentPort!.postMessage({ number, row });
  } catch (error) {
    parentPort!.postMessage({ number, error: String(error) });
  }
});
