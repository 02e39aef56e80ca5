import type { Reader, Writer } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { AuditRow } from '../../db/rows/auditRows.ts';
import type { AuditKind, AuditWay } from '../../format/audit/auditKinds.ts';
import type { AuditDetails } from '../../format/audit/auditRecord.ts';
import type { Actor } from '../actor.ts';
import type { Cause, World } from '../context.ts';
import { sealOf } from './chain.ts';
import { termsOf } from './terms.ts';

/** What an act is about. Without a name, the name of a person or group is looked up. */
export type AuditObject = {
  readonly type: 'AddressBook' | 'Principal' | 'AppPassword' | 'ContactCard' | 'Mail';
  readonly id: string;
  readonly name?: string;
};

/** An act to be recorded. */
export type Act = {
  readonly kind: AuditKind;
  readonly outcome?: AuditRow['outcome'];
  /** Absent: whoever asks; null: nobody who is known. */
  readonly actorId?: string | null;
  /** In whose account it happened; the actor's own is not told. */
  readonly ownerId?: string;
  readonly object?: AuditObject;
  /** With whom, to whom. */
  readonly other?: { readonly id: string | null; readonly name?: string };
  /** Absent: those of whoever asks. */
  readonly appPasswordId?: string;
  readonly address?: string;
  /** Counts, roles, dates; never what stands in a contact. */
  readonly details?: AuditDetails;
};

/** Who acts, by which way, and when. */
export type Doer = Pick<World, 'now' | 'settings'> & Cause & { readonly actor?: Actor };

/** What one part of the program does for somebody is told as the program's, or as the way by which they asked. */
const wayOf: Readonly<Record<NonNullable<Cause['way']>, AuditWay>> = {
  web: 'web',
  jmap: 'jmap',
  carddav: 'carddav',
  link: 'link',
  cli: 'cli',
  import: 'import',
  merge: 'system',
  restore: 'system',
  mail: 'system',
  linkedCopy: 'system',
  handover: 'system',
  system: 'system',
};

const longestName = 200;
const noNames = new Map<string, string>();

/**
 * Writes one record in the transaction of the act: what is not recorded did not happen. Records are numbered without
 * gaps and chained by hashes, so that none can be removed unnoticed.
 */
export async function audit(tx: Writer, doer: Doer, act: Act): Promise<void> {
  const { actor } = doer;
  const actorId = act.actorId === undefined ? (actor?.principalId ?? null) : act.actorId;
  const ownerId = act.ownerId === undefined || act.ownerId === actorId ? null : act.ownerId;
  const appPasswordId = act.appPasswordId ?? actor?.appPasswordId ?? null;
  const { object, other } = act;
  const people = [actorId, ownerId, other?.id, object?.type === 'Principal' ? object.id : null];
  const names = await namesOf(tx, people);
  const nameOf = (id: string | null | undefined, said?: string) =>
    (said ?? names.get(id ?? '') ?? id ?? null)?.slice(0, longestName) ?? null;
  const at = doer.now().toISOString();
  const head = (await tx.first(nextOf(tx, {})))!;
  const row = {
    seq: head.seq,
    // A clock that is set back does not take the records out of their order.
    at: at > head.at ? at : head.at,
    kind: act.kind,
    outcome: act.outcome ?? 'done',
    way: wayOf[doer.askedBy ?? doer.way ?? 'system'],
    actor_id: actorId,
    actor_name: nameOf(actorId),
    owner_id: ownerId,
    owner_name: nameOf(ownerId),
    object_type: object?.type ?? null,
    object_id: object?.id ?? null,
    object_name: object ? nameOf(object.id, object.name) : null,
    other_id: other?.id ?? null,
    other_name: other ? nameOf(other.id, other.name) : null,
    app_password_id: appPasswordId,
    app_password_name: appPasswordId === null ? null : await appPasswordName(tx, appPasswordId),
    address: (act.address ?? actor?.address)?.slice(0, 64) ?? null,
    details: JSON.stringify(act.details ?? {}),
  };
  const hash = sealOf(doer, head.hash, row);
  await tx.run(insertRecord(tx, { row: { ...row, hash } }));
  await tx.run(insertTerms(tx, { rows: termsOf(row).map((term) => ({ term, seq: row.seq })) }));
  await tx.run(moveHead(tx, { at: row.at, hash }));
}

/** The next number is taken by the update: whoever else writes a record waits for the end of this transaction. */
const nextOf = statement((build) =>
  build
    .updateTable('audit_head')
    .set((row) => ({ seq: row('seq', '+', 1) }))
    .where('id', '=', 1)
    .returning(['seq', 'at', 'hash']),
);
const insertRecord = statement((build, { row }: { row: AuditRow }) => build.insertInto('audit_record').values(row));
const insertTerms = statement((build, { rows }: { rows: readonly { term: string; seq: number }[] }) =>
  build.insertInto('audit_term').values(rows),
);
const moveHead = statement((build, { at, hash }: { at: string; hash: string }) =>
  build.updateTable('audit_head').set({ at, hash }).where('id', '=', 1),
);

async function namesOf(
  reader: Reader,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
  if (known.length === 0) return noNames;
  const rows = await reader.all(
    reader.build.selectFrom('principal').select(['id', 'name', 'email']).where('id', 'in', known),
  );
  // Two people may have one name; an address is somebody's own.
  return new Map(rows.map(({ id, name, email }) => [id, email === null ? name : `${name} <${email}>`]));
}

async function appPasswordName(reader: Reader, id: string): Promise<string | null> {
  const row = await reader.first(reader.build.selectFrom('app_password').select('name').where('id', '=', id));
  return row?.name ?? null;
}
