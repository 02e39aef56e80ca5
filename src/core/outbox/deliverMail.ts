import type { Writer } from '../../db/database.ts';
import type { OutboxRow } from '../../db/schema.ts';
import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';
import { MailFailure } from '../../lib/mail/mailFailure.ts';
import type { MailFailureReason } from '../../lib/mail/mailFailure.ts';
import type { World } from '../context.ts';
import type { Mailer } from './mailer.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How a failure is dealt with: the first pause, the longest, and after what time the mail is given up. */
const patience: Readonly<Record<MailFailureReason, { first: number; longest: number; total: number }>> = {
  refused: { first: 0, longest: 0, total: 0 },
  deferred: { first: minute, longest: 2 * hour, total: 24 * hour },
  // It is the administrator's to mend, and says nothing about the mail: RFC 5321 §4.5.4.1.
  away: { first: 30 * second, longest: 5 * minute, total: 5 * 24 * hour },
};

/** A mail that is being sent is nobody else's for so long; whoever still sends it says so in time. */
export const lease = 2 * minute;

/** What came of a run; `isAway`: the mail server cannot be used now, the rest waits. */
export type Delivery = { readonly sent: number; readonly isAway: boolean };

/** What a run may be told. */
export type DeliveryOptions = {
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** From 0 to 1: tests know what comes. */
  readonly chance?: () => number;
};

type Outcome = { readonly row: OutboxRow; readonly failure: MailFailure | null };

/**
 * Sends the mails that are due, several at once, to each recipient in the order in which they were queued. Each is first
 * taken out of the reach of others, so that two runs at once never send the same; after a crash it is sent again under
 * the same Message-ID.
 */
export async function deliverMail(world: World, mailer: Mailer, options: DeliveryOptions = {}): Promise<Delivery> {
  const { log, signal, chance = Math.random } = options;
  const run = { sent: 0, awayInARow: 0 };
  const isOver = () => signal?.aborted === true || run.awayInARow > 1;
  const work = async () => {
    let outcome: Outcome | null = null;
    for (;;) {
      const row = await settleAndTake(world, outcome, { chance, mayTake: !isOver() });
      if (!row) return;
      const failure = await trySending(world, mailer, row);
      outcome = { row, failure };
      if (!failure) run.sent++;
      // One mail can bring a connection down; two after one another, and it is not the mail.
      run.awayInARow = failure?.reason === 'away' ? run.awayInARow + 1 : 0;
      if (failure) log?.(report(world, row, failure));
    }
  };
  await Promise.all(Array.from({ length: mailer.atOnce ?? 1 }, work));
  return { sent: run.sent, isAway: run.awayInARow > 0 };
}

/** One commit for what came of a mail and for taking the next. */
async function settleAndTake(
  world: World,
  outcome: Outcome | null,
  { chance, mayTake }: { chance: () => number; mayTake: boolean },
): Promise<OutboxRow | undefined> {
  const now = world.now();
  // Most often there is none, and reading does not wait for the one writer.
  if (!outcome && (!mayTake || !(await world.db.first(dueMail(world.db, now))))) return undefined;
  return world.db.transaction(async (tx) => {
    if (outcome) await settle(tx, outcome, { now, chance });
    const row = mayTake ? await tx.first(dueMail(tx, now)) : undefined;
    if (!row) return undefined;
    const taken = { attempts: row.attempts + 1, next_attempt_at: new Date(now.getTime() + lease).toISOString() };
    await tx.run(tx.build.updateTable('outbox').set(taken).where('id', '=', row.id));
    return { ...row, ...taken };
  });
}

/** The mail that waits longest among those before which their recipient has no other. */
function dueMail({ build }: Pick<Writer, 'build'>, now: Date) {
  return build
    .selectFrom('outbox')
    .selectAll()
    .where('given_up_at', 'is', null)
    .where('next_attempt_at', '<=', now.toISOString())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as earlier')
            .select('earlier.id')
            .whereRef('earlier.recipient', '=', 'outbox.recipient')
            .whereRef('earlier.position', '<', 'outbox.position')
            .where('earlier.given_up_at', 'is', null),
        ),
      ),
    )
    .orderBy('next_attempt_at')
    .orderBy('position')
    .limit(1);
}

async function trySending(world: World, mailer: Mailer, row: OutboxRow): Promise<MailFailure | null> {
  const renew = async () => {
    const until = new Date(world.now().getTime() + lease).toISOString();
    await world.db.transaction((tx) =>
      tx.run(tx.build.updateTable('outbox').set({ next_attempt_at: until }).where('id', '=', row.id)),
    );
  };
  // A slow server may think for ten minutes before it answers (RFC 5321 §4.5.3.2.6).
  const renewing = setInterval(() => void renew().catch(() => undefined), lease / 3).unref();
  try {
    await mailer.send(JSON.parse(row.message) as OutgoingMail);
    return null;
  } catch (error) {
    if (error instanceof MailFailure) return error;
    return new MailFailure('deferred', error instanceof Error ? error.message : String(error));
  } finally {
    clearInterval(renewing);
  }
}

async function settle(
  tx: Writer,
  { row, failure }: Outcome,
  { now, chance }: { now: Date; chance: () => number },
): Promise<void> {
  const { build } = tx;
  if (!failure) {
    await tx.run(build.deleteFrom('outbox').where('id', '=', row.id));
    return;
  }
  const change = {
    last_error: reasonOf(failure),
    next_attempt_at: new Date(now.getTime() + pauseOf(row, failure, chance)).toISOString(),
    given_up_at: isLast(row, failure, now) ? now.toISOString() : null,
  };
  await tx.run(build.updateTable('outbox').set(change).where('id', '=', row.id));
}

/** Twice as long each time, and a quarter more or less, so that what failed together does not come back together. */
function pauseOf(row: OutboxRow, { reason }: MailFailure, chance: () => number): number {
  const { first, longest } = patience[reason];
  return Math.round(Math.min(first * 2 ** (row.attempts - 1), longest) * (0.75 + chance() / 2));
}

function isLast(row: OutboxRow, { reason }: MailFailure, now: Date): boolean {
  return now.getTime() - Date.parse(row.wanted_since) >= patience[reason].total;
}

function report(world: World, row: OutboxRow, failure: MailFailure): string {
  const end = isLast(row, failure, world.now()) ? ', given up' : '';
  return `Mail ${row.id}: attempt ${row.attempts} failed${end}: ${reasonOf(failure)}`;
}

/** Servers like to repeat the address in their answer; who writes to whom is nobody's business in a log. */
function reasonOf({ message }: MailFailure): string {
  return message
    .replace(/[^\s<>"'(]+@[^\s<>"',;)]+/g, '<address>')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
}
