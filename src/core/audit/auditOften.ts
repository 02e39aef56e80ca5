import type { Writer } from '../../db/database.ts';
import type { AuditTallyRow } from '../../db/rows/auditRows.ts';
import { auditKindOf } from '../../format/audit/auditKinds.ts';
import type { World } from '../context.ts';
import { audit } from './audit.ts';
import type { Act, Doer } from './audit.ts';

/** Of one kind so many records a day are written, whoever causes them: nobody fills the disk by failing to sign in. */
const mostDaily = 5000;
const daysAtOnce = 200;

/**
 * Records something that happens often: the first records of the day for this subject are written (see `auditKinds`),
 * later ones are counted, and summed up in one record when the day has ended.
 */
export async function auditOften(tx: Writer, doer: Doer, subject: string, act: Act): Promise<void> {
  const { daily = mostDaily } = auditKindOf(act.kind);
  const all = await count(tx, doer, { subject: '', act });
  // Beyond that all subjects are one.
  const crowded = all > mostDaily;
  const times = await count(tx, doer, { subject: crowded ? '…' : subject, act });
  if (times <= daily && !crowded) await audit(tx, doer, act);
}

async function count(
  tx: Writer,
  doer: Doer,
  { subject, act }: { readonly subject: string; readonly act: Act },
): Promise<number> {
  const at = doer.now().toISOString();
  const row = { day: at.slice(0, 10), kind: act.kind, subject, times: 1, first_at: at, last_at: at };
  const kept = JSON.stringify({
    act,
    way: doer.askedBy ?? doer.way,
    actorId: doer.actor?.principalId ?? null,
  } satisfies Kept);
  const counted = await tx.first(
    tx.build
      .insertInto('audit_tally')
      .values({ ...row, act: kept })
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'kind', 'subject'])
          .doUpdateSet((set) => ({ times: set('audit_tally.times', '+', 1), last_at: at })),
      )
      .returning('times'),
  );
  return counted!.times;
}

type Kept = { readonly act: Act; readonly way: Doer['way']; readonly actorId: string | null };

/** Writes the sums of days that have ended, and deletes their counters. Returns the number of records written. */
export async function closeAuditDays(world: World): Promise<number> {
  const today = world.now().toISOString().slice(0, 10);
  return world.db.transaction(async (tx) => {
    const { build } = tx;
    const ended = build.selectFrom('audit_tally').selectAll().where('day', '<', today);
    const tallies = await tx.all(ended.orderBy('day').orderBy('kind').orderBy('subject').limit(daysAtOnce));
    let told = 0;
    for (const tally of tallies) {
      if (await tell(tx, world, tally)) told += 1;
      const one = build.deleteFrom('audit_tally').where('day', '=', tally.day).where('kind', '=', tally.kind);
      await tx.run(one.where('subject', '=', tally.subject));
    }
    return told;
  });
}

/** What was told one by one needs no sum. */
async function tell(tx: Writer, world: World, tally: AuditTallyRow): Promise<boolean> {
  const { subject, times, first_at: firstAt, last_at: lastAt } = tally;
  const { daily = mostDaily, isUncounted } = auditKindOf(tally.kind);
  const isSum = subject === '…' || (subject !== '' && times > daily);
  if (!isSum || isUncounted) return false;
  const { act, way, actorId } = JSON.parse(tally.act) as Kept;
  const { object: _object, actorId: _actor, address: _address, ...anybody } = act;
  const said: Act = subject === '…' ? { ...anybody, actorId: null } : { actorId, ...act };
  const doer: Doer = way === undefined ? world : { ...world, way };
  await audit(tx, doer, { ...said, details: { ...act.details, times, firstAt, lastAt } });
  return true;
}
