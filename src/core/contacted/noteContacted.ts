import type { Transaction } from '../change/transaction.ts';

/** After so long a use counts half. */
const halfLifeMilliseconds = 30 * 24 * 3600 * 1000;

/** Scores are kept as whole numbers, which every database compares alike. */
const precision = 100_000;

/**
 * Counts that a person wrote to or shared with these addresses. Each use is worth 2^(its time in half-lives), and the
 * score is the logarithm of the sum: so all scores decay alike, their order stays valid at any later time, and nothing
 * has to be recomputed while nothing happens.
 */
export async function noteContacted(
  tx: Transaction,
  personId: string,
  addressKeys: readonly string[],
  at: Date,
): Promise<void> {
  if (addressKeys.length === 0) return;
  const { build } = tx;
  const mine = build.selectFrom('contacted').selectAll().where('principal_id', '=', personId);
  const known = await tx.all(mine.where('address_key', 'in', [...addressKeys]));
  const byKey = new Map(known.map((row) => [row.address_key, row]));
  for (const addressKey of new Set(addressKeys)) {
    const old = byKey.get(addressKey);
    const time = at.toISOString();
    const counted = {
      uses: (old?.uses ?? 0) + 1,
      last_used_at: old && old.last_used_at > time ? old.last_used_at : time,
      score: scoreWith(old?.score, at),
    };
    const row = { principal_id: personId, address_key: addressKey, ...counted };
    const insert = build.insertInto('contacted').values(row);
    await tx.run(
      insert.onConflict((conflict) => conflict.columns(['principal_id', 'address_key']).doUpdateSet(counted)),
    );
  }
}

/** log2(2^old + 2^now), without the large numbers. */
function scoreWith(old: number | undefined, at: Date): number {
  const now = at.getTime() / halfLifeMilliseconds;
  if (old === undefined) return Math.round(now * precision);
  const before = old / precision;
  const sum = Math.max(before, now) + Math.log2(1 + 2 ** -Math.abs(before - now));
  return Math.round(sum * precision);
}
