import { BlockList, isIP } from 'node:net';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { collectRecipients } from '../../core/collected/collectRecipients.ts';
import type { World } from '../../core/context.ts';
import { readSentHeader } from '../../lib/mail/readSentHeader.ts';
import type { Written } from '../../lib/mail/readSentHeader.ts';
import { beginningOf, endsHeader } from './beginningOf.ts';
import { readJournalReport } from './journalReport.ts';

/** Where copies of what people send are taken, and from whom. */
export type LmtpOptions = {
  readonly host: string;
  readonly port: number;
  /** The machines that may deliver: addresses, or networks as `10.0.0.0/8`. */
  readonly peers: readonly string[];
  /** The address that stands for this program in envelopes, and is nobody's. */
  readonly address: string;
  /** Whether reports of a journal (Exchange) are believed. */
  readonly journal: boolean;
  /** Hears of faults of ours; never of what is in a message. */
  readonly report: (error: unknown) => void;
};

/** The listener. */
export type Lmtp = {
  readonly port: number;
  /** Takes no further messages and waits for those that are being read. */
  close(): Promise<void>;
};

const mostHeader = 256 * 1024;
const mostConnections = 32;
/** Far above what mail servers let through; whoever sends more is not one. */
const mostOctets = 256 * 1024 * 1024;
const idleMilliseconds = 60_000;
const drainMilliseconds = 2_000;

type Answer = (error: Error | null | undefined, message?: string) => void;

/** Opens the door through which a mail server tells whom people write to (RFC 2033). */
export async function startLmtp(world: World, options: LmtpOptions): Promise<Lmtp> {
  const allowed = readPeers(options.peers);
  const atWork = new Set<Promise<unknown>>();
  const server = new SMTPServer({
    lmtp: true,
    banner: 'Coterie',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: mostOctets,
    maxClients: mostConnections,
    socketTimeout: idleMilliseconds,
    closeTimeout: drainMilliseconds,
    logger: false,
    onConnect(session, callback) {
      if (isAllowed(allowed, session.remoteAddress)) callback();
      else callback(Object.assign(new Error('This machine may not deliver here'), { responseCode: 554 }));
    },
    onData(stream, session, callback) {
      const work = answer(stream, session, callback);
      atWork.add(work);
      void work.finally(() => atWork.delete(work));
    },
  });
  async function answer(stream: SMTPServerDataStream, session: SMTPServerSession, callback: Answer): Promise<void> {
    try {
      await takeIn(world, options, stream, session);
    } catch (error) {
      options.report(error);
      // Nothing was counted: the mail server keeps the copy and comes back (RFC 5321 §4.2.1).
      callback(Object.assign(new Error('Cannot count this now, try again later'), { responseCode: 451 }));
      return;
    }
    callback(null, 'Counted');
  }

  // A connection that breaks is the mail server's to repeat.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all(atWork);
    },
  };
}

/** Whatever is wrong with a message, it is taken: a refusal would come back to somebody who cannot help it. */
async function takeIn(
  world: World,
  options: LmtpOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<void> {
  const { mailFrom, rcptTo } = session.envelope;
  // A journal's report has what matters behind its header.
  const isEnough = options.journal ? () => false : endsHeader;
  const { kept } = await beginningOf(stream, mostHeader, isEnough);
  const journal = options.journal ? await readJournalReport(kept) : null;
  const message = journal?.header ?? (await readSentHeader(kept));
  const sender = journal?.sender ?? (mailFrom === false ? '' : mailFrom.address);
  if (message.isAutomatic || sender === '') return;
  const envelope = rcptTo.flatMap(({ address }) => personIn(address, options.address));
  const written: Written[] = (journal?.recipients ?? envelope).map((address) => ({ name: '', address }));
  await collectRecipients(world, {
    sender,
    author: message.author,
    recipients: [...message.recipients, ...written],
    messageId: message.messageId,
    sentAt: world.now(),
  });
}

/**
 * Whom a recipient of the envelope stands for: itself; the person in `collect+marie=demo.example@…`, by which Postfix
 * tells of blind copies (`recipient_bcc_maps`); nobody when it is the address of this program.
 */
function personIn(recipient: string, own: string): string[] {
  const [ownLocal = '', ownDomain = ''] = own.toLowerCase().split('@');
  const at = recipient.lastIndexOf('@');
  const [local, domain] = [recipient.slice(0, at), recipient.slice(at + 1).toLowerCase()];
  if (domain !== ownDomain) return [recipient];
  if (local.toLowerCase() === ownLocal) return [];
  const [, person = '', host = ''] = /^[^+]+\+(.+)=([^=]+)$/u.exec(local) ?? [];
  return local.toLowerCase().startsWith(`${ownLocal}+`) ? (person === '' ? [] : [`${person}@${host}`]) : [recipient];
}

function readPeers(peers: readonly string[]): BlockList {
  const list = new BlockList();
  for (const peer of peers) {
    const [address = '', prefix] = peer.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  return list;
}

function isAllowed(list: BlockList, remote: string): boolean {
  const address = remote.replace(/^::ffff:(?=\d+\.)/iu, '');
  return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
