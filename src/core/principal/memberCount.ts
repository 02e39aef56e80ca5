import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { World } from '../context.ts';
import { membershipState } from './directoryState.ts';

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

type Counts = { state: string; readonly counts: Map<string, number> };

const known = new WeakMap<object, Counts>();
const mostCounts = 10_000;

/**
 * As `memberCount`, for several groups: each is counted once until somebody comes or goes. A dialog that offers the
 * groups of a large organisation at each keystroke counts nobody.
 */
export async function memberCounts(world: World, groupIds: readonly string[]): Promise<Map<string, number>> {
  const { db, transaction } = world;
  const result = new Map<string, number>();
  if (groupIds.length === 0) return result;
  // What a transaction sees may be undone.
  const { counts } = transaction ? { counts: new Map<string, number>() } : await countsNow(db);
  for (const id of new Set(groupIds)) {
    const count = counts.get(id) ?? (await memberCount(db, id));
    if (counts.size < mostCounts) counts.set(id, count);
    result.set(id, count);
  }
  return result;
}

async function countsNow(reader: Reader): Promise<Counts> {
  const state = await membershipState(reader);
  const kept = known.get(reader.build);
  if (kept?.state === state) return kept;
  const fresh: Counts = { state, counts: new Map() };
  known.set(reader.build, fresh);
  return fresh;
}
