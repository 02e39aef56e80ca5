import { sql } from 'kysely';
import type { PrincipalRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';

const idsPerQuery = 200;

/**
 * Those of the people and groups that exist, also people who have left (their shares and cards still name them).
 * The directory is open to everybody who has signed in, but for those who are not listed: of them one knows oneself,
 * one's own groups, and whom one meets in a share.
 */
export async function findPrincipals(context: Context, ids: readonly string[]): Promise<PrincipalRow[]> {
  const { db } = context;
  const found: PrincipalRow[] = [];
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = ids.slice(start, start + idsPerQuery);
    found.push(...(await db.all(db.build.selectFrom('principal').selectAll().where('id', 'in', some))));
  }
  const hidden = found.filter((row) => row.is_listed === 0).map((row) => row.id);
  if (hidden.length === 0) return found;
  const known = await knownAmong(context, hidden);
  return found.filter((row) => row.is_listed === 1 || known.has(row.id));
}

/** Those whom the person meets: themselves, their groups, and who gives, gets or owns something where they have a part. */
async function knownAmong(context: Context, ids: readonly string[]): Promise<Set<string>> {
  const { db, actor } = context;
  const known = new Set<string>();
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = sql.join(ids.slice(start, start + idsPerQuery));
    const rows = await db.all(
      sql<{ id: string }>`
        WITH RECURSIVE mine (id) AS (
          SELECT ${actor.principalId}
          UNION
          SELECT membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id = mine.id
        ), account_of_mine (id) AS (
          SELECT ${actor.principalId}
          UNION
          SELECT account_id FROM share WHERE principal_id IN (SELECT id FROM mine)
        )
        SELECT id FROM mine WHERE id IN (${some})
        UNION SELECT id FROM account_of_mine WHERE id IN (${some})
        UNION SELECT principal_id FROM share
          WHERE principal_id IN (${some}) AND account_id IN (SELECT id FROM account_of_mine)
        UNION SELECT created_by FROM share
          WHERE created_by IN (${some}) AND account_id IN (SELECT id FROM account_of_mine)`.compile(db.build),
    );
    for (const { id } of rows) known.add(id);
  }
  return known;
}
