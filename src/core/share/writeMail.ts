import type { PrincipalRow } from '../../db/schema.ts';
import type { MailText } from '../../format/mail/outgoingMail.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { countMails, tooManyMails } from '../outbox/mailLimits.ts';
import { outgoingMail, queueMail } from '../outbox/queueMail.ts';
import type { MailKind } from '../preferences/mailChoices.ts';
import { unsubscribeUrl } from '../preferences/unsubscribeLink.ts';
import type { Recipient } from './mailRecipients.ts';

/** Counts mails against the limit of whoever acts; false: none of them may be sent. */
export async function mayWrite(
  tx: Transaction,
  context: Context,
  recipients: readonly Recipient[],
  { isGuest = false, mustNotFail }: { readonly isGuest?: boolean; readonly mustNotFail: boolean },
): Promise<boolean> {
  const numbers = { mails: recipients.length, guestMails: isGuest ? recipients.length : 0 };
  const retryAfter = await countMails(tx, context, context.actor.principalId, numbers);
  if (retryAfter !== null && !mustNotFail) throw tooManyMails(retryAfter);
  return retryAfter === null;
}

/** Queues a mail about a folder to one recipient, with the link to unsubscribe from mails of this kind. */
export async function writeMail(
  tx: Transaction,
  context: Context,
  mail: {
    readonly recipient: Recipient;
    readonly sender: PrincipalRow;
    readonly kind: MailKind;
    readonly text: (stopUrl: string | null) => MailText;
    readonly thread: string;
    readonly isFirst?: boolean;
  },
): Promise<void> {
  const { recipient, sender, kind, thread, isFirst = false } = mail;
  const { to, personId } = recipient;
  const stopUrl = personId === null ? null : unsubscribeUrl(context, personId, kind);
  const message = outgoingMail(context, {
    ...mail.text(stopUrl),
    sender,
    to,
    thread,
    isFirst,
    unsubscribeUrl: stopUrl,
  });
  await queueMail(tx, context, message, { kind, queuedBy: sender.id });
}
