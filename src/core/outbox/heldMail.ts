import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';
import type { OutboxRow } from '../../db/schema.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';

/** A mail that has not left. */
export type HeldMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly kind: string;
  readonly queuedAt: string;
  /** Whose act queued it. */
  readonly queuedBy: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  /** null: it was given up, and waits for an administrator. */
  readonly nextAttemptAt: string | null;
};

const keptFor = 30 * 86_400_000;
const atOnce = 500;

/** The mails that failed at least once, given up or still tried; oldest first, at most 500. */
export async function listHeldMail(world: World): Promise<HeldMail[]> {
  const rows = await world.db.all(
    world.db.build
      .selectFrom('outbox')
      .selectAll()
      .where('last_error', 'is not', null)
      .orderBy('position')
      .limit(atOnce),
  );
  return rows.map(viewOf);
}

/** Tries a mail again now, with all patience; without an id all that were given up. Returns how many. */
export async function retryMail(world: World, id: string | null): Promise<number> {
  const now = world.now().toISOString();
  return transact(world, async (tx) => {
    const again = tx.build
      .updateTable('outbox')
      .set({ given_up_at: null, attempts: 0, next_attempt_at: now, wanted_since: now });
    const mails = await tx.run(id === null ? again.where('given_up_at', 'is not', null) : again.where('id', '=', id));
    if (mails > 0) await audit(tx, world, { kind: 'mail.retried', details: { mails } });
    return mails;
  });
}

/** Throws a mail away; without an id all that were given up. Returns how many. */
export async function dropMail(world: World, id: string | null): Promise<number> {
  return transact(world, async (tx) => {
    const drop = tx.build.deleteFrom('outbox');
    const mails = await tx.run(id === null ? drop.where('given_up_at', 'is not', null) : drop.where('id', '=', id));
    if (mails > 0) await audit(tx, world, { kind: 'mail.dropped', details: { mails } });
    return mails;
  });
}

/** Forgets what was given up long ago; the number of mails. */
export async function purgeMail(world: World): Promise<number> {
  const old = new Date(world.now().getTime() - keptFor).toISOString();
  return world.db.transaction((tx) => tx.run(tx.build.deleteFrom('outbox').where('given_up_at', '<', old)));
}

function viewOf(row: OutboxRow): HeldMail {
  const { to, subject } = JSON.parse(row.message) as OutgoingMail;
  return {
    id: row.id,
    to: to.address,
    subject,
    kind: row.kind,
    queuedAt: row.created_at,
    queuedBy: row.queued_by,
    attempts: row.attempts,
    lastError: row.last_error,
    nextAttemptAt: row.given_up_at === null ? row.next_attempt_at : null,
  };
}
