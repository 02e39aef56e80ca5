import { sql } from 'kysely';
import type { World } from '../context.ts';
import { parts } from '../principal/setGroupMembers.ts';
import { applyEntries, removeEntries } from './applyEntries.ts';
import type { Applied } from './applyEntries.ts';
import type { Directory } from './directory.ts';
import { doubt, isDoubtful } from './losses.ts';
import type { LossRule } from './losses.ts';

const day = 86_400_000;

/** The result of a look at the directory. */
export type Checked = Applied & { readonly removed: number; readonly warning: string | null };

/**
 * Looks up those in use: people with a session or who signed in by password within a day, groups that something is
 * shared with, and the groups inside those. People who are locked or gone lose access from now on.
 */
export async function checkInUse(world: World, directory: Directory, rule: LossRule = {}): Promise<Checked> {
  const used = [...(await peopleInUse(world)), ...(await groupsInUse(world))];
  const idOf = new Map(used.map((row) => [row.external_id, row.id]));
  const missing: string[] = [];
  const problems: string[] = [];
  let written = 0;
  for (const externalIds of parts([...idOf.keys()])) {
    const entries = await directory.lookUp(externalIds);
    const applied = await applyEntries(world, entries);
    written += applied.written;
    problems.push(...applied.problems);
    const there = new Set(entries.map((entry) => entry.externalId));
    missing.push(...externalIds.filter((externalId) => !there.has(externalId)).map((each) => idOf.get(each)!));
  }
  if (isDoubtful(missing.length, used.length, rule))
    return { written, problems, removed: 0, warning: doubt(missing.length, used.length) };
  await removeEntries(world, missing);
  return { written, problems, removed: missing.length, warning: null };
}

type Used = { readonly id: string; readonly external_id: string };

function peopleInUse({ db, now }: World): Promise<Used[]> {
  const yesterday = new Date(now().getTime() - day).toISOString();
  return db.all(
    sql<Used>`
      SELECT id, external_id FROM principal
      WHERE source = 'directory' AND kind = 'individual' AND is_active = 1 AND id IN (
        SELECT principal_id FROM session WHERE expires_at > ${now().toISOString()}
        UNION SELECT id FROM principal WHERE used_at > ${yesterday})`.compile(db.build),
  );
}

function groupsInUse({ db }: World): Promise<Used[]> {
  return db.all(
    sql<Used>`
      WITH RECURSIVE inside (id) AS (
        SELECT share.principal_id FROM share JOIN principal ON principal.id = share.principal_id
          WHERE principal.kind = 'group'
        UNION
        SELECT membership.member_id FROM principal_member AS membership
          JOIN inside ON membership.group_id = inside.id
          JOIN principal ON principal.id = membership.member_id WHERE principal.kind = 'group'
      )
      SELECT principal.id, external_id FROM inside JOIN principal ON principal.id = inside.id
      WHERE source = 'directory' AND is_active = 1`.compile(db.build),
  );
}
