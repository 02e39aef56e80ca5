import { statement } from '../../db/statement.ts';
import type { World } from '../context.ts';

const hour = 3_600_000;

const useOf = statement((build, value: { personId: string }) =>
  build
    .selectFrom('principal')
    .select(['used_at', 'source', 'is_guest'])
    .where('id', '=', value.personId)
    .where('is_active', '=', 1),
);

/** Records, at most once an hour, that a person of the directory signed in by password; false: they may not sign in. */
export async function noteUse(world: World, personId: string): Promise<boolean> {
  const { db, now } = world;
  const person = await db.first(useOf(db, { personId }));
  if (!person || (person.is_guest === 1 && world.settings.outside?.guests === false)) return false;
  // Those of the directory are looked up more often while they come in.
  if (person.source === 'local') return true;
  const time = now();
  if (person.used_at !== null && Date.parse(person.used_at) > time.getTime() - hour) return true;
  await db.transaction(async (tx) => {
    const update = tx.build.updateTable('principal').set({ used_at: time.toISOString() });
    await tx.run(update.where('id', '=', personId));
  });
  return true;
}
