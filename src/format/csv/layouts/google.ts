import { ownValue } from '../../../lib/ownValue.ts';
import type { ColumnField, Layout } from './layout.ts';

/** Google Contacts, of today and of before 2024: English headings in every language, pairs of label and value. */
export const google: Layout = {
  name: 'google',
  dates: { en: 'mdy', fr: 'dmy' },
  columns: [
    ['firstName', 'First Name'],
    ['middleName', 'Middle Name'],
    ['lastName', 'Last Name'],
    [null, 'Phonetic First Name'],
    [null, 'Phonetic Middle Name'],
    [null, 'Phonetic Last Name'],
    ['namePrefix', 'Name Prefix'],
    ['nameSuffix', 'Name Suffix'],
    ['nickname', 'Nickname'],
    ['note', 'File As'],
    ['company', 'Organization Name'],
    ['jobTitle', 'Organization Title'],
    ['department', 'Organization Department'],
    ['birthday', 'Birthday'],
    ['notes', 'Notes'],
    [null, 'Photo'],
    ['tags', 'Labels'],
  ],
  fieldOf: (heading) => ownValue(older, heading) ?? numbered(heading),
};

const older: Readonly<Record<string, string>> = {
  name: 'fullName',
  'given name': 'firstName',
  'additional name': 'middleName',
  'family name': 'lastName',
  'group membership': 'tags',
  'organization 1 - name': 'company',
  'organization 1 - title': 'jobTitle',
  'organization 1 - department': 'department',
  'organization 2 - name': 'company2',
  'organization 2 - title': 'jobTitle2',
  occupation: 'profession',
  hobby: 'hobby',
};

const kinds: Readonly<Record<string, string>> = {
  'e-mail': 'email',
  phone: 'phone',
  address: 'address',
  website: 'website',
  im: 'im',
  event: 'event',
  relation: 'relation',
  'custom field': 'custom',
};
const parts: Readonly<Record<string, string>> = {
  label: 'label',
  type: 'label',
  value: 'value',
  service: 'service',
  street: 'street',
  city: 'city',
  region: 'region',
  'postal code': 'postcode',
  country: 'country',
  'po box': 'box',
  'extended address': 'extended',
};

/** « E-mail 1 - Value » is `email[1].value`. */
function numbered(heading: string): ColumnField | undefined {
  const [, kind = '', number = '', part = ''] = /^([a-z -]+?) (\d{1,2}) - ([a-z ]+)$/u.exec(heading) ?? [];
  if (Object.hasOwn(kinds, kind) && Object.hasOwn(parts, part)) return `${kinds[kind]}[${number}].${parts[part]}`;
  return kind === 'address' || kind === 'organization' ? null : undefined;
}
