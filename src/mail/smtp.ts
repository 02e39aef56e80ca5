import { createTransport } from 'nodemailer';
import type { Mailbox, OutgoingMail } from '../format/mail/outgoingMail.ts';

/** A mail server: `smtp://` or `smtps://` with host, port, user; the password there or apart. */
export type SmtpServer = { readonly url: string; readonly password?: string | undefined };

/** The other side said no for good: RFC 5321 §4.2.1, a reply that starts with 5. */
class MailRefused extends Error {
  readonly isPermanent = true;

  constructor(reason: string) {
    super(reason);
    this.name = 'MailRefused';
  }
}

/** Hands mails to a mail server, over a few connections that are kept for a while. */
export function smtpMailer(server: SmtpServer) {
  const transport = createTransport({
    ...optionsOf(server),
    pool: true,
    maxConnections: 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message: OutgoingMail): Promise<void> {
      try {
        await transport.sendMail({
          from: mailbox(message.from),
          ...(message.replyTo ? { replyTo: mailbox(message.replyTo) } : {}),
          to: mailbox(message.to),
          subject: message.subject,
          text: message.text,
          html: message.html,
          messageId: message.messageId,
          date: new Date(message.date),
          headers: { ...message.headers },
        });
      } catch (error) {
        throw isRefusal(error) ? new MailRefused(error.message) : error;
      }
    },
    async close(): Promise<void> {
      transport.close();
    },
  };
}

function optionsOf({ url: text, password }: SmtpServer) {
  const url = new URL(text);
  const isSecure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const pass = password ?? decodeURIComponent(url.password);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    // A password goes over an encrypted connection or not at all.
    requireTLS: user !== '' && !isSecure && !isThisMachine(url.hostname),
    ...(user === '' ? {} : { auth: { user, pass } }),
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
}

function mailbox({ name, address }: Mailbox): { name: string; address: string } {
  return { name, address };
}

/** Wrong credentials (535) are the administrator's to mend: such mails wait. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('responseCode' in error) || typeof error.responseCode !== 'number') return false;
  const isAuthentication = 'code' in error && error.code === 'EAUTH';
  return error.responseCode >= 500 && error.responseCode < 600 && !isAuthentication;
}
