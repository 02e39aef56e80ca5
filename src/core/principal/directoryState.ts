import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';

/**
 * What the people and groups are, in short: changes when one of them changes. The directory keeps no log (it is
 * often somebody else's), so this reads all of it; a few milliseconds for thousands of people.
 */
export async function directoryState(context: Context): Promise<string> {
  const { db } = context;
  const rows = await db.all(
    db.build
      .selectFrom('principal')
      .select(['id', 'kind', 'name', 'email', 'description', 'time_zone', 'is_active'])
      .orderBy('id'),
  );
  const hash = createHash('sha256');
  for (const row of rows) hash.update(JSON.stringify(Object.values(row)));
  return hash.digest('base64url').slice(0, 16);
}
