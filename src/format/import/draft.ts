import type {
  Address,
  AddressComponent,
  Anniversary,
  Card,
  EmailAddress,
  NameComponent,
  OnlineService,
  Phone,
  Resource,
} from '../jscontact/types.ts';

type Writable<T> = { -readonly [P in keyof T]: T[P] };

/** A contact while its columns are read. */
export type Draft = {
  readonly name: NameComponent[];
  full: string;
  readonly nicknames: string[];
  readonly companies: Map<number, string>;
  readonly departments: string[];
  readonly titles: { readonly kind: 'title' | 'role'; readonly name: string }[];
  readonly emails: EmailAddress[];
  readonly phones: Phone[];
  readonly services: OnlineService[];
  readonly links: Resource[];
  /** By place and number: `work2`. */
  readonly addresses: Map<string, Writable<Address> & { readonly lines: string[]; readonly parts: AddressComponent[] }>;
  readonly anniversaries: Anniversary[];
  readonly hobbies: string[];
  readonly notes: string[];
  readonly keywords: string[];
  readonly members: string[];
  readonly languages: string[];
  kind?: 'group';
  uid?: string;
};

/** An empty one. */
export function newDraft(): Draft {
  return {
    name: [],
    full: '',
    nicknames: [],
    companies: new Map(),
    departments: [],
    titles: [],
    emails: [],
    phones: [],
    services: [],
    links: [],
    addresses: new Map(),
    anniversaries: [],
    hobbies: [],
    notes: [],
    keywords: [],
    members: [],
    languages: [],
  };
}

/** The content of the card; undefined when nothing tells whom it is of. */
export function draftedCard(draft: Draft): Partial<Card> | undefined {
  const card: Partial<Card> = {
    ...(draft.kind ? { kind: draft.kind } : {}),
    ...(draft.uid === undefined ? {} : { uid: draft.uid }),
    ...nameOf(draft),
    ...map(
      'nicknames',
      draft.nicknames.map((name) => ({ name })),
    ),
    ...map('organizations', organizationsOf(draft)),
    ...map(
      'titles',
      draft.titles.map(({ kind, name }) => ({ name, ...(kind === 'role' ? { kind } : {}) })),
    ),
    ...map('emails', draft.emails),
    ...map('phones', draft.phones),
    ...map('onlineServices', draft.services),
    ...map('links', draft.links),
    ...map('addresses', addressesOf(draft)),
    ...map('anniversaries', draft.anniversaries),
    ...map(
      'personalInfo',
      draft.hobbies.map((value) => ({ kind: 'hobby', value })),
    ),
    ...map('notes', draft.notes.length === 0 ? [] : [{ note: draft.notes.join('\n') }]),
    ...map(
      'preferredLanguages',
      draft.languages.map((language) => ({ language })),
    ),
    ...set('keywords', draft.keywords),
    ...set('members', draft.members),
  };
  const said = Object.keys(card).filter((property) => property !== 'uid' && property !== 'kind');
  return said.length === 0 ? undefined : card;
}

function map<P extends keyof Card>(property: P, entries: readonly object[]): Partial<Card> {
  if (entries.length === 0) return {};
  return { [property]: Object.fromEntries(entries.map((entry, index) => [`${index + 1}`, entry])) };
}

function set(property: 'keywords' | 'members', values: readonly string[]): Partial<Card> {
  return values.length === 0 ? {} : { [property]: Object.fromEntries(values.map((value) => [value, true as const])) };
}

const shownOrder = ['title', 'given', 'given2', 'surname', 'generation'];

function nameOf({ name, full }: Draft): Partial<Card> {
  const components = shownOrder.flatMap((kind) => name.filter((component) => component.kind === kind));
  if (components.length === 0) return full === '' ? {} : { name: { full } };
  const joined = components.map(({ value }) => value).join(' ');
  return { name: { components, full: full === '' ? joined : full } };
}

function organizationsOf({ companies, departments }: Draft): object[] {
  const units = departments.map((name) => ({ name }));
  const named = [...companies].sort(([a], [b]) => a - b).map(([, name]) => ({ name }));
  if (units.length === 0) return named;
  return named.length === 0 ? [{ units }] : named.map((one, index) => (index === 0 ? { ...one, units } : one));
}

function addressesOf({ addresses }: Draft): object[] {
  return [...addresses.values()].flatMap(({ lines, parts, ...address }) => {
    const street = lines.filter((line) => line !== '').join('\n');
    const components = [...(street === '' ? [] : [{ kind: 'name', value: street }]), ...parts];
    return components.length === 0 ? [] : [{ ...address, components }];
  });
}
