import type { World } from '../context.ts';

const unlinkedDays = 1;

/** Forgets the links that were ended more than a day ago. Returns how many. */
export async function purgeLinks(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - unlinkedDays * 86_400_000).toISOString();
  return world.db.transaction((tx) =>
    tx.run(tx.build.deleteFrom('card_link').where('unlinked_at', 'is not', null).where('unlinked_at', '<', before)),
  );
}
