import { sql } from 'kysely';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { endGuest } from './endGuest.ts';

const keptFor = 30 * 86_400_000;

/**
 * Forgets the guests with whom nothing has been shared for 30 days; until then whoever shares something with them again
 * finds them with their name and password. Returns how many were forgotten.
 */
export async function purgeGuests(world: World): Promise<number> {
  const now = world.now();
  const hasShare = sql<boolean>`EXISTS (SELECT 1 FROM share WHERE share.principal_id = principal.id)`;
  return transact(world, async (tx) => {
    const { build } = tx;
    const guests = build.updateTable('principal').where('is_guest', '=', 1);
    await tx.run(guests.set({ idle_since: null }).where('idle_since', 'is not', null).where(hasShare));
    const idle = guests.set({ idle_since: now.toISOString() }).where('idle_since', 'is', null);
    await tx.run(idle.where(({ not }) => not(hasShare)));
    const old = new Date(now.getTime() - keptFor).toISOString();
    // Whom an administrator keeps out stays known, or they could be invited again.
    const isKeptOut = sql<boolean>`is_active = 0 AND EXISTS (SELECT 1 FROM principal_login WHERE principal_id = principal.id)`;
    const idleOnes = build
      .selectFrom('principal')
      .select('id')
      .where('is_guest', '=', 1)
      .where('idle_since', '<=', old);
    const gone = await tx.all(idleOnes.where(({ not }) => not(isKeptOut)));
    for (const { id } of gone) await endGuest(tx, world, id);
    return gone.length;
  });
}
