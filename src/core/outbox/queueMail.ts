import { hostname } from 'node:os';
import type { Writer } from '../../db/database.ts';
import { oneLine } from '../../format/mail/oneLine.ts';
import type { Mailbox, MailText, OutgoingMail } from '../../format/mail/outgoingMail.ts';
import { newId, newSecret } from '../../lib/ids.ts';
import type { World } from '../context.ts';

/**
 * A mail from one person to another. It comes from the organisation's own address with the person's name, and
 * replies go to the person: a forged sender would fail SPF and DMARC at the other end.
 */
export function outgoingMail(
  world: World,
  message: MailText & {
    readonly sender: { readonly name: string; readonly email: string | null };
    readonly to: Mailbox;
  },
): OutgoingMail {
  const { sender, to, subject, text, html } = message;
  const from = world.settings.mailFrom;
  const domain = from.split('@')[1] ?? hostname();
  return {
    from: { name: oneLine(`${sender.name} (${world.settings.organisation})`), address: from },
    replyTo: sender.email ? { name: oneLine(sender.name), address: oneLine(sender.email) } : null,
    to: { name: oneLine(to.name), address: oneLine(to.address) },
    subject: oneLine(subject, 250),
    text,
    html,
    messageId: `<${newSecret().slice(0, 24)}@${domain}>`,
    date: world.now().toISOString(),
    // RFC 3834 §5: no vacation notice comes back.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/**
 * Writes a mail into the outbox, in the transaction of the operation that it tells about: both happen, or neither.
 * Where mail is not set up nothing is queued.
 */
export async function queueMail(tx: Writer, world: World, message: OutgoingMail): Promise<void> {
  if (!world.settings.mailEnabled) return;
  const now = world.now();
  await tx.run(
    tx.build.insertInto('outbox').values({
      id: newId('o', now),
      message: JSON.stringify(message),
      attempts: 0,
      next_attempt_at: now.toISOString(),
      last_error: null,
      created_at: now.toISOString(),
    }),
  );
}
