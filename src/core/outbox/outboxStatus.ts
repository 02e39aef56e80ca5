import { sql } from 'kysely';
import type { World } from '../context.ts';

/** How the mails are that have not left. */
export type OutboxStatus = {
  readonly waiting: number;
  /** Of those that wait: they failed before. */
  readonly retried: number;
  readonly givenUp: number;
  /** Since when the oldest waits; null: none does. */
  readonly oldest: string | null;
};

/** Counts what waits; sent mails are gone, so that there is little to count. */
export async function outboxStatus({ db }: World): Promise<OutboxStatus> {
  const row = await db.first(
    sql<OutboxStatus>`
      SELECT count(CASE WHEN given_up_at IS NULL THEN 1 END) AS waiting,
        count(CASE WHEN given_up_at IS NULL AND last_error IS NOT NULL THEN 1 END) AS retried,
        count(given_up_at) AS "givenUp",
        min(CASE WHEN given_up_at IS NULL THEN created_at END) AS oldest
      FROM outbox`.compile(db.build),
  );
  return row ?? { waiting: 0, retried: 0, givenUp: 0, oldest: null };
}
