import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';

/** The people in a group, also through groups in it, by name; at most `limit`. */
export async function membersOf(reader: Reader, groupId: string, limit: number): Promise<PrincipalRow[]> {
  return reader.all(
    sql<PrincipalRow>`
      WITH RECURSIVE member (id) AS (
        SELECT member_id FROM principal_member WHERE group_id = ${groupId}
        UNION
        SELECT membership.member_id FROM principal_member AS membership JOIN member ON membership.group_id = member.id
      )
      SELECT principal.* FROM member JOIN principal ON principal.id = member.id
      WHERE principal.kind = 'individual' AND principal.is_active = 1 ORDER BY principal.name_key, principal.id LIMIT ${limit}`.compile(
      reader.build,
    ),
  );
}
