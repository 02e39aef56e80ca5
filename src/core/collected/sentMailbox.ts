import { AppError, invalid } from '../../errors.ts';
import { MailboxError, mailboxProblems } from '../../lib/mail/mailboxError.ts';
import type { MailboxProblem } from '../../lib/mail/mailboxError.ts';
import { transact, within } from '../change/transact.ts';
import type { Actor } from '../actor.ts';
import type { Context, World } from '../context.ts';
import { requireUnlimited, requireWhole } from '../scope.ts';
import type { MailboxAccess, SentMail } from './sentMailboxReader.ts';

/** A person's folder of sent mail elsewhere, as they see it: the password never comes back. */
export type SentMailbox = {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly mailbox: string;
  /** `oauth`: by a consent at the provider, without a password. */
  readonly auth: 'password' | 'oauth';
  readonly lastReadAt: string | null;
  readonly problem: MailboxProblem | null;
};

/** What a person says of it; without a password the one that is kept holds on, as long as server and name are the same. */
export type WantedSentMailbox = Pick<SentMailbox, 'host' | 'port' | 'username' | 'mailbox'> & {
  readonly password?: string | undefined;
};

/** The mailbox that the person has named. */
export async function getSentMailbox(context: Context): Promise<SentMailbox | null> {
  requireWhole(context);
  const { db, actor } = context;
  const rows = db.build.selectFrom('sent_mailbox').selectAll().where('principal_id', '=', actor.principalId);
  const row = await db.first(rows);
  if (!row) return null;
  const { host, port, username, mailbox, auth, last_read_at: lastReadAt, last_error: error } = row;
  return { host, port, username, mailbox, auth, lastReadAt, problem: problemNamed(error) };
}

function problemNamed(error: string | null): MailboxProblem | null {
  return error === null ? null : (mailboxProblems.find((problem) => problem === error) ?? 'failed');
}

/** Names another mailbox, or none: then its password is gone. Errors: `invalid` sentMailbox, `unavailable`. */
export async function setSentMailbox(context: Context, wanted: WantedSentMailbox | null): Promise<void> {
  const { principalId } = context.actor;
  await transact(context, async (tx) => {
    const mine = tx.build.deleteFrom('sent_mailbox').where('principal_id', '=', principalId);
    if (wanted === null) {
      await tx.run(mine);
    } else {
      const { host, port, username, password } = await accessOf(within(context, tx), wanted);
      const row = {
        host,
        port,
        username,
        sealed_password: mailAccess(context).seal.close(password, sealedFor(principalId, { host, port, username })),
        mailbox: readMailboxName(wanted.mailbox),
        auth: 'password' as const,
        uid_validity: null,
        last_uid: 0,
        last_read_at: null,
        last_error: null,
        failures: 0,
        next_read_at: context.now().toISOString(),
      };
      const insert = tx.build.insertInto('sent_mailbox').values({ principal_id: principalId, ...row });
      await tx.run(insert.onConflict((conflict) => conflict.column('principal_id').doUpdateSet(row)));
    }
    tx.changed({ accountId: principalId, type: 'Preferences', id: 'singleton', kind: 'updated' });
  });
}

/** Tries a mailbox as the person has typed it: which folders there are, and which one holds the sent mail. */
export async function testSentMailbox(
  context: Context,
  wanted: WantedSentMailbox,
): Promise<{ mailboxes: readonly string[]; sent: string | null; problem: MailboxProblem | null }> {
  requireUnlimited(context);
  const access = await accessOf(context, wanted);
  try {
    const found = await mailAccess(context).reader.probe(access);
    return { ...found, problem: null };
  } catch (error) {
    if (error instanceof MailboxError) return { mailboxes: [], sent: null, problem: error.problem };
    throw error;
  }
}

/** What reading mailboxes takes; absent where nobody may name one. */
export function mailAccess(world: World & { readonly actor?: Actor }): SentMail {
  // Guests own nothing here into which anybody could be collected.
  if (!world.sentMail || world.actor?.isGuest) throw new AppError('unavailable', 'Mailboxes are not read here');
  return world.sentMail;
}

/** A sealed password belongs to this person, this server and this name: it opens for no other. */
export function sealedFor(
  personId: string,
  { host, port, username }: Pick<MailboxAccess, 'host' | 'port' | 'username'>,
): string {
  return JSON.stringify([personId, host, port, username]);
}

async function accessOf(
  context: Context,
  wanted: WantedSentMailbox,
): Promise<MailboxAccess & { readonly password: string }> {
  const { db, actor } = context;
  const host = readHost(wanted.host);
  const { port, username } = wanted;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong('The port is a number up to 65535');
  if (username.trim() === '' || username.length > 300 || /\p{Cc}/u.test(username)) throw wrong('The name is missing');
  if (wanted.password !== undefined && wanted.password !== '') {
    if (wanted.password.length > 4_000 || /\p{Cc}/u.test(wanted.password)) throw wrong('This is not a password');
    return { host, port, username, password: wanted.password };
  }
  const rows = db.build.selectFrom('sent_mailbox').selectAll().where('principal_id', '=', actor.principalId);
  const kept = await db.first(rows);
  // Never to another server: whoever sits at an open session must not carry the password away.
  const isSame = kept?.host === host && kept.port === port && kept.username === username;
  if (!isSame || kept.auth !== 'password') throw wrong('The password is missing');
  const password = mailAccess(context).seal.open(kept.sealed_password, sealedFor(actor.principalId, kept));
  return { host, port, username, password };
}

function readHost(text: string): string {
  const host = text.trim().toLowerCase();
  if (/^[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$/u.test(host)) return host;
  throw wrong('This is not the name of a server');
}

function readMailboxName(name: string): string {
  if (name !== '' && name.length <= 500 && !/\p{Cc}/u.test(name)) return name;
  throw wrong('This is not the name of a folder');
}

function wrong(message: string): AppError {
  return invalid('sentMailbox', message);
}
