import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { ask, beginMilliseconds, beginOn } from './beginOn.ts';
import { isAway, isOfOtherTables, unavailable } from './failures.ts';
import type { Outage } from './outage.ts';
import { askLife, lifeIn } from './life.ts';
import type { Life } from './life.ts';
import { runOn } from './session.ts';

type Run = (sql: string, parameters: readonly unknown[]) => Promise<QueryResult>;

/** What is read by somebody who does one thing. */
type Reading = { run: Run; renew(): void };

/** Consistent reads outside of transactions. */
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
 * SQLite answers synchronously, so whatever a request reads without waiting for anything else is read in one turn of
 * the event loop, in which nobody can write. On PostgreSQL the same reads run in a transaction of their own: it begins
 * with the first of them, and ends when no other follows in the turn in which the last one was answered. So nobody who
 * waits for a disk or a slow client holds a connection.
 */
export function openSnapshots(pool: Pool, outage: Outage, life: Pick<Life, 'refuse'> | undefined): Snapshots {
  const readings = new AsyncLocalStorage<Reading>();
  const alone: Run = (sql, parameters) => openReading({ pool, outage, life }).run(sql, parameters);
  return {
    run: (sql, parameters) => (readings.getStore()?.run ?? alone)(sql, parameters),
    reading: (task) => readings.run(openReading({ pool, outage, life }), task),
    through: (run, task) => readings.run({ run, renew: () => undefined }, task),
    renew: () => readings.getStore()?.renew(),
  };
}

type Snapshot = {
  readonly client: Promise<PoolClient>;
  readonly begun: Promise<void>;
  underWay: number;
  isOver: boolean;
  /** Something has been read in it: what follows belongs to the same state, and cannot be read anew. */
  hasTold: boolean;
  broken: Error | undefined;
};

type From = { readonly pool: Pool; readonly outage: Outage; readonly life: Pick<Life, 'refuse'> | undefined };

function begin(pool: Pool, life: From['life']): Snapshot {
  const client = pool.connect();
  const begun = client.then(async (it) => {
    const told = await beginOn(it, `SET TRANSACTION READ ONLY${life ? `; ${askLife}` : ''}`);
    life?.refuse(lifeIn(told));
  });
  // Not waited for here: what follows goes out behind it, and whoever asked hears of it with the answer.
  begun.catch(() => undefined);
  return { client, begun, underWay: 0, isOver: false, hasTold: false, broken: undefined };
}

async function end(snapshot: Snapshot): Promise<void> {
  if (snapshot.isOver) return;
  snapshot.isOver = true;
  const client = await snapshot.client.catch(() => null);
  if (client && !snapshot.broken)
    await ask(client, 'COMMIT', beginMilliseconds).catch((error: Error) => {
      snapshot.broken = error;
    });
  client?.release(snapshot.broken);
}

function openReading({ pool, outage, life }: From): Reading {
  let current: Snapshot | null = null;

  function endWhenQuiet(snapshot: Snapshot): void {
    if (snapshot.underWay > 0) return;
    if (current === snapshot) current = null;
    void end(snapshot);
  }
  async function readIn(snapshot: Snapshot, ...[sql, parameters]: Parameters<Run>): Promise<QueryResult> {
    snapshot.underWay += 1;
    try {
      const client = await snapshot.client;
      const [result] = await Promise.all([runOn(client, sql, parameters), snapshot.begun]);
      snapshot.hasTold = true;
      return result;
    } catch (error) {
      if (!isAway(error) && !isOfOtherTables(error)) throw error;
      snapshot.broken = error as Error;
      if (current === snapshot) current = null;
      throw error;
    } finally {
      snapshot.underWay -= 1;
      if (current !== snapshot) endWhenQuiet(snapshot);
      else if (snapshot.underWay === 0) setImmediate(() => endWhenQuiet(snapshot));
    }
  }

  return {
    async run(sql, parameters) {
      for (;;) {
        const snapshot = (current ??= begin(pool, life));
        try {
          const result = await readIn(snapshot, sql, parameters);
          outage.over();
          return result;
        } catch (error) {
          if (isOfOtherTables(error) && !snapshot.hasTold) continue;
          if (!isAway(error) && !isOfOtherTables(error)) throw error;
          if (snapshot.hasTold || !(await outage.outlast(error))) throw unavailable();
        }
      }
    },
    renew() {
      const old = current;
      current = null;
      if (old) endWhenQuiet(old);
    },
  };
}
