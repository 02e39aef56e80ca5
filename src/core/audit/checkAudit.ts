import type { Reader } from '../../db/database.ts';
import type { World } from '../context.ts';
import { createBreath } from '../../lib/breath.ts';
import { sealOf } from './chain.ts';

/** The result of checking the chain: whole, or where it is first broken. */
export type AuditCheck = {
  readonly records: number;
  /** The number and the hash of the last record: noted elsewhere, they prove that nothing was cut off since. */
  readonly head: { readonly seq: number; readonly hash: string };
  readonly broken: { readonly seq: number; readonly what: 'missing' | 'changed' | 'end' } | null;
};

/** The number and the hash of the last record. */
export async function readAuditHead({ db }: World): Promise<AuditCheck['head']> {
  return (await db.first(db.build.selectFrom('audit_head').select(['seq', 'hash'])))!;
}

const recordsAtOnce = 500;

/** Checks the hash chain of the audit log from the first record to the last. */
export async function checkAudit(world: { readonly db: Reader } & Parameters<typeof sealOf>[0]): Promise<AuditCheck> {
  const { db } = world;
  const head = (await db.first(db.build.selectFrom('audit_head').selectAll()))!;
  const end = { seq: head.seq, hash: head.hash };
  const breathe = createBreath(1);
  let [seq, hash, records] = [head.purged_seq, head.purged_hash, 0];
  const broken = (what: 'missing' | 'changed' | 'end') => ({ records, head: end, broken: { seq: seq + 1, what } });
  for (;;) {
    const page = db.build.selectFrom('audit_record').selectAll().where('seq', '>', seq).where('seq', '<=', head.seq);
    const rows = await db.all(page.orderBy('seq').limit(recordsAtOnce));
    for (const row of rows) {
      if (row.seq !== seq + 1) return broken('missing');
      if (row.hash !== sealOf(world, hash, row)) return broken('changed');
      [seq, hash, records] = [row.seq, row.hash, records + 1];
    }
    if (rows.length === 0) break;
    await breathe();
  }
  if (seq !== head.seq || hash !== head.hash) return broken('end');
  return { records, head: end, broken: null };
}
