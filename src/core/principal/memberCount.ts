import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';

/** How many people are in a group, directly or through groups in it; each counts once, those who have left do not. */
export async function memberCount(reader: Reader, groupId: string): Promise<number> {
  const row = await reader.first(
    sql<{ count: number }>`
      WITH RECURSIVE inside (id) AS (
        SELECT member_id FROM principal_member WHERE group_id = ${groupId}
        UNION
        SELECT membership.member_id FROM principal_member AS membership JOIN inside ON membership.group_id = inside.id
      )
      SELECT count(*) AS count FROM inside JOIN principal ON principal.id = inside.id
      WHERE principal.kind = 'individual' AND principal.is_active = 1`.compile(reader.build),
  );
  return Number(row?.count ?? 0);
}
