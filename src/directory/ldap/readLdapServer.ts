import { FilterParser } from 'ldapts';
import type { Filter } from 'ldapts';
import { AppError } from '../../errors.ts';
import { readCertificateFile, readSettingFile } from '../../lib/settingFile.ts';
import { attributeMeanings, isAttributeName } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { normalDn } from './normalDn.ts';
import { profiles } from './profiles.ts';
import type { Profile } from './profiles.ts';
import type { LdapServer, LdapTls } from './server.ts';

/** The settings of the directory, as they are read from the environment. */
type LdapSettings = {
  readonly ldapUrls: readonly string[];
  readonly ldapBases: readonly string[];
  readonly ldapProfile: Profile['name'];
  readonly ldapBindDn: string;
  readonly ldapBindPassword: string;
  readonly ldapBindPasswordFile: string;
  readonly ldapTls: LdapTls;
  readonly ldapCaFile: string;
  readonly ldapPeopleBases: readonly string[];
  readonly ldapGroupsBases: readonly string[];
  readonly ldapPeopleFilter: string;
  readonly ldapGroupsFilter: string;
  readonly ldapAdministratorsFilter: string;
  readonly ldapAttributes: Readonly<Record<string, readonly string[]>>;
  readonly ldapPageSize: number;
  readonly ldapConnectSeconds: number;
  readonly ldapSeconds: number;
};

/** The directory that the settings name, with what their files hold; null: there is none. */
export function readLdapServer(settings: LdapSettings): LdapServer | null {
  if (settings.ldapUrls.length === 0) return null;
  if (settings.ldapBases.length === 0)
    throw wrong('COTERIE_LDAP_BASE', 'is needed with COTERIE_LDAP_URL, for example dc=example,dc=org');
  const profile = profiles[settings.ldapProfile];
  const bases = basesOf('COTERIE_LDAP_BASE', settings.ldapBases);
  const own = (name: string, given: readonly string[]) => (given.length === 0 ? bases : basesOf(name, given));
  return {
    urls: settings.ldapUrls,
    tls: settings.ldapTls,
    ca: fromFile(() => readCertificateFile('COTERIE_LDAP_CA_FILE', settings.ldapCaFile)),
    bindDn: settings.ldapBindDn,
    bindPassword: passwordOf(settings),
    connectSeconds: settings.ldapConnectSeconds,
    seconds: settings.ldapSeconds,
    profile,
    attributes: attributesOf(profile, settings.ldapAttributes),
    bases,
    peopleBases: own('COTERIE_LDAP_PEOPLE_BASE', settings.ldapPeopleBases),
    groupsBases: own('COTERIE_LDAP_GROUPS_BASE', settings.ldapGroupsBases),
    peopleFilter: filterOf('COTERIE_LDAP_PEOPLE_FILTER', settings.ldapPeopleFilter || profile.peopleFilter),
    groupsFilter: filterOf('COTERIE_LDAP_GROUPS_FILTER', settings.ldapGroupsFilter || profile.groupsFilter),
    administratorsFilter:
      settings.ldapAdministratorsFilter === ''
        ? null
        : filterOf('COTERIE_LDAP_ADMINISTRATORS_FILTER', settings.ldapAdministratorsFilter),
    pageSize: settings.ldapPageSize,
  };
}

function passwordOf({ ldapBindDn, ldapBindPassword, ldapBindPasswordFile }: LdapSettings): string {
  const inFile = fromFile(() => readSettingFile('COTERIE_LDAP_BIND_PASSWORD_FILE', ldapBindPasswordFile));
  const password = inFile?.replace(/\r?\n$/u, '') ?? ldapBindPassword;
  // A server takes a name without a password for nobody, and says yes (RFC 4513 §5.1.2).
  if (ldapBindDn !== '' && password === '')
    throw wrong('COTERIE_LDAP_BIND_PASSWORD', 'or COTERIE_LDAP_BIND_PASSWORD_FILE is needed with COTERIE_LDAP_BIND_DN');
  if (ldapBindDn === '' && password !== '')
    throw wrong('COTERIE_LDAP_BIND_DN', 'is needed with a password: whose is it?');
  return password;
}

function attributesOf(profile: Profile, given: Readonly<Record<string, readonly string[]>>): Attributes {
  const unknown = Object.keys(given).find((name) => !isAttributeName(name));
  if (unknown !== undefined)
    throw wrong(
      'COTERIE_LDAP_ATTRIBUTES',
      `has no attribute "${unknown}": there are ${Object.keys(attributeMeanings).join(', ')}`,
    );
  const attributes = { ...profile.attributes, ...given };
  for (const needed of ['id', 'name', 'login'] as const)
    if (attributes[needed].length === 0) throw wrong('COTERIE_LDAP_ATTRIBUTES', `must name something for ${needed}`);
  return attributes;
}

function basesOf(name: string, bases: readonly string[]): readonly string[] {
  const wrongBase = bases.find((base) => normalDn(base) === null);
  if (wrongBase !== undefined)
    throw wrong(
      name,
      `must be names such as ou=people,dc=example,dc=org with semicolons between them, not "${wrongBase}"`,
    );
  return bases;
}

function filterOf(name: string, text: string): Filter {
  try {
    return FilterParser.parseString(text);
  } catch (error) {
    throw wrong(name, `is no filter such as (objectClass=person): ${(error as Error).message}`);
  }
}

function fromFile<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new AppError('invalid', (error as Error).message);
  }
}

function wrong(name: string, phrase: string): AppError {
  return new AppError('invalid', `${name} ${phrase}. See docs/operation/ldap.md.`);
}
