import { Pool } from 'pg';
import type { ClientBase, PoolClient } from 'pg';
import type { CompiledQuery, Kysely } from 'kysely';
import { AppError } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { silentLog } from '../../lib/log.ts';
import type { Log } from '../../lib/log.ts';
import { Mutex } from '../../lib/mutex.ts';
import { TransactionUndone } from '../../lib/database/transactionUndone.ts';
import type { Database, Query, Writer } from '../database.ts';
import { postgresBuilder } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import type { Target } from '../target.ts';
import { isAway, unavailable } from './failures.ts';
import { watchLife } from './life.ts';
import type { Life } from './life.ts';
import { migratePostgres } from './migratePostgres.ts';
import { noteKeeping } from './named.ts';
import { openNews } from './news.ts';
import type { News } from './news.ts';
import { watchOutage } from './outage.ts';
import { compiled, openReader, openWriter } from './port.ts';
import { openSession, runOn } from './session.ts';
import type { Session } from './session.ts';
import { openSnapshots } from './snapshots.ts';
import { valueTypes } from './values.ts';

/** So many transactions, and so many reads beside them, are under way at once. */
const [writers, readers] = [4, 8];
/** So many times a transaction is tried; the last time while there is no other, so that it succeeds. */
const mostAttempts = 4;
const connectMilliseconds = 5_000;

/**
 * Opens a database of PostgreSQL and brings its schema up to date; several programs may use one. When it goes away afterwards,
 * what had not come to its commit is done anew with who takes over; after some seconds it fails (`unavailable`) until it is back.
 * `target`: it is to be filled. `listen`: the same database at an address that keeps one connection, where the other does not.
 */
export async function openPostgres(
  place: string | { readonly url: string; readonly listen: string },
  log: Log = silentLog,
  target?: Target,
): Promise<Database> {
  const { url, listen } = typeof place === 'string' ? { url: place, listen: place } : place;
  const news = openNews({ listen, url });
  const [write, read] = [openPool(url, writers), openPool(url, readers)];
  // Whoever was in the way of others once does not meet those of this program who were, too.
  const again = new Mutex();
  const build = postgresBuilder();
  const outage = watchOutage(log);
  // A database that is being filled is in none yet, and its schema may be that of before.
  const lived = target ? undefined : openLife(write, build, log);
  const snapshots = openSnapshots(read, outage, lived);
  try {
    await migratePostgres(write, target);
    await lived?.enter();
  } catch (error) {
    await Promise.all([write.end(), read.end()]);
    throw error;
  }

  /** One attempt. What is undone (`TransactionUndone`) was done by nobody. */
  async function attempt<T>(
    task: (writer: Writer) => Promise<T>,
    { isAlone, committed }: { readonly isAlone: boolean; readonly committed: (() => Promise<void>) | undefined },
  ): Promise<T> {
    const expectLife = await lived?.enter();
    const session = openSession(await connect(write));
    try {
      await session.begin(isAlone, expectLife);
      outage.over();
      const told: string[] = [];
      const tell = (message: string) => void told.push(message);
      const value = await task({ ...writerOn(build, session), tell });
      session.requireSound();
      // What is read here is what this transaction leaves, and nobody else: so the commit comes behind it.
      if (committed) await snapshots.through(session.run, committed);
      await commit(session, news, told);
      return value;
    } finally {
      await session.end();
    }
  }

  return {
    programId: newId('n', new Date()),
    isShared: true,
    ...openReader(build, snapshots.run),
    reading: snapshots.reading,
    async transaction(task, committed) {
      snapshots.renew();
      try {
        for (let made = 1; ;) {
          try {
            const one = () => attempt(task, { isAlone: made === mostAttempts, committed });
            return await (made === 1 ? one() : again.run(one));
          } catch (error) {
            if (!(error instanceof TransactionUndone)) throw error;
            if (!isAway(error.cause) && made++ === mostAttempts) throw error.cause;
            if (isAway(error.cause) && !(await outage.outlast(error.cause))) throw unavailable();
          }
        }
      } finally {
        snapshots.renew();
      }
    },
    // What is committed is on the disk before anybody sees it.
    settled: async () => undefined,
    // Another program may be writing at any moment.
    versionOf: () => null,
    async aside<Row>(query: Query<Row> | CompiledQuery<Row>) {
      const { sql, parameters } = compiled(query);
      return (await snapshots.run(sql, parameters)).rows[0] as Row | undefined;
    },
    hear: news.hear,
    single: openSingle(write),
    async close() {
      await Promise.all([write.end(), read.end()]);
    },
  };
}

async function commit(session: Session, news: News, told: readonly string[]): Promise<void> {
  if (told.length === 0) return session.commit();
  // Not waited for: the commit goes out behind it.
  session.note(news.telling(told));
  try {
    await session.commit();
  } catch (error) {
    // It may be done, or come yet.
    if (error instanceof AppError) news.doubt();
    throw error;
  }
  news.ring();
}

function writerOn(build: Kysely<Schema>, session: Session): Writer {
  return { ...openReader(build, session.run), ...openWriter(session) };
}

function openLife(pool: Pool, build: Kysely<Schema>, log: Log): Life {
  return watchLife(async (isAlone, task) => {
    const session = openSession(await connect(pool));
    try {
      await session.begin(isAlone);
      const value = await task(writerOn(build, session));
      await session.commit();
      return value;
    } finally {
      await session.end();
    }
  }, log);
}

/** Runs statements that stand for themselves. */
function openSingle(pool: Pool): NonNullable<Database['single']> {
  return async <Row>(query: Query<Row> | CompiledQuery<Row>) => {
    const { sql, parameters } = compiled(query);
    try {
      return (await runOn(pool as unknown as PoolClient, sql, parameters)).rows[0] as Row | undefined;
    } catch (error) {
      throw isAway(error) ? unavailable() : error;
    }
  };
}

function openPool(url: string, max: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    types: valueTypes,
    connectionTimeoutMillis: connectMilliseconds,
    // Whose machine is gone says nothing more: the system asks for it.
    keepAlive: true,
    // Connections that nobody uses keep no program from ending.
    allowExitOnIdle: true,
    application_name: 'coterie',
    // Each statement goes out at once, and its answer comes in its turn.
    pipeline: true,
    // The pool waits until that is known; its types do not tell.
    onConnect: noteKeeping as (client: ClientBase) => void,
  });
  // A connection that breaks tells whoever asks by it next; nobody else listens, and the program would end.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw isAway(error) ? new TransactionUndone(error) : error;
  }
}
