import type { SentMailboxRow } from '../../db/schema.ts';
import { MailboxError } from '../../lib/mail/mailboxError.ts';
import type { MailboxProblem } from '../../lib/mail/mailboxError.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { collectFor } from './collectRecipients.ts';
import { mailAccess, sealedFor } from './sentMailbox.ts';
import type { MailboxPosition, MailboxSecret } from './sentMailboxReader.ts';

const everyMinutes = 5;
const longestWaitMinutes = 12 * 60;
const atOnce = 4;
const inOneRun = 100;
const mostPages = 20;

/**
 * Reads the mailboxes that are due, a few at a time; failures are recorded, and retried after longer and longer waits.
 */
export async function readSentMailboxes(world: World): Promise<void> {
  if (!world.sentMail) return;
  const { db } = world;
  const due = db.build
    .selectFrom('sent_mailbox')
    .innerJoin('principal', 'principal.id', 'sent_mailbox.principal_id')
    .selectAll('sent_mailbox')
    .where('next_read_at', '<=', world.now().toISOString())
    .where('principal.is_active', '=', 1)
    .orderBy('next_read_at')
    .limit(inOneRun);
  const waiting = await db.all(due);
  const next = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) await readOne(world, row);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

async function readOne(world: World, row: SentMailboxRow): Promise<void> {
  let position: MailboxPosition | null =
    row.uid_validity === null ? null : { uidValidity: row.uid_validity, lastUid: row.last_uid };
  try {
    position = await readPages(world, row, position);
    await note(world, row, { position, problem: null });
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    await note(world, row, { position, problem: error.problem });
  }
}

async function readPages(
  world: World,
  row: SentMailboxRow,
  from: MailboxPosition | null,
): Promise<MailboxPosition | null> {
  const { reader } = mailAccess(world);
  const { principal_id: personId, host, port, username, mailbox } = row;
  const access = { host, port, username, ...(await secretOf(world, row)) };
  let position = from;
  for (let page = 0; page < mostPages; page++) {
    const { messages, position: reached, hasMore } = await reader.read(access, mailbox, position);
    for (const message of messages) await collectFor(world, personId, withoutAuthor(message));
    position = reached;
    if (!hasMore) break;
  }
  return position;
}

/** The password, or a token for this moment; a refresh token that the provider changes is kept at once. */
async function secretOf(world: World, row: SentMailboxRow): Promise<MailboxSecret> {
  const { seal, provider } = mailAccess(world);
  const belongsTo = sealedFor(row.principal_id, row);
  const secret = openPassword(() => seal.open(row.sealed_password, belongsTo));
  if (row.auth === 'password') return { password: secret };
  if (!provider || provider.host !== row.host) throw new MailboxError('loginRefused');
  const { accessToken, refreshToken } = await provider.refresh(secret);
  if (refreshToken !== undefined && refreshToken !== secret) {
    const sealed = seal.close(refreshToken, belongsTo);
    await transact(world, async (tx) => {
      const update = tx.build.updateTable('sent_mailbox').set({ sealed_password: sealed });
      await tx.run(
        update.where('principal_id', '=', row.principal_id).where('sealed_password', '=', row.sealed_password),
      );
    });
    row.sealed_password = sealed;
  }
  return { accessToken };
}

/** What was sealed with a key that is gone can only be typed again. */
function openPassword(open: () => string): string {
  try {
    return open();
  } catch (cause) {
    throw new MailboxError('loginRefused', { cause });
  }
}

type Message = Parameters<typeof collectFor>[2] & { readonly author: string | null };

/** One's own address at that provider is known to nobody but the message. */
function withoutAuthor(message: Message): Message {
  const own = message.author?.toLowerCase();
  return { ...message, recipients: message.recipients.filter(({ address }) => address.toLowerCase() !== own) };
}

type Result = { readonly position: MailboxPosition | null; readonly problem: MailboxProblem | null };

async function note(world: World, row: SentMailboxRow, { position, problem }: Result): Promise<void> {
  const failures = problem === null ? 0 : row.failures + 1;
  // A refused password tried again and again locks accounts.
  const first = problem === 'loginRefused' ? 60 : everyMinutes;
  const minutes = problem === null ? everyMinutes : Math.min(first * 2 ** (failures - 1), longestWaitMinutes);
  const now = world.now();
  await transact(world, async (tx) => {
    const update = tx.build
      .updateTable('sent_mailbox')
      .set({
        uid_validity: position?.uidValidity ?? null,
        last_uid: position?.lastUid ?? 0,
        last_error: problem,
        failures,
        next_read_at: new Date(now.getTime() + minutes * 60_000).toISOString(),
        ...(problem === null ? { last_read_at: now.toISOString() } : {}),
      })
      .where('principal_id', '=', row.principal_id)
      // Not where the person has named another mailbox meanwhile.
      .where('sealed_password', '=', row.sealed_password);
    const found = await tx.run(update);
    // Every five minutes would be noise: only what a person would want to see.
    if (found === 0 || (row.last_error === problem && row.last_read_at !== null)) return;
    tx.changed({ accountId: row.principal_id, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}
