import type { OutboxRow } from '../../db/schema.ts';
import type { OutgoingMail } from '../../format/mail/outgoingMail.ts';
import type { World } from '../context.ts';
import type { Mailer } from './mailer.ts';

/** After so many failures (about two days) a mail is given up and kept, with its error, for the administrator. */
export const maxAttempts = 16;

const minute = 60_000;
/** A mail that is being sent is nobody else's for this long; after a crash it is due again. */
const lease = 10 * minute;
const longestPause = 6 * 60 * minute;
const never = '9999-12-31T23:59:59.999Z';

/**
 * Sends the mails that are due; the number that left. Each is first taken out of the reach of others, so that two
 * runs at once never send the same; after a crash it is sent again under the same Message-ID.
 */
export async function deliverMail(
  world: World,
  mailer: Mailer,
  { log, signal }: { log?: (line: string) => void; signal?: AbortSignal } = {},
): Promise<number> {
  let sent = 0;
  while (!signal?.aborted) {
    const row = await takeDue(world);
    if (!row) break;
    const error = await trySending(mailer, row);
    if (error === null) {
      await forget(world, row);
      sent++;
      continue;
    }
    const report = await postpone(world, row, error);
    log?.(report);
  }
  return sent;
}

async function takeDue(world: World): Promise<OutboxRow | undefined> {
  const now = world.now();
  const due = world.db.build
    .selectFrom('outbox')
    .selectAll()
    .where('next_attempt_at', '<=', now.toISOString())
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(1);
  // Most often there is none, and reading does not wait for the one writer.
  if (!(await world.db.first(due))) return undefined;
  return world.db.transaction(async (tx) => {
    const row = await tx.first(due);
    if (!row) return undefined;
    const taken = { attempts: row.attempts + 1, next_attempt_at: new Date(now.getTime() + lease).toISOString() };
    await tx.run(tx.build.updateTable('outbox').set(taken).where('id', '=', row.id));
    return { ...row, ...taken };
  });
}

async function trySending(mailer: Mailer, row: OutboxRow): Promise<unknown> {
  try {
    await mailer.send(JSON.parse(row.message) as OutgoingMail);
    return null;
  } catch (error) {
    return error ?? new Error('unknown');
  }
}

async function forget(world: World, row: OutboxRow): Promise<void> {
  await world.db.transaction((tx) => tx.run(tx.build.deleteFrom('outbox').where('id', '=', row.id)));
}

/** The next attempt, later each time; what to say of it. */
async function postpone(world: World, row: OutboxRow, error: unknown): Promise<string> {
  const isLast = row.attempts >= maxAttempts || isPermanent(error);
  const reason = withoutAddresses(error instanceof Error ? error.message : String(error));
  const pause = Math.min(minute * 2 ** (row.attempts - 1), longestPause);
  await world.db.transaction((tx) =>
    tx.run(
      tx.build
        .updateTable('outbox')
        .set({
          last_error: reason,
          next_attempt_at: isLast ? never : new Date(world.now().getTime() + pause).toISOString(),
        })
        .where('id', '=', row.id),
    ),
  );
  return `Mail ${row.id}: attempt ${row.attempts} failed${isLast ? ', given up' : ''}: ${reason}`;
}

function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'isPermanent' in error && error.isPermanent === true;
}

/** Servers like to repeat the address in their answer; who writes to whom is nobody's business in a log. */
function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>"'(]+@[^\s<>"',;)]+/g, '<address>')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
}
