import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { createThrottle, waitAfter } from '../lib/throttle.ts';
import type { Patience, Throttle } from '../lib/throttle.ts';
import type { World } from './context.ts';

type Counting = Pick<World, 'now'> & { readonly db: Pick<Database, 'build' | 'single'> };

/**
 * A throttle with this name. If several nodes share the database, they count together: each attempt is one statement
 * that counts and decides, so that simultaneous attempts on different nodes cannot slip through either.
 */
export function openThrottle({ db, now }: Counting, name: string, patience: Patience): Throttle {
  const { single, build } = db;
  if (!single) return createThrottle(patience, now);
  const time = () => now().getTime() / 1000;
  // Nobody's address or name stands in the table.
  const keyOf = (key: string) => hash('sha256', `${name}\0${key}`, 'base64url');
  const { free, firstWait, longestWait, memory } = patience;
  const wait = sql.raw(`least(${longestWait}, ${firstWait} * power(2, least(throttle.failures - ${free} - 1, 30)))`);

  async function waitFor(key: string): Promise<number> {
    const at = time();
    const found = await single!(
      sql<{ failures: number; last_at: number }>`
        SELECT failures, last_at FROM throttle WHERE key = ${keyOf(key)} AND forgotten_at >= ${at}`.compile(build),
    );
    if (!found) return 0;
    const seconds = waitAfter(found.failures, patience);
    return seconds === 0 ? 0 : Math.max(0, Math.ceil(found.last_at + seconds - at));
  }

  return {
    waitFor,
    async begin(key) {
      const at = time();
      const counted = await single(
        sql<{ failures: number }>`
          INSERT INTO throttle (key, failures, last_at, forgotten_at) VALUES (${keyOf(key)}, 1, ${at}, ${at + memory})
          ON CONFLICT (key) DO UPDATE SET
            failures = CASE WHEN throttle.forgotten_at < excluded.last_at THEN 1 ELSE throttle.failures + 1 END,
            last_at = greatest(throttle.last_at, excluded.last_at), forgotten_at = excluded.forgotten_at
          WHERE throttle.forgotten_at < excluded.last_at OR throttle.failures <= ${sql.lit(free)}
            OR throttle.last_at + ${wait} <= excluded.last_at
          RETURNING failures`.compile(build),
      );
      // Whoever came in between may have been forgiven since: then a second is enough.
      return counted ? 0 : Math.max(1, await waitFor(key));
    },
    async uncount(key) {
      await single(
        sql`UPDATE throttle SET failures = failures - 1 WHERE key = ${keyOf(key)} AND failures > 0`.compile(build),
      );
    },
    async forget(key) {
      await single(sql`DELETE FROM throttle WHERE key = ${keyOf(key)}`.compile(build));
    },
  };
}

/** Deletes counters that have expired. */
export async function purgeThrottles({ db, now }: World): Promise<void> {
  await db.single?.(sql`DELETE FROM throttle WHERE forgotten_at < ${now().getTime() / 1000}`.compile(db.build));
}
