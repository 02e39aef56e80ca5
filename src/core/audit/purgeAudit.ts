import type { World } from '../context.ts';
import { audit } from './audit.ts';
import { termsOf } from './terms.ts';

const day = 86_400_000;
const standardDays = 365;
const purgedAtOnce = 500;
/** After that many portions others come first; the rest goes the next time. */
const mostPortions = 20;

/**
 * Deletes records that are older than the log is kept; the chain remembers where it now begins. Returns their number.
 */
export async function purgeAudit(world: World): Promise<number> {
  let purged = 0;
  for (let portion = 0; portion < mostPortions; portion++) {
    const some = await purgeSome(world);
    purged += some;
    if (some < purgedAtOnce) break;
  }
  return purged;
}

function purgeSome(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - (world.settings.auditDays ?? standardDays) * day).toISOString();
  return world.db.transaction(async (tx) => {
    const { build } = tx;
    const old = await tx.all(
      build.selectFrom('audit_record').selectAll().where('at', '<', before).orderBy('seq').limit(purgedAtOnce),
    );
    const last = old.at(-1);
    if (!last) return 0;
    for (const row of old)
      await tx.run(build.deleteFrom('audit_term').where('term', 'in', termsOf(row)).where('seq', '=', row.seq));
    await tx.run(build.deleteFrom('audit_record').where('seq', '<=', last.seq));
    const purged = { purged_seq: last.seq, purged_hash: last.hash };
    await tx.run(build.updateTable('audit_head').set(purged).where('id', '=', 1));
    await audit(tx, { ...world, way: 'system' }, { kind: 'audit.purged', details: { records: old.length } });
    return old.length;
  });
}
