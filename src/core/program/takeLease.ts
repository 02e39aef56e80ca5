import { sql } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { databaseClock } from '../../db/databaseClock.ts';
import type { World } from '../context.ts';
import { isAlive } from './heartbeat.ts';

/** Of programs that ended without a word the name is kept so long, in milliseconds. */
const remembered = 3_600_000;

/** Whether this node has the lease of this name: it had it before, or its holder is dead. */
export async function takeLease(tx: Writer, { db: { programId } }: Pick<World, 'db'>, name: string): Promise<boolean> {
  const { build } = tx;
  const lease = build.selectFrom('job_lease').select(['program_id', isAlive('program_id').as('lives')]);
  const held = await tx.first(lease.where('name', '=', name));
  if (held?.program_id === programId) return true;
  if (held?.lives) return false;
  const row = build.insertInto('job_lease').values({ name, program_id: programId });
  await tx.run(row.onConflict((conflict) => conflict.column('name').doUpdateSet({ program_id: programId })));
  await tx.run(build.deleteFrom('program').where('until', '<', sql<number>`${databaseClock} - ${remembered}`));
  return true;
}
