import type { World } from '../context.ts';

/** Copies of a message come within days; after so many its id is forgotten. */
const rememberedDays = 90;

/** Forgets which messages were counted long ago. */
export async function purgeCollected(world: World): Promise<void> {
  const since = new Date(world.now().getTime() - rememberedDays * 24 * 3600 * 1000).toISOString();
  await world.db.transaction(async (tx) => {
    await tx.run(tx.build.deleteFrom('collected_message').where('seen_at', '<', since));
  });
}
