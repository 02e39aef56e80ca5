import { hostname } from 'node:os';
import { sql } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { oneLine } from '../../format/mail/oneLine.ts';
import type { Mailbox, MailText, OutgoingMail } from '../../format/mail/outgoingMail.ts';
import { hashSecret, newId, newSecret } from '../../lib/ids.ts';
import type { World } from '../context.ts';

/** A mail from one person to another, without its envelope. */
export type Letter = MailText & {
  readonly sender: { readonly name: string; readonly email: string | null };
  readonly to: Mailbox;
  /** What the mail is about: mails to one recipient about the same stand together in mail programs. */
  readonly thread?: string;
  /** The mail that begins its thread. */
  readonly isFirst?: boolean;
  /** With one POST this address ends mails of this kind for the recipient (RFC 8058). */
  readonly unsubscribeUrl?: string | null;
};

/** What the outbox remembers about a mail: what it is about, and whose act it reports. */
export type MailOrigin = { readonly kind: string; readonly queuedBy: string | null };

/**
 * A mail from one person to another. It is sent from the organisation's own address with the person's name, and replies
 * go to the person: docs/decisions/013-mail-out.md.
 */
export function outgoingMail(world: World, letter: Letter): OutgoingMail {
  const { sender, to, subject, text, html, unsubscribeUrl = null } = letter;
  const from = world.settings.mailFrom;
  const domain = from.split('@')[1] ?? hostname();
  const thread = letter.thread === undefined ? null : threadId(letter.thread, to.address, domain);
  const messageId = thread !== null && letter.isFirst === true ? thread : `<${newSecret().slice(0, 24)}@${domain}>`;
  return {
    from: { name: oneLine(`${sender.name} (${world.settings.organisation})`), address: from },
    replyTo: sender.email ? { name: oneLine(sender.name), address: oneLine(sender.email) } : null,
    to: { name: oneLine(to.name), address: oneLine(to.address) },
    subject: oneLine(subject, 250),
    text,
    html,
    messageId,
    date: world.now().toISOString(),
    headers: {
      // RFC 3834 §5: no vacation notice comes back; Exchange does not know it and has its own.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      // RFC 2919; RFC 5230 §4.6: vacation notices are not sent to lists.
      'List-Id': `${oneLine(world.settings.organisation).replace(/[^\p{L}\p{N} ]+/gu, ' ')} <shares.${listHost(world, domain)}>`,
      ...(thread === null || thread === messageId ? {} : { 'In-Reply-To': thread, References: thread }),
      ...(unsubscribeUrl === null
        ? {}
        : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
  };
}

/**
 * Writes a mail into the outbox, in the transaction of the operation that it reports: either both happen, or neither.
 * If mail is not set up, nothing is queued.
 */
export async function queueMail(tx: Writer, world: World, message: OutgoingMail, origin: MailOrigin): Promise<void> {
  if (!world.settings.mailEnabled) return;
  const now = world.now();
  const at = now.toISOString();
  await tx.run(
    tx.build.insertInto('outbox').values({
      id: newId('o', now),
      position: sql<number>`(SELECT coalesce(max(position), 0) + 1 FROM outbox)`,
      recipient: message.to.address.toLowerCase(),
      kind: origin.kind,
      queued_by: origin.queuedBy,
      message: JSON.stringify(message),
      attempts: 0,
      next_attempt_at: at,
      last_error: null,
      created_at: at,
      wanted_since: at,
      given_up_at: null,
      program_id: null,
    }),
  );
}

/** The same for all mails of a thread to one recipient, and for nobody else. */
function threadId(thread: string, address: string, domain: string): string {
  return `<${hashSecret(`${thread} ${address.toLowerCase()}`).slice(0, 32)}@${domain}>`;
}

function listHost(world: World, domain: string): string {
  return URL.parse(world.settings.publicUrl)?.hostname ?? domain;
}
