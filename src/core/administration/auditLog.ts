import type { AuditRecord } from '../../format/audit/auditRecord.ts';
import { auditOften } from '../audit/auditOften.ts';
import type { Act } from '../audit/audit.ts';
import { audit } from '../audit/audit.ts';
import { findAudit, readAudit } from '../audit/searchAudit.ts';
import type { AuditFilter } from '../audit/searchAudit.ts';
import { transact } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import { requireAdministrator } from '../sharing/administrator.ts';

/** The state of the log: the number of its last record, since each record changes it. */
export async function auditState(context: Context): Promise<string> {
  const { db } = context;
  await requireAdministrator(db, context);
  return String((await db.first(db.build.selectFrom('audit_head').select('seq')))?.seq ?? 0);
}

const standardLimit = 100;

/**
 * The ids of matching records, newest first, older than `beforeId`. Starting to look is itself recorded. Errors:
 * `forbidden`.
 */
export async function queryAuditLog(
  context: Context,
  filter: AuditFilter,
  { beforeId, limit = standardLimit }: { readonly beforeId?: string | undefined; readonly limit?: number },
): Promise<string[]> {
  const { db } = context;
  await requireAdministrator(db, context);
  const below = beforeId === undefined ? null : (seqOf(beforeId) ?? 0);
  if (beforeId === undefined) await noteLook(context, filter);
  return (await findAudit(db, filter, { below, limit })).map(idOf);
}

/** Records by their ids. Errors: `forbidden`. */
export async function getAuditLog(context: Context, ids: readonly string[]): Promise<AuditRecord[]> {
  const { db } = context;
  await requireAdministrator(db, context);
  if (!looksAt(context)) await noteLook(context, {});
  const seqs = ids.flatMap((id) => seqOf(id) ?? []);
  return readAudit(db, seqs);
}

const recordsAtOnce = 500;

/**
 * All matching records, newest first, page by page; the right to read them is checked with each page. The export is
 * recorded first.
 */
export async function* exportAuditLog(
  context: Context,
  filter: AuditFilter,
  format: string,
): AsyncGenerator<readonly AuditRecord[]> {
  await transact(context, async (tx) => {
    await requireAdministrator(tx, context);
    await audit(tx, context, exportAct(filter, format));
  });
  yield* pages(context, filter, () => requireAdministrator(context.db, context));
}

/** Like `exportAuditLog`, from the terminal of the server. */
export async function* printAuditLog(
  world: World,
  filter: AuditFilter,
  format: string,
): AsyncGenerator<readonly AuditRecord[]> {
  await transact(world, (tx) => audit(tx, world, exportAct(filter, format)));
  yield* pages(world, filter, async () => undefined);
}

async function* pages(
  { db }: World,
  filter: AuditFilter,
  allow: () => Promise<void>,
): AsyncGenerator<readonly AuditRecord[]> {
  let below: number | null = null;
  for (;;) {
    await allow();
    const seqs: number[] = await findAudit(db, filter, { below, limit: recordsAtOnce });
    if (seqs.length > 0) yield await readAudit(db, seqs);
    if (seqs.length < recordsAtOnce) return;
    below = seqs.at(-1)!;
  }
}

function exportAct(filter: AuditFilter, format: string): Act {
  return { kind: 'audit.exported', details: { format, ...filter } };
}

/** So long reading what was found is a part of having looked. */
const lookLasts = 10 * 60_000;
const looks = new WeakMap<World['hub'], Map<string, number>>();

function looksAt({ hub, now, actor }: Context): boolean {
  return (looks.get(hub)?.get(actor.principalId) ?? 0) > now().getTime() - lookLasts;
}

async function noteLook(context: Context, filter: AuditFilter): Promise<void> {
  const { hub, now, actor } = context;
  const all = looks.get(hub) ?? new Map<string, number>();
  looks.set(hub, all.set(actor.principalId, now().getTime()));
  await transact(context, (tx) =>
    auditOften(tx, context, actor.principalId, { kind: 'audit.searched', details: { ...filter } }),
  );
}

function idOf(seq: number): string {
  return `a${seq}`;
}

function seqOf(id: string): number | null {
  const [, digits] = /^a(\d{1,15})$/u.exec(id) ?? [];
  return digits === undefined ? null : Number(digits);
}
