import { readConfig } from '../config.ts';
import type { World } from '../core/context.ts';
import { dropMail, listHeldMail, retryMail } from '../core/outbox/heldMail.ts';
import type { HeldMail } from '../core/outbox/heldMail.ts';
import { outgoingMail } from '../core/outbox/queueMail.ts';
import { AppError } from '../errors.ts';
import { isEmailAddress } from '../format/mail/emailAddress.ts';
import { escapeHtml } from '../format/page/escapeHtml.ts';
import { MailFailure } from '../lib/mail/mailFailure.ts';
import { readSmtpServer } from '../mail/readSmtpServer.ts';
import { smtpMailer } from '../mail/smtp.ts';
import { needed } from './command.ts';
import type { Commands } from './command.ts';

/** What an administrator does about mails that did not leave. */
export const mailCommands: Commands = {
  'mail list': {
    usage: '',
    does: 'lists the mails that failed, and why',
    async run(world: World): Promise<string> {
      const held = await listHeldMail(world);
      return held.length === 0 ? 'No mail has failed.' : held.map(lineOf).join('\n');
    },
  },
  'mail retry': {
    usage: 'ID|all',
    does: 'sends a mail again now, or all that were given up',
    run: async (world: World, [id]: readonly string[]): Promise<string> =>
      told(await retryMail(world, whichOf(id)), 'is tried again', 'are tried again'),
  },
  'mail drop': {
    usage: 'ID|all',
    does: 'deletes a mail, or all that were given up',
    run: async (world: World, [id]: readonly string[]): Promise<string> =>
      told(await dropMail(world, whichOf(id)), 'is thrown away', 'are thrown away'),
  },
  'mail test': {
    usage: 'EMAIL',
    does: 'sends a mail to this address now, and prints what the mail server answers',
    run: (world: World, [address]: readonly string[]): Promise<string> => sendTest(world, needed(address)),
  },
};

function lineOf(mail: HeldMail): string {
  const state = mail.nextAttemptAt === null ? 'given up' : `next attempt ${mail.nextAttemptAt}`;
  // What others have written does not control a terminal.
  const safe = (text: string) => text.replace(/\p{C}+/gu, ' ');
  return [
    `${mail.id}  to ${safe(mail.to)}, queued ${mail.queuedAt}, attempts: ${mail.attempts}, ${state}`,
    `  ${safe(mail.subject)}`,
    `  ${safe(mail.lastError ?? '')}`,
  ].join('\n');
}

function whichOf(word: string | undefined): string | null {
  return needed(word) === 'all' ? null : word!;
}

function told(count: number, one: string, many: string): string {
  if (count === 0) throw new AppError('notFound', 'There is no such mail.');
  return count === 1 ? `1 mail ${one}.` : `${count} mails ${many}.`;
}

async function sendTest(world: World, address: string): Promise<string> {
  if (!isEmailAddress(address)) throw new AppError('invalid', `"${address}" is not an e-mail address.`);
  const config = readConfig(process.env);
  const server = readSmtpServer(config);
  if (!server) throw new AppError('unavailable', 'No mail server is set up: see COTERIE_SMTP_URL in docs/config.md.');
  const organisation = config.organisation === '' ? 'Coterie' : config.organisation;
  const mailFrom = config.mailFrom ?? `coterie@${new URL(config.url ?? 'http://localhost').hostname}`;
  const text = `This mail was sent by « mail test » of Coterie, ${organisation}. Nothing is to be done.`;
  const message = outgoingMail(
    { ...world, settings: { ...world.settings, organisation, mailFrom } },
    {
      sender: { name: 'Coterie', email: null },
      to: { name: '', address },
      subject: 'Test – Coterie',
      text: `${text}\n`,
      html: `<p>${escapeHtml(text)}</p>`,
    },
  );
  const mailer = smtpMailer(server);
  try {
    await mailer.send(message);
    return `The mail server has taken a mail from ${mailFrom} to ${address}: ${message.messageId}`;
  } catch (error) {
    if (!(error instanceof MailFailure)) throw error;
    throw new AppError('unavailable', `The mail could not be sent (${error.reason}): ${error.message}`);
  } finally {
    await mailer.close();
  }
}
