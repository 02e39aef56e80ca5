import type { Entry } from 'ldapts';
import type { DirectoryDetails, DirectoryEntry } from '../../core/directory/directory.ts';
import { isLockedBy, isTrue } from './accountState.ts';
import type { AttributeName, Attributes } from './attributes.ts';
import { membersOf, referencesOf } from './references.ts';
import { permanentIdOf } from './permanentId.ts';
import type { LdapServer } from './server.ts';
import { allOf, oneOf, someOf, textsOf, valuesOf } from './values.ts';
import type { Values } from './values.ts';

/** What entries are told by besides themselves. */
export type Surroundings = {
  readonly server: Pick<LdapServer, 'attributes' | 'profile'>;
  readonly now: Date;
  /** The names of departments by their codes. */
  readonly units: ReadonlyMap<string, string>;
  /** The permanent ids of those who administer Coterie. */
  readonly administrators: ReadonlySet<string>;
};

/** An entry of LDAP as the mirror takes it; null: it has no permanent id. */
export function toEntry(kind: DirectoryEntry['kind'], entry: Entry, around: Surroundings): DirectoryEntry | null {
  const { server, now, administrators } = around;
  const { attributes } = server;
  const values = valuesOf(entry);
  const externalId = permanentIdOf(values, attributes);
  if (externalId === undefined) return null;
  const isGroup = kind === 'group';
  const addresses = addressesOf(values, attributes, isGroup);
  const logins = isGroup ? [] : allOf(values, attributes, 'login');
  return {
    externalId,
    kind,
    name: oneOf(values, attributes, isGroup ? 'groupName' : 'name') ?? '',
    email: addresses[0] ?? null,
    aliases: addresses.slice(1),
    logins,
    isActive: isGroup || !isLocked(values, attributes, now),
    isListed: !allOf(values, attributes, 'hidden').some(isTrue),
    isAdministrator: !isGroup && administrators.has(externalId),
    details: isGroup ? groupDetails(values, attributes) : personDetails(values, around),
    place: entry.dn,
    references: referencesOf(entry.dn, values, { isGroup, login: attributes.login[0]! }),
    members: isGroup ? membersOf(values, attributes) : [],
  };
}

/** The addresses, the main one first. */
function addressesOf(values: Values, attributes: Attributes, isGroup: boolean): string[] {
  const main = isGroup ? someOf(values, attributes, 'groupMail') : allOf(values, attributes, 'mail');
  // Of several the one in capitals is the main one, should there be no other word for it.
  const aliases = allOf(values, attributes, 'alias').toSorted((a, b) => Number(isMain(b)) - Number(isMain(a)));
  const all = [...main, ...aliases].map(withoutKind).filter((address) => address !== '');
  return all.filter(
    (address, index) => all.findIndex((other) => other.toLowerCase() === address.toLowerCase()) === index,
  );
}

function isMain(address: string): boolean {
  return address.startsWith('SMTP:');
}

/** Exchange writes `SMTP:` and `smtp:` before addresses, and other words before what is no mail address. */
function withoutKind(address: string): string {
  const [, kind, rest] = /^([a-z\d]+):(.*)$/isu.exec(address) ?? [];
  if (kind === undefined) return address;
  return kind.toLowerCase() === 'smtp' ? rest! : '';
}

function isLocked(values: Values, { locked }: Attributes, now: Date): boolean {
  return locked.some((name) => textsOf(values, name).some((value) => isLockedBy(name, value.trim(), now)));
}

function groupDetails(values: Values, attributes: Attributes): DirectoryDetails {
  return written({ description: oneOf(values, attributes, 'description') });
}

function personDetails(values: Values, { server, units }: Surroundings): DirectoryDetails {
  const { attributes, profile } = server;
  const one = (meaning: AttributeName) => oneOf(values, attributes, meaning);
  const department = one('department');
  const title = one('title');
  return written({
    given: one('given'),
    surname: one('surname'),
    organization: one('organization'),
    department: department === undefined ? undefined : (units.get(department.toLowerCase()) ?? department),
    title: title === undefined ? undefined : (profile.titles[title.toLowerCase()] ?? title),
    phones: (
      [
        ['phone', 'work'],
        ['mobile', 'mobile'],
        ['fax', 'fax'],
        ['home', 'home'],
      ] as const
    ).flatMap(([meaning, kind]) => someOf(values, attributes, meaning).map((number) => ({ number, kind }))),
    // RFC 4517 §3.3.28: lines are parted by a dollar.
    address: one('address')
      ?.split('$')
      .map((line) => line.trim())
      .join('\n')
      .replaceAll('\\24', '$')
      .replaceAll(/\\5c/giu, '\\'),
    // RFC 4519 has no rule for several languages; RFC 2798 §2.7 those of HTTP.
    language: one('language')?.split(/[,;]/u)[0]?.trim(),
  });
}

function written<T extends object>(details: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as never;
}
