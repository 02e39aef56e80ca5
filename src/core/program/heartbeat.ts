import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { databaseClock } from '../../db/databaseClock.ts';
import type { World } from '../context.ts';

/** How often a node reports that it is alive, in milliseconds. */
export const heartbeatMilliseconds = 3_000;
/** After how long without a report a node counts as dead, in milliseconds. */
export const timeoutMilliseconds = 15_000;

type Owner = Pick<World, 'db'>;

/** Whether the node named in this column is alive. If only one process may use the database, no row says so. */
export function isAlive(column: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM program WHERE program.id = ${sql.ref(column)} AND program.until > ${databaseClock})`;
}

/** Whether what this row describes belonged to a node that is dead. This node is alive. */
export function isOrphaned({ db }: Owner, column: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)} <> ${db.programId} AND NOT ${isAlive(column)})`;
}

/** Whether this row may be taken: it belongs to nobody, or to a dead node. */
export function isFree(owner: Owner, column: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)} IS NULL OR ${isOrphaned(owner, column)})`;
}

/** Reports that this node is alive. */
export async function reportAlive(tx: Writer, { db }: Owner): Promise<void> {
  await tx.run(
    sql`INSERT INTO program (id, until) VALUES (${db.programId}, ${databaseClock} + ${timeoutMilliseconds})
      ON CONFLICT (id) DO UPDATE SET until = excluded.until`.compile(tx.build),
  );
}

/** Reports that this node has stopped: everything that belonged to it is free at once. */
export async function reportEnded({ db }: Owner): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(tx.build.deleteFrom('job_lease').where('program_id', '=', db.programId));
    await tx.run(tx.build.deleteFrom('program').where('id', '=', db.programId));
  });
}

/** Does work that nodes must leave to this process, which is not a server: for commands of the terminal. */
export async function asProgram<T>(world: Owner, task: () => Promise<T>): Promise<T> {
  const say = () => world.db.transaction((tx) => reportAlive(tx, world));
  await say();
  const timer = setInterval(() => void say().catch(() => undefined), heartbeatMilliseconds);
  try {
    return await task();
  } finally {
    clearInterval(timer);
    await reportEnded(world);
  }
}
