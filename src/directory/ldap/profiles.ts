import type { Attributes } from './attributes.ts';

/** What directories of one kind look like. */
export type Profile = {
  readonly name: 'generic' | 'supann' | 'ad';
  readonly peopleFilter: string;
  readonly groupsFilter: string;
  readonly attributes: Attributes;
  /** Entries that codes in `department` stand for; null: departments are written out. */
  readonly units: Units | null;
  /** Words for codes in `title`. */
  readonly titles: Readonly<Record<string, string>>;
};

/** Where the names of departments stand when people have only their codes. */
export type Units = { readonly filter: string; readonly code: string; readonly names: readonly string[] };

const generic: Profile = {
  name: 'generic',
  peopleFilter: '(objectClass=inetOrgPerson)',
  groupsFilter: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))',
  attributes: {
    id: ['entryUUID'],
    changed: ['modifyTimestamp'],
    name: ['displayName', 'cn'],
    given: ['givenName'],
    surname: ['sn'],
    mail: ['mail'],
    alias: ['mailAlternateAddress', 'mailLocalAddress'],
    login: ['uid'],
    organization: ['o'],
    department: ['ou', 'departmentNumber'],
    title: ['title'],
    phone: ['telephoneNumber'],
    mobile: ['mobile'],
    fax: ['facsimileTelephoneNumber'],
    // Somebody's own number is shown only where an administrator says so.
    home: [],
    address: ['postalAddress'],
    language: ['preferredLanguage'],
    hidden: [],
    locked: ['pwdAccountLockedTime', 'pwdEndTime', 'nsAccountLock', 'shadowExpire'],
    groupName: ['displayName', 'cn'],
    groupMail: ['mail'],
    description: ['description'],
    member: ['member', 'uniqueMember', 'memberUid'],
  },
  units: null,
  titles: {},
};

/** SUPANN 2021: https://services.renater.fr/documentation/supann */
const supann: Profile = {
  ...generic,
  name: 'supann',
  peopleFilter: '(|(objectClass=supannPerson)(&(objectClass=inetOrgPerson)(objectClass=eduPerson)))',
  groupsFilter: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=supannGroupe))',
  attributes: {
    ...generic.attributes,
    alias: ['mailAlternateAddress', 'mailLocalAddress', 'supannAutreMail'],
    login: ['uid', 'supannAliasLogin'],
    department: ['supannEntiteAffectationPrincipale', 'supannEntiteAffectation', 'ou'],
    title: ['title', 'eduPersonPrimaryAffiliation', 'eduPersonAffiliation'],
    hidden: ['supannListeRouge'],
    locked: [...generic.attributes.locked, 'supannRessourceEtat'],
    groupName: ['displayName', 'cn'],
  },
  units: { filter: '(objectClass=supannEntite)', code: 'supannCodeEntite', names: ['description', 'ou', 'cn'] },
  // The values of eduPersonAffiliation that SUPANN allows.
  titles: {
    student: 'Étudiant·e',
    faculty: 'Enseignant·e',
    teacher: 'Enseignant·e',
    researcher: 'Chercheur·e',
    employee: 'Personnel',
    staff: 'Personnel',
    member: 'Membre',
    affiliate: 'Partenaire',
    alum: 'Ancien·ne étudiant·e',
    retired: 'Retraité·e',
    emeritus: 'Émérite',
    'library-walk-in': 'Lecteur ou lectrice',
    'registered-reader': 'Lecteur ou lectrice',
  },
};

const ad: Profile = {
  ...generic,
  name: 'ad',
  // Accounts of people, by an attribute with an index: computers and trusts have other types (MS-SAMR §2.2.1.9).
  peopleFilter: '(sAMAccountType=805306368)',
  groupsFilter: '(&(objectClass=group)(!(isCriticalSystemObject=TRUE)))',
  attributes: {
    ...generic.attributes,
    id: ['objectGUID'],
    changed: ['whenChanged'],
    alias: ['proxyAddresses'],
    login: ['sAMAccountName', 'userPrincipalName'],
    organization: ['company'],
    department: ['department'],
    address: ['streetAddress+postalCode+l'],
    hidden: ['msExchHideFromAddressLists'],
    locked: ['userAccountControl', 'accountExpires'],
    groupName: ['displayName', 'cn'],
    member: ['member'],
  },
};

/** The profiles by their names. */
export const profiles: Readonly<Record<Profile['name'], Profile>> = { generic, supann, ad };
