import { readSentHeader } from '../../lib/mail/readSentHeader.ts';
import type { SentHeader } from '../../lib/mail/readSentHeader.ts';

/** What the journal of Exchange or Microsoft 365 says of a message: the envelope in words, and the message's own header. */
export type JournalReport = {
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly header: SentHeader;
};

const address = /(?<![^\s<>",;:])[^\s<>",;:]+@[^\s<>",;:]+/u;

/**
 * Reads a report from its first octets: a text part of lines « Sender: … », « To: … », then the message as an attachment.
 * null for every other message. The words for the lines are English, whatever the organisation's language is.
 */
export async function readJournalReport(beginning: Uint8Array): Promise<JournalReport | null> {
  const text = Buffer.from(beginning).toString('latin1').replaceAll('\r\n', '\n');
  const header = text.slice(0, Math.max(0, text.indexOf('\n\n')));
  if (!/^X-MS-Journal-Report[ \t]*:/imu.test(header)) return null;
  const boundary = /\bboundary=(?:"([^"\n]{1,70})"|([^\s;"]{1,70}))/iu.exec(header)?.slice(1).find(Boolean);
  if (boundary === undefined) return null;
  const parts = text
    .split(`\n--${boundary}`)
    .slice(1)
    .map((part) => part.slice(part.indexOf('\n') + 1));
  const envelope = parts.find((part) => /^Sender:/imu.test(bodyOf(part)));
  const message = parts.find((part) => /^Content-Type:[ \t]*message\/rfc822/imu.test(headerOf(part)));
  if (envelope === undefined || message === undefined) return null;
  const lines = wordsOf(envelope).split('\n');
  const valuesOf = (name: RegExp) =>
    lines.filter((line) => name.test(line)).flatMap((line) => address.exec(line.replace(/^[^:]*:/u, ''))?.[0] ?? []);
  const [sender] = valuesOf(/^Sender:/iu);
  if (sender === undefined) return null;
  return {
    sender,
    recipients: valuesOf(/^(?:To|Cc|Bcc|Recipient):/iu),
    header: await readSentHeader(Buffer.from(headerOf(bodyOf(message)), 'latin1')),
  };
}

function headerOf(part: string): string {
  const end = part.indexOf('\n\n');
  return end < 0 ? part : part.slice(0, end + 2);
}

function bodyOf(part: string): string {
  const end = part.indexOf('\n\n');
  return end < 0 ? '' : part.slice(end + 2);
}

/** The text part in whatever way it travels: plain, quoted-printable or base64 (RFC 2045 §6). */
function wordsOf(part: string): string {
  const encoding = /^Content-Transfer-Encoding:[ \t]*(\S+)/imu.exec(headerOf(part))?.[1]?.toLowerCase();
  const body = bodyOf(part);
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  if (encoding !== 'quoted-printable') return body;
  return body
    .replaceAll(/=[ \t]*\n/gu, '')
    .replaceAll(/=([\dA-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
