import { isIPv4 } from 'node:net';
import { getCACertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type { Mailbox, OutgoingMail } from '../format/mail/outgoingMail.ts';
import { MailFailure } from '../lib/mail/mailFailure.ts';
import { mailFailureOf } from './mailFailureOf.ts';

/** Whether connections of `smtp://` are encrypted with STARTTLS. */
export type SmtpTls = 'auto' | 'required' | 'off';

/** A mail server: `smtp://` or `smtps://` with host, port, user; the password there or apart. */
export type SmtpServer = {
  readonly url: string;
  readonly password?: string | undefined;
  /** Absent: `auto`, STARTTLS where the server offers it, always with a password, never to this machine. */
  readonly tls?: SmtpTls;
  /** Certificates (PEM) that are trusted besides those of the system. */
  readonly ca?: string | undefined;
};

const atOnce = 4;
const second = 1000;

/** Hands mails to a mail server, over a few connections that are kept for a while. */
export function smtpMailer(server: SmtpServer) {
  const transport = createTransport({
    ...optionsOf(server),
    pool: true,
    maxConnections: atOnce,
    maxMessages: 100,
    // Only what was not begun goes over another connection: the outbox alone sends a mail again.
    maxRequeues: 1,
    connectionTimeout: 20 * second,
    greetingTimeout: 60 * second,
    dnsTimeout: 20 * second,
    // Who is not waited for sends twice: RFC 5321 §4.5.3.2.6 grants ten minutes after the last line of a mail.
    socketTimeout: 600 * second,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Of a connection that nobody waits for: the next mail opens another.
  transport.on('error', () => undefined);
  return {
    atOnce,
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
        throw mailFailureOf(error);
      }
    },
    /** Connects and signs in, without sending anything; throws a `MailFailure`. */
    async verify(): Promise<void> {
      const probe = createTransport({
        ...optionsOf(server),
        connectionTimeout: 10 * second,
        greetingTimeout: 10 * second,
        socketTimeout: 20 * second,
      });
      try {
        await probe.verify();
      } catch (error) {
        const failure = mailFailureOf(error);
        throw new MailFailure('away', failure.message, { cause: error });
      } finally {
        probe.close();
      }
    },
    async close(): Promise<void> {
      transport.close();
    },
  };
}

function optionsOf({ url: text, password, tls = 'auto', ca }: SmtpServer) {
  const url = new URL(text);
  const isSecure = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const pass = password ?? decodeURIComponent(url.password);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Nobody listens between this machine and itself, and the certificate there is rarely in any order.
  const isPlain = !isSecure && (tls === 'off' || (tls === 'auto' && isThisMachine(host) && ca === undefined));
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    ignoreTLS: isPlain,
    // A password goes over an encrypted connection or not at all.
    requireTLS: !isSecure && !isPlain && (tls === 'required' || user !== ''),
    tls: {
      minVersion: 'TLSv1.2' as const,
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
    },
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function mailbox({ name, address }: Mailbox): { name: string; address: string } {
  return { name, address };
}
