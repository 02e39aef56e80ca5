import { createTransport } from 'nodemailer';
import { startLmtp } from '../../src/protocol/lmtp/startLmtp.ts';
import type { Lmtp, LmtpOptions } from '../../src/protocol/lmtp/startLmtp.ts';
import type { Person } from './person.ts';
import { items, list } from './calls.ts';
import type { TestApp } from './world.ts';

/** A mail server's side of the door for copies. */
export type MailServer = {
  readonly port: number;
  /** Delivers a message by hand; the reply to the last recipient. Throws what the door refuses. */
  deliver(from: string, message: string | Buffer, to?: readonly string[]): Promise<string>;
} & AsyncDisposable;

/** Opens the door of a test world and stands before it. */
export async function openLmtp(app: Pick<TestApp, 'world'>, options: Partial<LmtpOptions> = {}): Promise<MailServer> {
  const lmtp: Lmtp = await startLmtp(app.world, {
    host: '127.0.0.1',
    port: 0,
    peers: ['127.0.0.1'],
    address: 'collect@coterie.invalid',
    journal: false,
    report: () => undefined,
    ...options,
  });
  return {
    port: lmtp.port,
    async deliver(from, message, to = ['collect@coterie.invalid']) {
      const transport = createTransport({ host: '127.0.0.1', port: lmtp.port, lmtp: true, ignoreTLS: true });
      try {
        const info = await transport.sendMail({ envelope: { from, to: [...to] }, raw: message });
        // nodemailer: some recipients were refused after the message, as LMTP may do (RFC 2033 §4.2).
        const [refused] = info.rejectedErrors ?? [];
        if (refused) throw refused;
        return info.response;
      } finally {
        transport.close();
      }
    },
    [Symbol.asyncDispose]: () => lmtp.close(),
  };
}

/** A message with these lines in its header. */
export function message(...header: readonly string[]): string {
  return [...header, 'Subject: =?utf-8?Q?R=C3=A9union?=', '', 'Bonjour.', ''].join('\r\n');
}

/** Whom a person has collected: « name <address> », in the order of the alphabet. */
export async function collected(person: Person): Promise<string[]> {
  const book = (await list(person, 'AddressBook')).find((one) => one['role'] === 'collected')!;
  const found = await person.call('ContactCard/query', { filter: { inAddressBook: book['id'] } });
  const cards = await list(person, 'ContactCard', { ids: items(found['ids']) as unknown as string[] });
  return cards
    .map((card) => {
      const parts = items(card['name']?.['components']).map((part) => part['value']);
      const [email] = Object.values((card['emails'] ?? {}) as Record<string, { address: string }>);
      return `${parts.join(' ')} <${email!.address}>`.trim();
    })
    .sort();
}
