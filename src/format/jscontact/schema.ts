// What RFC 9553 says of each object, as far as a program can check it. One row per property.

/** What the value of a property must be. */
export type Rule =
  | 'string'
  | 'filled'
  | 'bigString'
  | 'boolean'
  | 'pref'
  | 'positive'
  | 'utc'
  | 'id'
  | 'language'
  | 'stringSet'
  | 'textMap'
  | 'year'
  | 'month'
  | 'day'
  | 'patches'
  | 'jCardProps'
  | 'params'
  | 'vCardName'
  | 'version'
  | 'components'
  | 'members'
  | { readonly object: string }
  | { readonly map: string }
  | { readonly anyKeys: string }
  | { readonly list: string }
  | { readonly oneOf: readonly string[] };

/** The properties of a type, those it cannot be without, and those of which it needs one. */
export type ObjectType = {
  readonly properties: Readonly<Record<string, Rule>>;
  readonly required?: readonly string[];
  readonly someOf?: readonly string[];
};

const usage = { contexts: 'stringSet', pref: 'pref' } as const;
const labelled = { ...usage, label: 'string' } as const;
const resource = { ...labelled, uri: 'string', kind: 'string', mediaType: 'string' } as const;
const structure = {
  components: 'components',
  isOrdered: 'boolean',
  defaultSeparator: 'string',
  phoneticScript: 'string',
  phoneticSystem: 'string',
  full: 'string',
} as const;

/** Properties that every object may have (RFC 9553 §1.3.4, RFC 9555 §2.15). */
export const commonProperties: Readonly<Record<string, Rule>> = {
  '@type': 'string',
  vCardParams: 'params',
  vCardName: 'vCardName',
};

/** Every type of RFC 9553 §2. */
export const objectTypes: Readonly<Record<string, ObjectType>> = {
  Card: {
    required: ['@type', 'version', 'uid'],
    properties: {
      version: 'version',
      uid: 'filled',
      created: 'utc',
      updated: 'utc',
      kind: 'string',
      language: 'language',
      members: 'members',
      prodId: 'string',
      relatedTo: { anyKeys: 'Relation' },
      name: { object: 'Name' },
      nicknames: { map: 'Nickname' },
      organizations: { map: 'Organization' },
      speakToAs: { object: 'SpeakToAs' },
      titles: { map: 'Title' },
      emails: { map: 'EmailAddress' },
      onlineServices: { map: 'OnlineService' },
      phones: { map: 'Phone' },
      preferredLanguages: { map: 'LanguagePref' },
      calendars: { map: 'Calendar' },
      schedulingAddresses: { map: 'SchedulingAddress' },
      addresses: { map: 'Address' },
      cryptoKeys: { map: 'CryptoKey' },
      directories: { map: 'Directory' },
      links: { map: 'Link' },
      media: { map: 'Media' },
      localizations: 'patches',
      anniversaries: { map: 'Anniversary' },
      keywords: 'stringSet',
      notes: { map: 'Note' },
      personalInfo: { map: 'PersonalInfo' },
      vCardProps: 'jCardProps',
    },
  },
  Relation: { properties: { relation: 'stringSet' } },
  Name: { someOf: ['full', 'components'], properties: { ...structure, sortAs: 'textMap' } },
  NameComponent: {
    required: ['kind', 'value'],
    properties: {
      kind: { oneOf: ['title', 'given', 'given2', 'surname', 'surname2', 'credential', 'generation', 'separator'] },
      value: 'string',
      phonetic: 'string',
    },
  },
  Nickname: { required: ['name'], properties: { ...usage, name: 'string' } },
  Organization: {
    someOf: ['name', 'units'],
    properties: { name: 'string', units: { list: 'OrgUnit' }, sortAs: 'string', contexts: 'stringSet' },
  },
  OrgUnit: { required: ['name'], properties: { name: 'string', sortAs: 'string' } },
  SpeakToAs: {
    someOf: ['grammaticalGender', 'pronouns'],
    properties: { grammaticalGender: 'string', pronouns: { map: 'Pronouns' } },
  },
  Pronouns: { required: ['pronouns'], properties: { ...usage, pronouns: 'string' } },
  Title: { required: ['name'], properties: { name: 'string', kind: 'string', organizationId: 'id' } },
  EmailAddress: { required: ['address'], properties: { ...labelled, address: 'string' } },
  OnlineService: {
    someOf: ['uri', 'user'],
    properties: { ...labelled, service: 'string', uri: 'string', user: 'string' },
  },
  Phone: { required: ['number'], properties: { ...labelled, number: 'string', features: 'stringSet' } },
  LanguagePref: { required: ['language'], properties: { ...usage, language: 'language' } },
  Calendar: { required: ['uri', 'kind'], properties: resource },
  SchedulingAddress: { required: ['uri'], properties: { ...labelled, uri: 'string' } },
  Address: {
    someOf: ['components', 'full', 'coordinates', 'countryCode', 'timeZone'],
    properties: { ...usage, ...structure, countryCode: 'string', coordinates: 'string', timeZone: 'string' },
  },
  AddressComponent: {
    required: ['kind', 'value'],
    properties: {
      kind: {
        oneOf: [
          'room',
          'apartment',
          'floor',
          'building',
          'number',
          'name',
          'block',
          'subdistrict',
          'district',
          'locality',
          'region',
          'postcode',
          'country',
          'direction',
          'landmark',
          'postOfficeBox',
          'separator',
        ],
      },
      value: 'string',
      phonetic: 'string',
    },
  },
  CryptoKey: { required: ['uri'], properties: { ...resource, uri: 'bigString' } },
  Directory: { required: ['uri', 'kind'], properties: { ...resource, listAs: 'positive' } },
  Link: { required: ['uri'], properties: resource },
  // RFC 9610 §3: on JMAP a blobId may stand for the uri.
  Media: { required: ['kind'], someOf: ['uri', 'blobId'], properties: { ...resource, uri: 'bigString', blobId: 'id' } },
  Anniversary: {
    required: ['kind', 'date'],
    properties: { kind: 'string', date: { object: 'PartialDate' }, place: { object: 'Address' } },
  },
  PartialDate: {
    someOf: ['year', 'month', 'day'],
    properties: { year: 'year', month: 'month', day: 'day', calendarScale: 'string' },
  },
  Timestamp: { required: ['@type', 'utc'], properties: { utc: 'utc' } },
  Note: { required: ['note'], properties: { note: 'string', created: 'utc', author: { object: 'Author' } } },
  Author: { someOf: ['name', 'uri'], properties: { name: 'string', uri: 'string' } },
  PersonalInfo: {
    required: ['kind', 'value'],
    properties: { kind: 'string', value: 'string', level: 'string', listAs: 'positive', label: 'string' },
  },
};

/** The type of an object at a property: Timestamp and PartialDate share one (RFC 9553 §2.8.1). */
export function typeAt(type: string, value: Readonly<Record<string, unknown>>): string {
  return type === 'PartialDate' && value['@type'] === 'Timestamp' ? 'Timestamp' : type;
}

/** The component type of Name and Address. */
export function componentType(type: string): string {
  return `${type}Component`;
}
