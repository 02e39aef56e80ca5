import { sql } from 'kysely';
import type { Transaction } from '../change/transaction.ts';
import { parts, regroup } from '../principal/setGroupMembers.ts';

/** Makes the names that groups call somebody by what they should be; they come into the groups that say so, and leave others. */
export async function setReferences(tx: Transaction, principalId: string, wanted: readonly string[]): Promise<void> {
  const { build } = tx;
  const rows = await tx.all(
    build.selectFrom('principal_reference').select('reference').where('principal_id', '=', principalId),
  );
  const { added, removed } = difference(
    rows.map((row) => row.reference),
    wanted,
  );
  if (added.length + removed.length === 0) return;
  for (const some of parts(removed)) {
    const ofPrincipal = build.deleteFrom('principal_reference').where('principal_id', '=', principalId);
    await tx.run(ofPrincipal.where('reference', 'in', some));
  }
  for (const some of parts(added)) {
    const values = some.map((reference) => ({ principal_id: principalId, reference }));
    await tx.run(build.insertInto('principal_reference').values(values));
  }
  await settleGroupsOf(tx, principalId);
}

async function settleGroupsOf(tx: Transaction, principalId: string): Promise<void> {
  const { build } = tx;
  const named = await tx.all(
    build
      .selectFrom('principal_reference')
      .innerJoin('group_reference', 'group_reference.reference', 'principal_reference.reference')
      .select('group_id')
      .distinct()
      .where('principal_id', '=', principalId)
      .where('group_id', '!=', principalId),
  );
  // Groups that were made here name their members by themselves.
  const present = await tx.all(
    build
      .selectFrom('principal_member')
      .innerJoin('principal', 'principal.id', 'principal_member.group_id')
      .select('group_id')
      .where('member_id', '=', principalId)
      .where('principal.source', '=', 'directory'),
  );
  const { added, removed } = difference(
    present.map((row) => row.group_id),
    named.map((row) => row.group_id),
  );
  for (const some of parts(added)) {
    const values = some.map((id) => ({ group_id: id, member_id: principalId }));
    await tx.run(build.insertInto('principal_member').values(values));
  }
  for (const some of parts(removed)) {
    const ofPrincipal = build.deleteFrom('principal_member').where('member_id', '=', principalId);
    await tx.run(ofPrincipal.where('group_id', 'in', some));
  }
  if (added.length + removed.length > 0) await regroup(tx, [principalId]);
}

/** So many changes of one group in one transaction: others write in between. */
const membersAtOnce = 2000;

/** Brings the members of a group nearer to those that it names; whether they are all there now. */
export async function setMembers(tx: Transaction, groupId: string, wanted: readonly string[]): Promise<boolean> {
  const { build } = tx;
  const rows = await tx.all(build.selectFrom('group_reference').select('reference').where('group_id', '=', groupId));
  const all = difference(
    rows.map((row) => row.reference),
    wanted,
  );
  const removed = all.removed.slice(0, membersAtOnce);
  const added = all.added.slice(0, membersAtOnce - removed.length);
  for (const some of parts(removed)) {
    const ofGroup = build.deleteFrom('group_reference').where('group_id', '=', groupId);
    await tx.run(ofGroup.where('reference', 'in', some));
  }
  for (const some of parts(added)) {
    await tx.run(
      build.insertInto('group_reference').values(some.map((reference) => ({ group_id: groupId, reference }))),
    );
  }
  const changed: string[] = [];
  for (const some of parts([...removed, ...added])) changed.push(...(await settleMembers(tx, groupId, some)));
  await regroup(tx, [...new Set(changed)]);
  return removed.length + added.length === all.removed.length + all.added.length;
}

/** Those who are called by one of these names are in the group when it names them in any way; who came or went. */
async function settleMembers(tx: Transaction, groupId: string, references: readonly string[]): Promise<string[]> {
  const { build } = tx;
  const concerned = await tx.all(
    sql<{ id: string; isNamed: number; isMember: number }>`
      SELECT person.id,
        EXISTS (SELECT 1 FROM principal_reference AS called
          JOIN group_reference AS named ON named.reference = called.reference
          WHERE called.principal_id = person.id AND named.group_id = ${groupId}) AS "isNamed",
        EXISTS (SELECT 1 FROM principal_member WHERE group_id = ${groupId} AND member_id = person.id) AS "isMember"
      FROM (SELECT DISTINCT principal_id AS id FROM principal_reference
        WHERE reference IN (${sql.join(references)}) AND principal_id <> ${groupId}) AS person`.compile(build),
  );
  const added = concerned.filter((row) => Boolean(row.isNamed) && !row.isMember).map((row) => row.id);
  const removed = concerned.filter((row) => !row.isNamed && Boolean(row.isMember)).map((row) => row.id);
  for (const some of parts(added)) {
    await tx.run(build.insertInto('principal_member').values(some.map((id) => ({ group_id: groupId, member_id: id }))));
  }
  for (const some of parts(removed)) {
    const ofGroup = build.deleteFrom('principal_member').where('group_id', '=', groupId);
    await tx.run(ofGroup.where('member_id', 'in', some));
  }
  return [...added, ...removed];
}

function difference(present: readonly string[], wanted: readonly string[]): { added: string[]; removed: string[] } {
  const [is, should] = [new Set(present), new Set(wanted)];
  return {
    added: [...should].filter((name) => !is.has(name)),
    removed: [...is].filter((name) => !should.has(name)),
  };
}
