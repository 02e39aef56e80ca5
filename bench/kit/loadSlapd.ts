import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenNames } from '../../src/demo/words.ts';
import { foldText } from '../../src/lib/fold.ts';
import { base, service, startSlapd } from '../../test/kit/ldap/slapd.ts';
import type { Slapd } from '../../test/kit/ldap/slapd.ts';
import { inventWord } from './inventWord.ts';

/** Everybody's. */
export const ldapPassword = 'mot de passe';
const membersPerGroup = 100;
const groups = 100;

/** Room for a large directory, and no limit for the one who reads all of it. */
const lines = `maxsize 4294967296
limits dn.exact="${service.dn}" size=unlimited time=unlimited`;

/** A slapd with so many people, and a hundred groups of a hundred of them. */
export async function loadSlapd(people: number): Promise<Slapd> {
  const slapd = await startSlapd({ lines });
  const file = join(tmpdir(), `coterie-bench-${process.pid}.ldif`);
  try {
    const entries = Array.from({ length: people }, (_, index) => personEntry(index));
    for (let group = 0; group < groups; group++) entries.push(groupEntry(group, people));
    writeFileSync(file, entries.join('\n'));
    await slapd.load(file);
    return slapd;
  } catch (error) {
    await slapd.close();
    throw error;
  } finally {
    await rm(file, { force: true });
  }
}

/** The name by which the person of this number signs in. */
export const uidOf = (index: number): string => `u${index}`;

const dnOf = (index: number) => `uid=${uidOf(index)},ou=people,${base}`;

function personEntry(index: number): string {
  const [given, surname] = [givenNames[index % givenNames.length]!, inventWord(index)];
  const mail = `${foldText(`${given}.${surname}`).replaceAll(/[^a-z.]+/gu, '-')}@demo.example`;
  return `dn: ${dnOf(index)}
objectClass: inetOrgPerson
uid: ${uidOf(index)}
cn:: ${encoded(`${given} ${surname}`)}
givenName:: ${encoded(given)}
sn: ${surname}
mail: ${mail}
userPassword: ${ldapPassword}
`;
}

function groupEntry(group: number, people: number): string {
  const members = Array.from(
    { length: membersPerGroup },
    (_, index) => `member: ${dnOf((group * membersPerGroup + index) % people)}`,
  );
  return `dn: cn=groupe ${group},ou=groups,${base}\nobjectClass: groupOfNames\ncn: groupe ${group}\n${members.join('\n')}\n`;
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}
