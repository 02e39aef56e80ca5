import { Attribute, Change } from 'ldapts';
import type { Client } from 'ldapts';
import { base } from './slapd.ts';

/** Values of attributes; an empty list: none. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** The DN of a person of the tests. */
export function personDn(uid: string): string {
  return `uid=${uid},ou=people,${base}`;
}

/** The DN of a group of the tests. */
export function groupDn(cn: string): string {
  return `cn=${cn},ou=groups,${base}`;
}

/** The password of a person of the tests. */
export function passwordOf(uid: string): string {
  return `password of ${uid}`;
}

/** Adds a person with a login, an address and a password; `more` comes on top. */
export async function addPerson(client: Client, uid: string, more: Values = {}): Promise<void> {
  const surname = 'Démo';
  const given = uid.charAt(0).toUpperCase() + uid.slice(1);
  const values: Values = {
    objectClass: ['inetOrgPerson', 'eduPerson', 'supannPerson', 'inetLocalMailRecipient'],
    uid,
    cn: `${given} ${surname}`,
    sn: surname,
    givenName: given,
    mail: `${uid}@demo.example`,
    userPassword: passwordOf(uid),
    ...more,
  };
  await client.add(personDn(uid), copy(values));
}

/** Adds a group: `groupOfNames` with DNs, `groupOfUniqueNames` with DNs, `posixGroup` with logins. */
export async function addGroup(client: Client, cn: string, values: Values): Promise<void> {
  await client.add(groupDn(cn), { cn, ...copy(values) });
}

/** Makes these attributes hold these values. */
export async function change(client: Client, dn: string, values: Values): Promise<void> {
  await client.modify(
    dn,
    Object.entries(values).map(
      ([type, value]) =>
        new Change({ operation: 'replace', modification: new Attribute({ type, values: [value].flat() }) }),
    ),
  );
}

function copy(values: Values): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value.length > 0)
      .map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}
