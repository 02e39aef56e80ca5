import type { Address, Card, Phone } from '../../jscontact/types.ts';
import { byPreference } from '../cardReaders.ts';
import { contactValues } from '../contactColumns.ts';
import { google } from './google.ts';

type Usage = { readonly contexts?: Readonly<Record<string, true>>; readonly label?: string; readonly pref?: number };

const plain = google.columns.map(([field, heading]) => ({ field, heading }));

/** The values of a card by the headings of Google's table. */
export function googleValues(card: Card): Map<string, string> {
  const fields = contactValues(card);
  const values = new Map<string, string>();
  const set = (heading: string, value: string | undefined) => {
    if (value) values.set(heading, value);
  };
  for (const { field, heading } of plain) set(heading, field === null ? undefined : fields.get(field));
  if (!fields.has('firstName') && !fields.has('lastName')) set('First Name', fields.get('fullName'));
  set('Labels', fields.get('tags')?.replaceAll(',', ' ::: '));
  const pairs = (kind: string, entries: readonly { readonly label: string; readonly value: string }[]) => {
    for (const [index, { label, value }] of entries.entries()) {
      set(`${kind} ${index + 1} - Label`, label);
      set(`${kind} ${index + 1} - Value`, value);
    }
  };
  pairs(
    'E-mail',
    byPreference(card.emails).map((entry) => ({ label: labelOf(entry), value: entry.address })),
  );
  pairs(
    'Phone',
    byPreference(card.phones).map((entry) => ({
      label: phoneLabel(entry),
      value: entry.number.replace(/^tel:/iu, ''),
    })),
  );
  for (const [index, address] of byPreference(card.addresses).entries())
    setAddress(set, `Address ${index + 1}`, address);
  pairs(
    'Website',
    byPreference(card.links).map((entry) => ({ label: labelOf(entry), value: entry.uri })),
  );
  const anniversary = fields.get('anniversary');
  pairs('Event', anniversary === undefined ? [] : [{ label: 'Anniversary', value: anniversary }]);
  return values;
}

/** The headings in use, in Google's order. */
export function googleHeader(used: ReadonlySet<string>): string[] {
  const fixed = plain.map(({ heading }) => heading);
  const numbered = [...used].filter((heading) => !fixed.includes(heading));
  const place = (heading: string): number => {
    const [, kind = '', number = ''] = /^(.+) (\d+) - /u.exec(heading) ?? [];
    const part = heading.split(' - ')[1]!;
    return kinds.indexOf(kind) * 1e6 + Number(number) * 100 + parts.indexOf(part);
  };
  return [...fixed, ...numbered.sort((a, b) => place(a) - place(b))];
}

const kinds = ['E-mail', 'Phone', 'Address', 'Website', 'Event'];
const parts = ['Label', 'Value', 'Street', 'City', 'PO Box', 'Region', 'Postal Code', 'Country'];

function labelOf({ contexts = {}, label = '', pref }: Usage): string {
  const words = contexts['work'] ? 'Work' : contexts['private'] ? 'Home' : label;
  return pref === 1 && words !== '' ? `* ${words}` : words;
}

function phoneLabel(phone: Phone): string {
  const { features = {}, contexts = {} } = phone;
  const place = contexts['work'] ? 'Work ' : contexts['private'] ? 'Home ' : '';
  if (features['fax']) return `${place}Fax`;
  if (features['pager']) return 'Pager';
  if (features['main-number']) return 'Main';
  return features['mobile'] ? `${place}Mobile` : labelOf(phone);
}

const addressParts: readonly (readonly [heading: string, kind: string])[] = [
  ['City', 'locality'],
  ['Region', 'region'],
  ['Postal Code', 'postcode'],
  ['Country', 'country'],
  ['PO Box', 'postOfficeBox'],
];

function setAddress(set: (heading: string, value: string) => void, prefix: string, address: Address): void {
  const { components = [] } = address;
  const of = (kind: string) => components.filter((part) => part.kind === kind).map(({ value }) => value);
  const named = new Set(addressParts.map(([, kind]) => kind));
  const street = components.filter(({ kind }) => !named.has(kind) && kind !== 'separator').map(({ value }) => value);
  set(`${prefix} - Label`, labelOf(address));
  set(`${prefix} - Street`, street.join(' ') || (components.length === 0 ? (address.full ?? '') : ''));
  for (const [heading, kind] of addressParts) set(`${prefix} - ${heading}`, of(kind).join(', '));
}
