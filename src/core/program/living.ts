import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { databaseClock } from '../../db/databaseClock.ts';
import type { World } from '../context.ts';

/** A program says so often that it lives, */
export const saysEvery = 3_000;
/** and is taken for ended when it has said nothing for so long: in milliseconds. */
export const silence = 15_000;

type Owner = Pick<World, 'db'>;

/** Whether the program that a column names lives. Where only one may there are none that do. */
export function lives(column: string): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM program WHERE program.id = ${sql.ref(column)} AND program.until > ${databaseClock})`;
}

/** Whether a program had what the column stands in, and lives no more. This one does. */
export function isLeft({ db }: Owner, column: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)} <> ${db.programId} AND NOT ${lives(column)})`;
}

/** Whether it may be taken: nobody has it, or nobody has it any more. */
export function isFree(owner: Owner, column: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)} IS NULL OR ${isLeft(owner, column)})`;
}

/** Says that this program lives. */
export async function sayAlive(tx: Writer, { db }: Owner): Promise<void> {
  await tx.run(
    sql`INSERT INTO program (id, until) VALUES (${db.programId}, ${databaseClock} + ${silence})
      ON CONFLICT (id) DO UPDATE SET until = excluded.until`.compile(tx.build),
  );
}

/** Says that this program has ended: all that it had is free at once. */
export async function sayEnded({ db }: Owner): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(tx.build.deleteFrom('job_lease').where('program_id', '=', db.programId));
    await tx.run(tx.build.deleteFrom('program').where('id', '=', db.programId));
  });
}

/** Does something that others are to leave to this program, which is no server: for commands of the terminal. */
export async function asProgram<T>(world: Owner, task: () => Promise<T>): Promise<T> {
  const say = () => world.db.transaction((tx) => sayAlive(tx, world));
  await say();
  const timer = setInterval(() => void say().catch(() => undefined), saysEvery);
  try {
    return await task();
  } finally {
    clearInterval(timer);
    await sayEnded(world);
  }
}
