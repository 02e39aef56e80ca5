import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';

/** The person and all groups that they are in, directly or through other groups. */
export async function principalsOf(reader: Reader, personId: string): Promise<string[]> {
  const rows = await reader.all(
    sql<{ id: string }>`
      WITH RECURSIVE mine (id) AS (
        SELECT ${personId}
        UNION
        SELECT membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id = mine.id
      )
      SELECT id FROM mine`.compile(reader.build),
  );
  return rows.map((row) => row.id);
}
