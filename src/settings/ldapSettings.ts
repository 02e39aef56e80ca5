import { setting } from './setting.ts';
import { attributes, ldapUrls, oneOf, parts, text, whole } from './values.ts';

/** The organisation's directory; see docs/operation/ldap.md. */
export const ldapSettings = {
  ldapUrls: setting(
    'COTERIE_LDAP_URL',
    '',
    ldapUrls,
    'The LDAP servers of the organisation, for example `ldaps://ldap1.example.org ldaps://ldap2.example.org`: the first that answers is asked. Without it people are made here. See docs/operation/ldap.md.',
  ),
  ldapBases: setting(
    'COTERIE_LDAP_BASE',
    '',
    parts,
    'The entry below which people and groups are, for example `dc=example,dc=org`; several with `;` between them.',
  ),
  ldapProfile: setting(
    'COTERIE_LDAP_PROFILE',
    'generic',
    oneOf('generic', 'supann', 'ad'),
    'What the directory looks like: `generic` (inetOrgPerson; groupOfNames, groupOfUniqueNames, posixGroup), `supann` (French universities), `ad` (Active Directory).',
  ),
  ldapBindDn: setting(
    'COTERIE_LDAP_BIND_DN',
    '',
    text,
    'Who Coterie is in the directory, for example `cn=coterie,ou=services,dc=example,dc=org`; without it anonymous.',
  ),
  ldapBindPassword: setting('COTERIE_LDAP_BIND_PASSWORD', '', text, 'The password of that entry.'),
  ldapBindPasswordFile: setting('COTERIE_LDAP_BIND_PASSWORD_FILE', '', text, 'A file that holds it instead.'),
  ldapTls: setting(
    'COTERIE_LDAP_TLS',
    'auto',
    oneOf('auto', 'required', 'off'),
    'For `ldap://`: `auto` encrypts with StartTLS, except to this machine; `required` there, too; `off` never, so that passwords can be read on the way. The certificate is always checked.',
  ),
  ldapCaFile: setting(
    'COTERIE_LDAP_CA_FILE',
    '',
    text,
    'A file of certificates (PEM) that vouch for the LDAP servers, besides those of the system.',
  ),
  ldapPeopleBases: setting(
    'COTERIE_LDAP_PEOPLE_BASE',
    '',
    parts,
    'Where people are, when not everywhere below the base.',
  ),
  ldapGroupsBases: setting(
    'COTERIE_LDAP_GROUPS_BASE',
    '',
    parts,
    'Where groups are, when not everywhere below the base.',
  ),
  ldapPeopleFilter: setting(
    'COTERIE_LDAP_PEOPLE_FILTER',
    '',
    text,
    'Which entries are people who may sign in, for example `(&(objectClass=person)(mail=*))`; without it as the profile says.',
  ),
  ldapGroupsFilter: setting(
    'COTERIE_LDAP_GROUPS_FILTER',
    '',
    text,
    'Which entries are groups, for example `(objectClass=groupOfNames)`; without it as the profile says.',
  ),
  ldapAdministratorsFilter: setting(
    'COTERIE_LDAP_ADMINISTRATORS_FILTER',
    '',
    text,
    'Which of the people administer Coterie, for example `(memberOf=cn=it,ou=groups,dc=example,dc=org)`; without it none of them.',
  ),
  ldapAttributes: setting(
    'COTERIE_LDAP_ATTRIBUTES',
    '',
    attributes,
    'Attributes that are read instead of those of the profile, for example `login=uid,supannAliasLogin department=ou mobile=`. See docs/operation/ldap.md.',
  ),
  ldapPageSize: setting('COTERIE_LDAP_PAGE_SIZE', '500', whole(1, 10_000), 'How many entries are asked for at once.'),
  ldapConnectSeconds: setting(
    'COTERIE_LDAP_CONNECT_SECONDS',
    '5',
    whole(1, 120),
    'After so long without a connection the next server is tried.',
  ),
  ldapSeconds: setting('COTERIE_LDAP_SECONDS', '30', whole(1, 600), 'So long an answer is waited for.'),
} as const;
