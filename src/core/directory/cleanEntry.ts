import { createHash } from 'node:crypto';
import { isEmailAddress } from '../../format/mail/emailAddress.ts';
import type { Login } from '../principal/logins.ts';
import { emailKey } from '../principal/emailKey.ts';
import type { DirectoryDetails, DirectoryEntry } from './directory.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** An entry as the mirror keeps it: what directories hold by mistake is left out, and every list has one order. */
export type CleanEntry = DirectoryEntry & {
  readonly digest: string;
  readonly logins: readonly string[];
  /** Everything that the entry is called. */
  readonly names: readonly Login[];
};

// Moves when the mirror keeps something new: every entry is written once more then.
const version = 2;
const longestName = 200;
const longestText = 1000;
const longestReference = 4000;
const mostNames = 50;

/** Cleans an entry. What groups say of their members may be long, everything else is bounded. */
export function cleanEntry(entry: DirectoryEntry): CleanEntry {
  const email = entry.email !== null && isEmailAddress(entry.email.trim()) ? entry.email.trim() : null;
  const aliases = ordered(entry.aliases.map((alias) => alias.trim()).filter(isEmailAddress)).slice(0, mostNames);
  const logins = ordered(entry.logins.map((login) => login.trim()).filter((login) => fits(login, longestName)));
  const clean = {
    ...entry,
    name: oneLine(entry.name) || email || logins[0] || entry.externalId.slice(0, longestName),
    email,
    aliases,
    logins: logins.slice(0, mostNames),
    details: cleanDetails(entry.details),
    ...(entry.place === undefined ? {} : { place: entry.place.slice(0, longestReference) }),
    references: ordered(entry.references.filter((name) => fits(name, longestReference))),
    members: entry.kind === 'group' ? ordered(entry.members.filter((name) => fits(name, longestReference))) : [],
  };
  const digest = createHash('sha256')
    .update(JSON.stringify([version, clean]))
    .digest('base64url');
  return { ...clean, digest, names: namesOf(clean) };
}

function namesOf({ email, aliases, logins }: Pick<DirectoryEntry, 'email' | 'aliases' | 'logins'>): Login[] {
  const addresses = email === null ? aliases : [email, ...aliases];
  return [
    ...addresses.map((address) => ({ key: emailKey(address), isAddress: true })),
    ...logins.map((login) => ({ key: emailKey(login), isAddress: false })),
  ];
}

function cleanDetails(details: DirectoryDetails): DirectoryDetails {
  const texts = Object.entries(details).flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' ? [[name, value.trim().slice(0, longestText)] as const] : [],
  );
  const phones = (details.phones ?? [])
    .filter(({ number }) => fits(number.trim(), longestName))
    .slice(0, 10)
    .map(({ number, kind }) => ({ number: oneLine(number), kind }));
  const known = Object.fromEntries(texts.toSorted(([a], [b]) => (a < b ? -1 : 1))) as DirectoryDetails;
  return phones.length === 0 ? known : { ...known, phones };
}

function oneLine(text: string): string {
  return normalize(text, 'NFC').replace(/\s+/gu, ' ').trim().slice(0, longestName);
}

function fits(text: string, longest: number): boolean {
  return text !== '' && text.length <= longest;
}

function ordered(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
