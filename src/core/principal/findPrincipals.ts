import { sql } from 'kysely';
import type { PrincipalRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';

const idsPerQuery = 200;

const byIds = statement((build, value: { ids: readonly string[] }) =>
  build.selectFrom('principal').selectAll().where('id', 'in', value.ids),
);

/**
 * Those of these people and groups that exist, including people who have left (their shares and cards still refer to
 * them). The directory is open to everybody who has signed in, except for unlisted people: of those, one knows oneself,
 * one's own groups, and whoever one meets in a share. Guests know themselves, and who shares something with them.
 */
export async function findPrincipals(context: Context, ids: readonly string[]): Promise<PrincipalRow[]> {
  const { db } = context;
  const found: PrincipalRow[] = [];
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = ids.slice(start, start + idsPerQuery);
    found.push(...(await db.all(byIds(db, { ids: some }))));
  }
  const isOpen = (row: PrincipalRow) => row.is_listed === 1 && !context.actor.isGuest;
  const hidden = found.filter((row) => !isOpen(row)).map((row) => row.id);
  if (hidden.length === 0) return found;
  const known = await (context.actor.isGuest ? hostsAmong(context, hidden) : knownAmong(context, hidden));
  return found.filter((row) => isOpen(row) || known.has(row.id));
}

/** For a guest: themselves, the owners of what is shared with them, and who shared it. */
async function hostsAmong({ db, actor, now }: Context, ids: readonly string[]): Promise<Set<string>> {
  const shares = await db.all(
    db.build
      .selectFrom('share')
      .select(['account_id', 'created_by'])
      .where('principal_id', '=', actor.principalId)
      .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now().toISOString())])),
  );
  const hosts = new Set(shares.flatMap((share) => [share.account_id, share.created_by]));
  return new Set(ids.filter((id) => id === actor.principalId || hosts.has(id)));
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
