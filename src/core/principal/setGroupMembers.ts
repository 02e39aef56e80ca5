import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import { invalid, notFound } from '../../errors.ts';
import { audit } from '../audit/audit.ts';
import { resumedAt } from '../change/lostNumbers.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';
import { membershipChanged } from './directoryState.ts';
import { inDirectory } from './inDirectory.ts';
import { principalsOf } from './principalsOf.ts';

/** Makes these people and groups the members of the group, and no others. A group cannot be inside itself. */
export function setGroupMembers(world: World, groupId: string, memberIds: readonly string[]): Promise<void> {
  return transact(world, async (tx) => {
    const details = await changeMembers(tx, groupId, memberIds);
    if (details.added + details.removed > 0)
      await audit(tx, world, { kind: 'group.changed', object: { type: 'Principal', id: groupId }, details });
  });
}

/** As `setGroupMembers`, inside a transaction. Everybody who comes or goes, also by a group inside, has their version moved. */
export async function changeMembers(
  tx: Transaction,
  groupId: string,
  memberIds: readonly string[],
): Promise<{ readonly added: number; readonly removed: number }> {
  const group = await tx.first(tx.build.selectFrom('principal').select(['kind', 'source']).where('id', '=', groupId));
  if (group?.kind !== 'group') throw notFound('group');
  if (group.source !== 'local') throw inDirectory();
  const present = new Set(
    (await tx.all(tx.build.selectFrom('principal_member').select('member_id').where('group_id', '=', groupId))).map(
      (row) => row.member_id,
    ),
  );
  const wanted = new Set(memberIds);
  const added = [...wanted].filter((id) => !present.has(id));
  const removed = [...present].filter((id) => !wanted.has(id));
  await requireMembers(tx, groupId, added);
  for (const ids of parts(added)) {
    await tx.run(
      tx.build.insertInto('principal_member').values(ids.map((id) => ({ group_id: groupId, member_id: id }))),
    );
  }
  for (const ids of parts(removed)) {
    await tx.run(tx.build.deleteFrom('principal_member').where('group_id', '=', groupId).where('member_id', 'in', ids));
  }
  await regroup(tx, [...added, ...removed]);
  return { added: added.length, removed: removed.length };
}

/** These people and groups came into a group or left it: everybody within has their version moved and is told. */
export async function regroup(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await membershipChanged(tx);
  const people = await peopleWithin(tx, ids);
  await moveVersions(tx, people);
  tx.regrouped(people);
}

async function requireMembers(tx: Reader, groupId: string, added: readonly string[]): Promise<void> {
  const around = new Set(await principalsOf(tx, groupId));
  if (added.some((id) => around.has(id)))
    throw invalid('members', 'A group cannot be inside itself', { reason: 'cycle' });
  for (const ids of parts(added)) {
    const known = await tx.all(
      tx.build.selectFrom('principal').select('id').where('id', 'in', ids).where('is_guest', '=', 0),
    );
    if (known.length < ids.length)
      throw invalid('members', 'A member is not in the directory', { reason: 'unknownPrincipal' });
  }
}

/** The people among these principals and inside the groups among them, each once. */
async function peopleWithin(reader: Reader, ids: readonly string[]): Promise<string[]> {
  const people = new Set<string>();
  for (const some of parts(ids)) {
    const rows = await reader.all(
      sql<{ id: string }>`
        WITH RECURSIVE inside (id) AS (
          SELECT id FROM principal WHERE id IN (${sql.join(some)})
          UNION
          SELECT membership.member_id FROM principal_member AS membership JOIN inside ON membership.group_id = inside.id
        )
        SELECT inside.id FROM inside JOIN principal ON principal.id = inside.id WHERE principal.kind = 'individual'`.compile(
        reader.build,
      ),
    );
    for (const row of rows) people.add(row.id);
  }
  return [...people];
}

async function moveVersions(writer: Writer, people: readonly string[]): Promise<void> {
  // A state holds with the very version of its groups: one that was given in a lost time is not given again.
  const least = await resumedAt(writer);
  const next = sql<number>`CASE WHEN groups_version < ${least} THEN ${least} ELSE groups_version END + 1`;
  for (const ids of parts(people)) {
    const moved = writer.build.updateTable('principal').set({ groups_version: next });
    await writer.run(moved.where('id', 'in', ids));
  }
}

const idsPerStatement = 200;

/** The ids in parts that fit into one statement. */
export function parts<T>(ids: readonly T[], size = idsPerStatement): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < ids.length; start += size) result.push(ids.slice(start, start + size));
  return result;
}
