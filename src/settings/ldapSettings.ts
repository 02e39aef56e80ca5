import { setting } from './setting.ts';
import { attributes, ldapUrls, oneOf, parts, text, whole } from './values.ts';

/** The organisation's directory; see docs/operation/ldap.md. */
export const ldapSettings = {
  ldapUrls: setting(
    'COTERIE_LDAP_URL',
    '',
    ldapUrls,
    'The organisation’s LDAP servers, for example `ldaps://ldap1.example.org ldaps://ldap2.example.org`: the first that answers is used. Without it people are created in Coterie. See docs/operation/ldap.md.',
  ),
  ldapBases: setting(
    'COTERIE_LDAP_BASE',
    '',
    parts,
    'The entry below which people and groups are, for example `dc=example,dc=org`; separate several with `;`.',
  ),
  ldapProfile: setting(
    'COTERIE_LDAP_PROFILE',
    'generic',
    oneOf('generic', 'supann', 'ad'),
    'The kind of directory: `generic` (inetOrgPerson; groupOfNames, groupOfUniqueNames, posixGroup), `supann` (French universities), `ad` (Active Directory).',
  ),
  ldapBindDn: setting(
    'COTERIE_LDAP_BIND_DN',
    '',
    text,
    'The entry as which Coterie signs in to the directory, for example `cn=coterie,ou=services,dc=example,dc=org`; without it anonymously.',
  ),
  ldapBindPassword: setting('COTERIE_LDAP_BIND_PASSWORD', '', text, 'The password of that entry.'),
  ldapBindPasswordFile: setting(
    'COTERIE_LDAP_BIND_PASSWORD_FILE',
    '',
    text,
    'A file that contains this password instead.',
  ),
  ldapTls: setting(
    'COTERIE_LDAP_TLS',
    'auto',
    oneOf('auto', 'required', 'off'),
    'For `ldap://`: `auto` encrypts with StartTLS, except to this machine; `required` encrypts there, too; `off` never encrypts, so that passwords can be read on the way. The certificate is always checked.',
  ),
  ldapCaFile: setting(
    'COTERIE_LDAP_CA_FILE',
    '',
    text,
    'A file of CA certificates (PEM) to trust for the LDAP servers, in addition to those of the system.',
  ),
  ldapPeopleBases: setting('COTERIE_LDAP_PEOPLE_BASE', '', parts, 'Where people are, if not anywhere below the base.'),
  ldapGroupsBases: setting('COTERIE_LDAP_GROUPS_BASE', '', parts, 'Where groups are, if not anywhere below the base.'),
  ldapPeopleFilter: setting(
    'COTERIE_LDAP_PEOPLE_FILTER',
    '',
    text,
    'Which entries are people who may sign in, for example `(&(objectClass=person)(mail=*))`; default: as the profile says.',
  ),
  ldapGroupsFilter: setting(
    'COTERIE_LDAP_GROUPS_FILTER',
    '',
    text,
    'Which entries are groups, for example `(objectClass=groupOfNames)`; default: as the profile says.',
  ),
  ldapAdministratorsFilter: setting(
    'COTERIE_LDAP_ADMINISTRATORS_FILTER',
    '',
    text,
    'Which people administer Coterie, for example `(memberOf=cn=it,ou=groups,dc=example,dc=org)`; default: none of them.',
  ),
  ldapAttributes: setting(
    'COTERIE_LDAP_ATTRIBUTES',
    '',
    attributes,
    'Attributes to read instead of those of the profile, for example `login=uid,supannAliasLogin department=ou mobile=`. See docs/operation/ldap.md.',
  ),
  ldapPageSize: setting('COTERIE_LDAP_PAGE_SIZE', '500', whole(1, 10_000), 'How many entries to request at once.'),
  ldapConnectSeconds: setting(
    'COTERIE_LDAP_CONNECT_SECONDS',
    '5',
    whole(1, 120),
    'After how many seconds without a connection the next server is tried.',
  ),
  ldapSeconds: setting('COTERIE_LDAP_SECONDS', '30', whole(1, 600), 'How many seconds to wait for an answer.'),
} as const;
