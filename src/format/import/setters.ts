import type { AddressComponent, StringSet } from '../jscontact/types.ts';
import type { Draft } from './draft.ts';

/** What stands beside a value: which of several it is, which part of it, and the heading of its column. */
export type Setting = { readonly number: number; readonly part: string; readonly heading: string };

/** Takes a value into the draft. */
export type Setter = (draft: Draft, value: string, setting: Setting) => void;

const namePart =
  (kind: string): Setter =>
  (draft, value) =>
    draft.name.push({ kind, value });

const phone =
  (feature: string | null, context: 'work' | 'private' | null): Setter =>
  (draft, number) =>
    draft.phones.push({
      number,
      ...(feature === null ? {} : { features: { [feature]: true } }),
      ...contextsOf(context),
    });

/** The contexts property of what is for work or for private life. */
export function contextsOf(context: 'work' | 'private' | null): { contexts?: StringSet } {
  return context === null ? {} : { contexts: { [context]: true } };
}

const link =
  (context: 'work' | 'private' | null): Setter =>
  (draft, value) => {
    const uri = uriOf(value);
    if (uri === undefined) draft.notes.push(value);
    else draft.links.push({ uri, ...contextsOf(context) });
  };

/** « www.exemple.fr » is an address, too. */
export function uriOf(value: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\S+$/iu.test(value)) return value;
  return /^[^\s:/][^\s:/.]*\.[^\s:]+$/u.test(value) ? `http://${value}` : undefined;
}

type Place = 'work' | 'home' | 'other';
const contextOfPlace = { work: 'work', home: 'private', other: null } as const;

/** The address of this place and number, made when it is not there yet. */
function addressAt(draft: Draft, place: string, number: number, context: 'work' | 'private' | null) {
  const key = `${place}${number}`;
  const found = draft.addresses.get(key) ?? { ...contextsOf(context), lines: [], parts: [] };
  draft.addresses.set(key, found);
  return found;
}

const addressPart =
  (place: Place, kind: AddressComponent['kind']): Setter =>
  (draft, value, { number }) => {
    addressAt(draft, place, number, contextOfPlace[place]).parts.push({ kind, value });
  };

const street =
  (place: Place): Setter =>
  (draft, value, { number, part }) => {
    const { lines } = addressAt(draft, place, number, contextOfPlace[place]);
    lines[part === '' ? 0 : Number(part) - 1] = value;
  };

const addressSetters = (place: Place): Record<string, Setter> => ({
  [`${place}Street`]: street(place),
  [`${place}City`]: addressPart(place, 'locality'),
  [`${place}State`]: addressPart(place, 'region'),
  [`${place}PostalCode`]: addressPart(place, 'postcode'),
  [`${place}Country`]: addressPart(place, 'country'),
  [`${place}POBox`]: addressPart(place, 'postOfficeBox'),
});

const words = (value: string) =>
  value
    .split(/[,;]|\s:::\s/u)
    .map((word) => word.trim())
    .filter(Boolean);

/** What each field of `contactColumns` does, and those that only other programs have. */
export const setters: Readonly<Record<string, Setter>> = {
  namePrefix: namePart('title'),
  firstName: namePart('given'),
  middleName: namePart('given2'),
  lastName: namePart('surname'),
  nameSuffix: namePart('generation'),
  fullName: (draft, value) => (draft.full = value),
  nickname: (draft, value) => draft.nicknames.push(value),
  company: (draft, value, { number }) => draft.companies.set(number, value),
  department: (draft, value) => draft.departments.push(value),
  jobTitle: (draft, value) => draft.titles.push({ kind: 'title', name: value }),
  profession: (draft, value) => draft.titles.push({ kind: 'role', name: value }),
  email: (draft, value) => {
    // An Exchange server's own name of somebody is of no use elsewhere.
    if (!/^\/o=/iu.test(value)) draft.emails.push({ address: value.replace(/^mailto:/iu, '') });
  },
  mobilePhone: phone('mobile', null),
  workPhone: phone(null, 'work'),
  homePhone: phone(null, 'private'),
  otherPhone: phone(null, null),
  companyPhone: phone('main-number', null),
  workFax: phone('fax', 'work'),
  homeFax: phone('fax', 'private'),
  otherFax: phone('fax', null),
  pager: phone('pager', null),
  phone: (draft, number, { heading }) => draft.phones.push({ number, label: heading }),
  ...addressSetters('work'),
  ...addressSetters('home'),
  ...addressSetters('other'),
  workURL: link('work'),
  homeURL: link('private'),
  otherURL: link(null),
  imAddress: (draft, value) =>
    draft.services.push(/^[a-z][a-z0-9+.-]*:\S+$/iu.test(value) ? { uri: value } : { user: value }),
  hobby: (draft, value) => draft.hobbies.push(value),
  notes: (draft, value) => draft.notes.push(value),
  note: (draft, value, { heading }) => draft.notes.push(`${heading} : ${value}`),
  tags: (draft, value) => draft.keywords.push(...words(value).filter((word) => !word.startsWith('*'))),
  type: (draft, value) => {
    if (value === 'group') draft.kind = 'group';
  },
  uid: (draft, value) => (draft.uid = value),
  members: (draft, value) => draft.members.push(...words(value)),
  languages: (draft, value) => draft.languages.push(...words(value)),
};

/** Fields that hold dates: what kind of anniversary (RFC 9553 §2.8.1). */
export const dateFields: Readonly<Record<string, string>> = { birthday: 'birth', anniversary: 'wedding' };
