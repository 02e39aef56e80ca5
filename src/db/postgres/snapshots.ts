import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { runOn } from './session.ts';

type Run = (sql: string, parameters: readonly unknown[]) => Promise<QueryResult>;

/** What is read by somebody who does one thing. */
type Reading = { run: Run; renew(): void };

/** Reads beside transactions. */
export type Snapshots = {
  run: Run;
  /** What the task reads in a row is one state of the database. */
  reading<T>(task: () => Promise<T>): Promise<T>;
  /** All that the task reads goes this way. */
  through<T>(run: Run, task: () => Promise<T>): Promise<T>;
  /** What is read from now on sees what is committed now. */
  renew(): void;
};

/**
 * SQLite answers without a pause, so that whatever a request reads without waiting for anything else is read in one turn
 * of the event loop, and nobody writes in between. Here the same rows are read in a transaction of their own: it begins with
 * the first of them and ends when none follows in the turn in which the last one came. So nobody who waits for a disk or for
 * a slow client keeps a connection.
 */
export function openSnapshots(pool: Pool): Snapshots {
  const readings = new AsyncLocalStorage<Reading>();
  const plain: Run = (sql, parameters) => runOn(pool as unknown as PoolClient, sql, parameters);
  return {
    run: (sql, parameters) => (readings.getStore()?.run ?? plain)(sql, parameters),
    reading: (task) => readings.run(openReading(pool), task),
    through: (run, task) => readings.run({ run, renew: () => undefined }, task),
    renew: () => readings.getStore()?.renew(),
  };
}

type Snapshot = { readonly client: Promise<PoolClient>; underWay: number; isOver: boolean };

function openReading(pool: Pool): Reading {
  let current: Snapshot | null = null;

  async function begin(): Promise<PoolClient> {
    const client = await pool.connect();
    // Not waited for: what follows waits behind it, and fails if it did.
    client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY').catch(() => undefined);
    return client;
  }
  async function end(snapshot: Snapshot): Promise<void> {
    if (snapshot.isOver) return;
    snapshot.isOver = true;
    if (current === snapshot) current = null;
    const client = await snapshot.client.catch(() => null);
    await client?.query('COMMIT').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }

  return {
    async run(sql, parameters) {
      const snapshot = (current ??= { client: begin(), underWay: 0, isOver: false });
      snapshot.underWay += 1;
      try {
        return await runOn(await snapshot.client, sql, parameters);
      } finally {
        snapshot.underWay -= 1;
        if (snapshot.underWay === 0)
          if (current === snapshot) setImmediate(() => snapshot.underWay === 0 && void end(snapshot));
          else void end(snapshot);
      }
    },
    renew() {
      const old = current;
      current = null;
      if (old?.underWay === 0) void end(old);
    },
  };
}
