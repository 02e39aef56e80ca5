import { sql } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { spelled } from '../../db/dialect.ts';
import type { OutboxRow } from '../../db/schema.ts';
import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';
import { MailFailure } from '../../lib/mail/mailFailure.ts';
import type { MailFailureReason } from '../../lib/mail/mailFailure.ts';
import type { World } from '../context.ts';
import { isFree } from '../program/heartbeat.ts';
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

/** The result of a run; `isAway`: the mail server cannot be used now, and the rest waits. */
export type Delivery = { readonly sent: number; readonly isAway: boolean };

/** Options of a run. */
export type DeliveryOptions = {
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** From 0 to 1: tests know what comes. */
  readonly chance?: () => number;
};

type Outcome = { readonly row: OutboxRow; readonly failure: MailFailure | null };

/**
 * Sends the mails that are due, several at once, but to each recipient in the order in which they were queued. Each is
 * first reserved, so that two simultaneous runs, on one node or on several, never send the same mail. What a node was
 * sending when it died is sent again by another, under the same Message-ID.
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
      const failure = await trySending(mailer, row);
      outcome = { row, failure };
      if (!failure) run.sent++;
      // One mail can bring a connection down; two after one another, and it is not the mail.
      run.awayInARow = failure?.reason === 'away' ? run.awayInARow + 1 : 0;
      if (failure) log?.(report(world, row, failure));
    }
  };
  // All of them, also where one fails: nothing is under way any more after it.
  const ends = await Promise.allSettled(Array.from({ length: mailer.atOnce ?? 1 }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
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
  if (!outcome && (!mayTake || !(await world.db.first(dueMail(world.db, world))))) return undefined;
  return world.db.transaction(async (tx) => {
    if (outcome) await settle(tx, outcome, { world, now, chance });
    const row = mayTake ? await tx.first(dueMail(tx, world).modifyEnd(passingOver)) : undefined;
    if (!row) return undefined;
    const taken = { attempts: row.attempts + 1, program_id: world.db.programId };
    await tx.run(tx.build.updateTable('outbox').set(taken).where('id', '=', row.id));
    return { ...row, ...taken };
  });
}

/** Whoever looks while another program takes one goes on to the next, rather than wait for it and begin anew. */
const passingOver = sql`${spelled({ sqlite: sql``, postgres: sql`FOR UPDATE OF outbox SKIP LOCKED` })}`;

/** The mail that waits longest among those that nobody sends, and before which their recipient has no other. */
function dueMail({ build }: Pick<Writer, 'build'>, world: World) {
  return build
    .selectFrom('outbox')
    .selectAll()
    .where('given_up_at', 'is', null)
    .where('next_attempt_at', '<=', world.now().toISOString())
    .where(isFree(world, 'outbox.program_id'))
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

async function trySending(mailer: Mailer, row: OutboxRow): Promise<MailFailure | null> {
  try {
    await mailer.send(JSON.parse(row.message) as OutgoingMail);
    return null;
  } catch (error) {
    if (error instanceof MailFailure) return error;
    return new MailFailure('deferred', error instanceof Error ? error.message : String(error));
  }
}

async function settle(
  tx: Writer,
  { row, failure }: Outcome,
  { world, now, chance }: { world: World; now: Date; chance: () => number },
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
    program_id: null,
  };
  // Not where another has it meanwhile, because this one was taken for ended.
  const own = build.updateTable('outbox').set(change).where('program_id', '=', world.db.programId);
  await tx.run(own.where('id', '=', row.id));
}

/** Releases the mails that this node had reserved, when a run broke off and it is not known what came of it. */
export async function giveMailBack({ db }: World): Promise<void> {
  await db.transaction((tx) =>
    tx.run(tx.build.updateTable('outbox').set({ program_id: null }).where('program_id', '=', db.programId)),
  );
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
    .slice(0, 2_000)
    .replace(/[^\s<>"'(]+@[^\s<>"',;)]+/g, '<address>')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
}
