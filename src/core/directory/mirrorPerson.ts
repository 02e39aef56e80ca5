import type { World } from '../context.ts';
import { applyEntries } from './applyEntries.ts';
import type { Directory } from './directory.ts';

/**
 * Called when somebody signs in: stores the person as the directory describes them now, even if they are new to us.
 * Returns their id; undefined: they may not sign in.
 */
export async function mirrorPerson(
  world: World,
  directory: Directory,
  externalId: string,
): Promise<string | undefined> {
  const entries = await directory.lookUp([externalId]);
  const entry = entries.find((each) => each.externalId === externalId && each.kind === 'individual');
  if (!entry) return undefined;
  await applyEntries(world, [entry]);
  const { db } = world;
  const person = await db.first(
    db.build
      .selectFrom('principal')
      .select('id')
      .where('source', '=', 'directory')
      .where('external_id', '=', externalId)
      .where('is_active', '=', 1),
  );
  return person?.id;
}
