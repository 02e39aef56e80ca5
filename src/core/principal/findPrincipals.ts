import type { PrincipalRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';

const idsPerQuery = 200;

/**
 * Those of the people and groups that exist, also people who have left (their shares and cards still name them).
 * The directory is open to everybody who has signed in.
 */
export async function findPrincipals(context: Context, ids: readonly string[]): Promise<PrincipalRow[]> {
  const { db } = context;
  const found: PrincipalRow[] = [];
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = ids.slice(start, start + idsPerQuery);
    found.push(...(await db.all(db.build.selectFrom('principal').selectAll().where('id', 'in', some))));
  }
  return found;
}
