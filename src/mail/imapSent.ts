import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { readSentHeader, sentHeaderFields } from '../lib/mail/readSentHeader.ts';
import { MailboxError } from '../lib/mail/mailboxError.ts';
import type { Throttle } from '../lib/throttle.ts';
import { isPublicAddress } from '../lib/webPush/publicAddress.ts';
import { imapBounds, longestVisit, withinBounds } from './imapBounds.ts';
import { problemOf } from './imapProblems.ts';

/** Which servers may be read. */
export type ImapOptions = {
  /** `mail.example.org` or `mail.example.org:993`; empty: any on the internet. */
  readonly hosts: readonly string[];
  /** Counts refusals. */
  readonly refusals: Throttle;
  /** How long a visit may take, in milliseconds; absent: a minute. */
  readonly longest?: number;
};

type Access = { readonly host: string; readonly port: number; readonly username: string } & (
  | { readonly password: string }
  | { readonly accessToken: string }
);
type Position = { readonly uidValidity: string; readonly lastUid: number };

/** How patient it is with whoever guesses passwords there. */
export const imapPatience = { free: 3, firstWait: 30, longestWait: 3600, memory: 86_400, keys: 10_000 };

/** Of a folder that is new the newest messages are read. */
const atFirst = 500;
const onePage = 500;
const implicitTls = 993;
const publicPorts = [implicitTls, 143];

/**
 * Reads folders of sent mail by IMAP (RFC 9051): headers only, without marking anything. Encrypted or not at all, with the
 * certificate checked. A server that people may name themselves is called only at public addresses, and at the
 * address that was checked; whoever guesses passwords through this program soon has to wait.
 */
export function imapSentReader(options: ImapOptions) {
  const { refusals, longest = longestVisit } = options;

  async function withServer<T>(access: Access, use: (client: ImapFlow) => Promise<T>): Promise<T> {
    const { host, port, username } = access;
    const secret = 'accessToken' in access ? { accessToken: access.accessToken } : { pass: access.password };
    const address = await requireAllowed(options.hosts, host, port);
    const key = `${host} ${username}`;
    if ((await refusals.waitFor(key)) > 0) throw new MailboxError('tooManyTries');
    // A large library, of which most servers never have need.
    const { ImapFlow: Client } = await import('imapflow');
    const client = new Client({
      host: address,
      port,
      secure: port === implicitTls,
      ...(port === implicitTls ? {} : { doSTARTTLS: true }),
      servername: host,
      tls: { minVersion: 'TLSv1.2' },
      auth: { user: username, ...secret },
      logger: false,
      disableAutoIdle: true,
      ...imapBounds,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    });
    // Told by the call that was under way.
    client.on('error', () => undefined);
    if ((await refusals.begin(key)) > 0) throw new MailboxError('tooManyTries');
    try {
      return await withinBounds(client, longest, async () => {
        await client.connect();
        await refusals.forget(key);
        const found = await use(client);
        await client.logout().catch(() => undefined);
        return found;
      });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.problem !== 'loginRefused') await refusals.uncount(key);
      throw problem;
    } finally {
      client.close();
    }
  }

  return {
    probe: (access: Access) =>
      withServer(access, async (client) => {
        const folders = (await client.list()).filter((folder) => !folder.flags.has('\\Noselect'));
        const mailboxes = folders.slice(0, 500).map(({ path }) => path);
        return { mailboxes, sent: folders.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null };
      }),
    read: (access: Access, mailbox: string, after: Position | null) =>
      withServer(access, async (client) => {
        const opened = await client.mailboxOpen(mailbox, { readOnly: true }).catch((error: unknown) => {
          throw new MailboxError('noMailbox', { cause: error });
        });
        const uidValidity = String(opened.uidValidity);
        const isKnown = after?.uidValidity === uidValidity;
        const from = isKnown ? after.lastUid + 1 : 1;
        const highest = Number(opened.uidNext) - 1;
        if (opened.exists === 0 || from > highest)
          return { position: { uidValidity, lastUid: Math.max(highest, 0) }, messages: [], hasMore: false };
        const range = isKnown
          ? await nextUids(client, from)
          : { sequence: `${Math.max(1, opened.exists - atFirst + 1)}:*`, isUid: false, hasMore: false, last: highest };
        if (range.sequence === '') return { position: { uidValidity, lastUid: highest }, messages: [], hasMore: false };
        const query = { uid: true, internalDate: true, headers: [...sentHeaderFields] };
        const messages = [];
        for await (const message of client.fetch(range.sequence, query, { uid: range.isUid })) {
          messages.push(...(await readMessage(message)));
          // More than was asked for: such a server is not listened to.
          if (messages.length > onePage) throw new MailboxError('failed');
        }
        return { position: { uidValidity, lastUid: range.last }, messages, hasMore: range.hasMore };
      }),
  };
}

type Range = { readonly sequence: string; readonly isUid: boolean; readonly hasMore: boolean; readonly last: number };

/** The UIDs that exist from one on, a page of them: ranges have holes. */
async function nextUids(client: ImapFlow, from: number): Promise<Range> {
  const found = await client.search({ uid: `${from}:*` }, { uid: true });
  // `n:*` also gives the last message when n lies behind it (RFC 9051 §6.4.8).
  const uids = (found || []).filter((uid) => uid >= from).sort((a, b) => a - b);
  const page = uids.slice(0, onePage);
  return { sequence: page.join(','), isUid: true, hasMore: uids.length > page.length, last: page.at(-1) ?? from - 1 };
}

async function readMessage({ headers, internalDate }: FetchMessageObject) {
  if (!headers) return [];
  const { author, recipients, messageId, isAutomatic } = await readSentHeader(headers);
  if (isAutomatic) return [];
  const sentAt = new Date(internalDate ?? 0);
  return [{ author, recipients, messageId, sentAt: Number.isNaN(sentAt.getTime()) ? new Date(0) : sentAt }];
}

/** The address to call. A name is looked up once: what was checked is what is called. */
async function requireAllowed(hosts: readonly string[], host: string, port: number): Promise<string> {
  if (hosts.length > 0) {
    const isNamed = hosts.includes(`${host}:${port}`) || (hosts.includes(host) && publicPorts.includes(port));
    if (!isNamed) throw new MailboxError('hostForbidden');
  } else if (!publicPorts.includes(port)) {
    throw new MailboxError('hostForbidden');
  }
  if (isIP(host) !== 0 && hosts.length === 0) throw new MailboxError('hostForbidden');
  const addresses = await lookup(host, { all: true }).catch((error: unknown) => {
    throw new MailboxError('hostUnknown', { cause: error });
  });
  const found = addresses.find(({ address }) => hosts.length > 0 || isPublicAddress(address));
  if (!found) throw new MailboxError('hostForbidden');
  return found.address;
}
