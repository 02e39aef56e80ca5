import { domainToASCII, domainToUnicode } from 'node:url';
import { emailKey } from '../principal/emailKey.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** An address that somebody wrote to, in the form in which it is kept. */
export type WrittenAddress = {
  readonly address: string;
  readonly key: string;
  /** Other forms of the same address: a domain is written in letters or in ASCII (RFC 5891). */
  readonly otherKeys: readonly string[];
};

const localPart = /^[^\s@<>"(),:;[\]\\\p{C}]{1,64}$/u;

/** RFC 5321 §4.5.3.1.2: 254 octets are the longest address that travels. */
const longest = 254;

/**
 * The address as it is kept; null for what is none, or none that anybody has: without a dot in its domain, quoted,
 * with invisible characters, or in a domain that never exists (RFC 6761).
 */
export function readWrittenAddress(written: string): WrittenAddress | null {
  const text = normalize(written.trim(), 'NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || Buffer.byteLength(text) > longest || !localPart.test(local)) return null;
  const ascii = domainToASCII(text.slice(at + 1).replace(/\.$/u, ''));
  if (!/^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/u.test(ascii) || !/\.[a-z][a-z\d-]+$/u.test(ascii)) return null;
  if (/\.(?:invalid|localhost)$/u.test(ascii)) return null;
  const address = `${local}@${domainToUnicode(ascii).normalize('NFC')}`;
  const key = emailKey(address);
  const otherKeys = [emailKey(`${local}@${ascii}`), emailKey(written)].filter((other) => other !== key);
  return { address, key, otherKeys: [...new Set(otherKeys)] };
}

/** Programs answer there, or nobody does; lists hand on to many. */
const impersonal: readonly RegExp[] = [
  /^(?:no-?|do-?not-?|ne-?pas-?|donot)(?:reply|repondre|respond)/u,
  /^(?:mailer-daemon|postmaster|bounces?|abuse|daemon|nobody|unsubscribe|desabonnement|listserv|sympa|majordomo)(?:[+=-]|$)/u,
  /^owner-/u,
  /-(?:owner|request|bounces?|subscribe|unsubscribe|confirm|join|leave|editor|noreply|no-reply)(?:[+=]|$)/u,
  /^(?:reply|bounce|unsubscribe|ticket)\+[^@]{8,}/u,
];

/** Where lists live, by the first label of the domain or by the whole of it. */
const listHosts =
  /^(?:lists?|listes?|sympa|mailman|listserv)\d*\.|(?:^|\.)(?:googlegroups\.com|groups\.io|groupes\.renater\.fr)$/u;

/** Whether an address is by its looks a list, or one from which nobody answers. */
export function isImpersonal(key: string): boolean {
  const [local = '', domain = ''] = key.split('@');
  return listHosts.test(domain) || impersonal.some((pattern) => pattern.test(local));
}
