import type { AddressObject, EmailAddress, HeaderValue } from 'mailparser';

/** Somebody in a header: the name as it was written, decoded but not cleaned. */
export type Written = { readonly name: string; readonly address: string };

/** What a header says of who sent a message to whom. */
export type SentHeader = {
  /** Whom `From` names. */
  readonly author: string | null;
  /** Everybody in `To`, `Cc` and `Bcc`, also in groups. */
  readonly recipients: readonly Written[];
  readonly messageId: string | null;
  /** Sent by a program or through a list, and not by the hand of a person (RFC 3834, 2919, 2369). */
  readonly isAutomatic: boolean;
};

/** The fields that are looked at; all others are passed over unread. */
export const sentHeaderFields = [
  'from',
  'to',
  'cc',
  'bcc',
  'message-id',
  'auto-submitted',
  'precedence',
  'list-id',
  'list-post',
  'list-unsubscribe',
] as const;

const wanted: ReadonlySet<string> = new Set(sentHeaderFields);

/** No honest field is longer: fifty addresses with long names take a tenth of it. */
const longestField = 64 * 1024;

const automaticPrecedence = /^(?:bulk|list|junk)$/iu;

/**
 * Reads a header, however broken it is: what cannot be understood is not there. The splitting into fields is ours, so that
 * only few octets ever reach a parser; addresses (groups, comments, quotes), encoded words (RFC 2047) and charsets are
 * read by mailparser, which is maintained, and against which hostile mail is tried every day.
 */
export async function readSentHeader(header: Uint8Array): Promise<SentHeader> {
  const fields = wantedFields(header);
  const has = (name: string) => fields.some((field) => field.name === name);
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value.trim() ?? '';
  const automatic = valueOf('auto-submitted');
  const isAutomatic =
    ['list-id', 'list-post', 'list-unsubscribe'].some(has) ||
    automaticPrecedence.test(valueOf('precedence')) ||
    (automatic !== '' && !/^no(?:[;\s(]|$)/iu.test(automatic));
  const messageId = /<[^<>\s]{1,990}>/u.exec(valueOf('message-id'))?.[0] ?? null;
  const addressed = fields.filter(({ name }) => addressFields.has(name));
  const headers = await parse(addressed.map(({ name, value }) => `${name}: ${value}\r\n`).join(''));
  return {
    author: writtenIn(headers.get('from'))[0]?.address ?? null,
    recipients: ['to', 'cc', 'bcc'].flatMap((name) => writtenIn(headers.get(name))),
    messageId,
    isAutomatic,
  };
}

const addressFields: ReadonlySet<string> = new Set(['from', 'to', 'cc', 'bcc']);

type Field = { readonly name: string; readonly value: string };

/** RFC 5322 §2.2: fields up to the empty line, unfolded; a line that is no field belongs to nothing. */
function wantedFields(header: Uint8Array): Field[] {
  const fields: { name: string; value: string }[] = [];
  let isWanted = false;
  for (const line of textOf(header).split(/\r\n|\n|\r/u)) {
    if (line === '') break;
    if (/^[ \t]/u.test(line)) {
      const last = fields.at(-1);
      if (isWanted && last && last.value.length < longestField) last.value += ` ${line.slice(0, longestField).trim()}`;
      continue;
    }
    const [, name = '', value = ''] = /^([!-9;-~]{1,80})[ \t]*:(.*)$/su.exec(line) ?? [];
    isWanted = wanted.has(name.toLowerCase());
    if (isWanted) fields.push({ name: name.toLowerCase(), value: value.slice(0, longestField).trim() });
  }
  return fields;
}

/** RFC 6532: UTF-8; octets that are none were written by programs of Western Europe that know nothing of charsets. */
function textOf(header: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(header);
  } catch {
    return new TextDecoder('windows-1252').decode(header);
  }
}

async function parse(header: string): Promise<ReadonlyMap<string, HeaderValue>> {
  if (header === '') return new Map();
  // A large library, loaded with the first header: many servers read none.
  const { simpleParser } = await import('mailparser');
  try {
    return (await simpleParser(Buffer.from(`${header}\r\n`))).headers;
  } catch {
    return new Map();
  }
}

function writtenIn(value: HeaderValue | undefined): Written[] {
  const objects = (Array.isArray(value) ? value : [value]) as (AddressObject | undefined)[];
  return objects.flatMap((object) => (object?.value ?? []).flatMap(fromAddress));
}

function fromAddress({ name, address, group }: EmailAddress): Written[] {
  if (group) return group.flatMap(fromAddress);
  return address ? [{ name, address }] : [];
}
