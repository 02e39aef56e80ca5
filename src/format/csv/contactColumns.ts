import type { Card } from '../jscontact/types.ts';
import { addressField } from './addressField.ts';
import type { AddressField, AddressPlace } from './addressField.ts';
import {
  byPreference,
  datesOf,
  nameParts,
  organizationsOf,
  phonesOf,
  titlesOf,
  unitsOf,
  urlsOf,
} from './cardReaders.ts';

/** A column of the layout that Zimbra exports and many programs import: its name, and its values in a card. */
export type ContactColumn = {
  readonly name: string;
  /** One value per column: the second goes to `name` with a 2 behind it, and so on. */
  readonly read: (card: Card) => readonly string[];
  /** Columns of one block stand together, number by number: workStreet, workCity, workStreet2, workCity2. */
  readonly block?: string;
  /** Whether the first of them has a number, too: imAddress1. */
  readonly isNumbered?: boolean;
};

const column = (name: string, read: ContactColumn['read']): ContactColumn => ({ name, read });
const one = (text: string | undefined): readonly string[] => (text ? [text] : []);

const addressColumns = (place: AddressPlace): ContactColumn[] =>
  (['Street', 'City', 'State', 'PostalCode', 'Country', 'POBox'] satisfies AddressField[]).map((field) => ({
    name: `${place}${field}`,
    read: (card) => addressField(card, place, field),
    block: `${place} address`,
  }));

/** All columns, in the order of the file. */
export const contactColumns: readonly ContactColumn[] = [
  column('namePrefix', (card) => nameParts(card, 'title')),
  column('firstName', (card) => nameParts(card, 'given')),
  column('middleName', (card) => nameParts(card, 'given2')),
  column('lastName', (card) => nameParts(card, 'surname', 'surname2')),
  column('nameSuffix', (card) => nameParts(card, 'generation', 'credential')),
  // Only where the name has no parts: else it would say the same twice.
  column('fullName', (card) => (card.name?.components?.length ? [] : one(card.name?.full))),
  column('nickname', (card) => byPreference(card.nicknames).map((entry) => entry.name)),
  column('company', (card) => organizationsOf(card)),
  column('department', (card) => one(unitsOf(card))),
  column('jobTitle', (card) => titlesOf(card, 'title')),
  column('profession', (card) => titlesOf(card, 'role')),
  column('email', (card) => byPreference(card.emails).map((entry) => entry.address)),
  ...[
    'mobilePhone',
    'workPhone',
    'homePhone',
    'otherPhone',
    'companyPhone',
    'workFax',
    'homeFax',
    'otherFax',
    'pager',
  ].map((name) => column(name, (card) => phonesOf(card, name))),
  ...addressColumns('work'),
  ...addressColumns('home'),
  ...addressColumns('other'),
  column('workURL', (card) => urlsOf(card, 'work')),
  column('homeURL', (card) => urlsOf(card, 'private')),
  column('otherURL', (card) => urlsOf(card, null)),
  {
    name: 'imAddress',
    read: (card) => byPreference(card.onlineServices).map((entry) => entry.uri ?? entry.user ?? ''),
    isNumbered: true,
  },
  column('birthday', (card) => datesOf(card, 'birth')),
  column('anniversary', (card) => datesOf(card, 'wedding')),
  column('hobby', (card) =>
    one(
      Object.values(card.personalInfo ?? {})
        .filter((info) => info.kind === 'hobby')
        .map((info) => info.value)
        .join(', '),
    ),
  ),
  column('notes', (card) =>
    one(
      Object.values(card.notes ?? {})
        .map((entry) => entry.note)
        .join('\n\n'),
    ),
  ),
  column('tags', (card) => one(Object.keys(card.keywords ?? {}).join(','))),
  column('type', (card) => (card.kind === 'group' ? ['group'] : [])),
];

/** What an empty folder has as its header. */
const basicColumns = ['firstName', 'lastName', 'company', 'jobTitle', 'email', 'mobilePhone', 'workPhone'];

/** More e-mail addresses or phones than this in one contact do not get columns of their own: one card cannot blow up the table. */
const mostOfOne = 30;

const blockOf = (entry: ContactColumn) => entry.block ?? entry.name;
const nameOf = (entry: ContactColumn, number: number) =>
  number === 1 && !entry.isNumbered ? entry.name : `${entry.name}${number}`;

/** Every name that a header can hold, in order: block by block, in a block number by number. */
const order = new Map(
  [...Map.groupBy(contactColumns, blockOf).values()]
    .flatMap((block) => Array.from({ length: mostOfOne }, (_, index) => block.map((entry) => nameOf(entry, index + 1))))
    .flat()
    .map((name, place) => [name, place]),
);

/** The values of a card by the names of their columns. */
export function contactValues(card: Card): Map<string, string> {
  const values = new Map<string, string>();
  for (const entry of contactColumns) {
    for (const [index, value] of entry.read(card).slice(0, mostOfOne).entries()) {
      if (value !== '') values.set(nameOf(entry, index + 1), value);
    }
  }
  return values;
}

/** The header: the columns in use, always in the same order. */
export function contactHeader(used: ReadonlySet<string>): string[] {
  return used.size === 0 ? basicColumns : [...used].sort((a, b) => order.get(a)! - order.get(b)!);
}
