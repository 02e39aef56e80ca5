import type { ImapFlow } from 'imapflow';
import { MailboxError } from '../lib/mail/mailboxError.ts';

/** What may come in a visit from a server that anybody may have named: a page of headers has a tenth of it. */
const mostOctets = 10_000_000;
const lookMilliseconds = 50;

/** So long one visit may take, with everything that the server says. */
export const longestVisit = 60_000;

/**
 * What the client itself refuses: by default it takes a gigabyte at once into memory. Nothing is unpacked, or few octets
 * would become many.
 */
export const imapBounds = {
  maxLineLength: 1_000_000,
  maxLiteralSize: 1_000_000,
  maxResponseSize: 2_000_000,
  maxResponseTokens: 100_000,
  disableCompression: true,
} as const;

/**
 * Does something at a server that may be ill-meaning: one that says a word now and then, or talks without end, is hung up
 * on, and nobody whose turn comes afterwards waits for it. Throws a `MailboxError` then.
 */
export async function withinBounds<T>(client: ImapFlow, milliseconds: number, visit: () => Promise<T>): Promise<T> {
  const until = performance.now() + milliseconds;
  let timer: NodeJS.Timeout | undefined;
  const broken = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      if (performance.now() < until && client.stats().received < mostOctets) return;
      reject(new MailboxError('notReached'));
      client.close();
    }, lookMilliseconds);
  });
  try {
    return await Promise.race([visit(), broken]);
  } finally {
    clearInterval(timer);
  }
}
