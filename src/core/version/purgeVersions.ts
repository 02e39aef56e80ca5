import { sql } from 'kysely';
import { createBreath } from '../../lib/breath.ts';
import type { World } from '../context.ts';

const versionsAtOnce = 500;
/** One run removes at most so many batches: the next goes on. */
const mostBatches = 400;

/** How many days of history are kept. */
export function historyDays({ settings }: World): number {
  return settings.historyDays ?? 90;
}

/** Forgets what happened longer ago than history is kept, a few hundred rows in each transaction. Returns how many rows. */
export async function purgeVersions(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - historyDays(world) * 86_400_000).toISOString();
  const breathe = createBreath(1);
  let gone = 0;
  for (let batch = 0; batch < mostBatches; batch++) {
    const removed = await world.db.transaction((tx) =>
      tx.run(
        sql`DELETE FROM card_version WHERE id IN (
          SELECT id FROM card_version WHERE at < ${before} ORDER BY at LIMIT ${versionsAtOnce})`.compile(tx.build),
      ),
    );
    gone += removed;
    if (removed < versionsAtOnce) return gone;
    await breathe();
  }
  return gone;
}
