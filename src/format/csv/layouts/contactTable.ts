import type { Card } from '../../jscontact/types.ts';
import { fullName } from '../../jscontact/names.ts';
import { contactHeader, contactValues } from '../contactColumns.ts';
import { googleHeader, googleValues } from './googleTable.ts';
import type { Layout, LayoutColumn, LayoutName } from './layout.ts';
import { layouts } from './layouts.ts';

/** A column of a file: by what its values are found, and its heading. */
export type TableColumn = { readonly key: string; readonly heading: string };

/** Contacts as a table in the layout of one program. */
export type ContactTable = {
  /** The values of a card by the keys of their columns. */
  readonly values: (card: Card) => ReadonlyMap<string, string>;
  /** The columns of the file; `used` are the keys that have a value in some card. */
  readonly columns: (used: ReadonlySet<string>) => readonly TableColumn[];
  /** Whether the columns are the same, whatever is in the cards. */
  readonly isFixed: boolean;
};

/** The layouts in which tables are written. */
export const writtenLayouts = [
  'outlook',
  'google',
  'thunderbird',
  'zimbra',
  'everything',
] as const satisfies LayoutName[];
/** One of them. */
export type WrittenLayout = (typeof writtenLayouts)[number];

/** How to write a table that this program understands, with headings in this language. */
export function contactTable(name: WrittenLayout, language: 'fr' | 'en'): ContactTable {
  return tables[name](language);
}

const named = (keys: readonly string[]): TableColumn[] => keys.map((key) => ({ key, heading: key }));

const tables: Readonly<Record<WrittenLayout, (language: 'fr' | 'en') => ContactTable>> = {
  zimbra: () => ({ values: contactValues, columns: (used) => named(contactHeader(used)), isFixed: false }),
  everything: () => ({ values: everyValue, columns: everyColumn, isFixed: false }),
  google: () => ({ values: googleValues, columns: (used) => named(googleHeader(used)), isFixed: false }),
  outlook: (language) => fixedTable(layouts.outlook, language),
  thunderbird: (language) => fixedTable(layouts.thunderbird, language),
};

const extras: Readonly<Record<string, (card: Card) => readonly string[]>> = {
  uid: (card) => [card.uid],
  members: (card) => Object.keys(card.members ?? {}),
  languages: (card) => Object.values(card.preferredLanguages ?? {}).map(({ language }) => language),
};

function everyValue(card: Card): Map<string, string> {
  const values = contactValues(card);
  for (const [key, read] of Object.entries(extras)) {
    const text = read(card).join(',');
    if (text !== '') values.set(key, text);
  }
  return values;
}

function everyColumn(used: ReadonlySet<string>): TableColumn[] {
  const own = [...used].filter((key) => !(key in extras));
  return named([...contactHeader(new Set(own)), ...Object.keys(extras).filter((key) => used.has(key))]);
}

/** Columns without a counterpart in a contact stay empty, so that the program knows its own table. */
function fixedTable({ columns, dates }: Layout, language: 'fr' | 'en'): ContactTable {
  const heading = ([, english, french]: LayoutColumn) => (language === 'fr' ? (french ?? english) : english);
  const all = columns.map((column, at) => ({ key: String(at), heading: heading(column), field: column[0] }));
  const hasFullName = columns.some(([field]) => field === 'fullName');
  return {
    values: (card) => {
      const values = contactValues(card);
      const name = fullName(card.name);
      values.set('fullName', name);
      // A name that is in one piece stands where there is no column for it.
      if (!hasFullName && !values.has('firstName') && !values.has('lastName') && name !== '')
        values.set('lastName', name);
      return new Map(
        all.flatMap(({ key, field }): [string, string][] => {
          const value = field === null ? '' : fieldValue(values, field, dates[language] === 'dmy');
          return value === '' ? [] : [[key, value]];
        }),
      );
    },
    columns: () => all,
    isFixed: true,
  };
}

const dateParts: Readonly<Record<string, number>> = { year: 1, month: 2, day: 3 };

function fieldValue(values: ReadonlyMap<string, string>, field: string, isDayFirst: boolean): string {
  const [base = '', part] = field.split(':');
  const text = values.get(base) ?? '';
  if (base === 'birthday' || base === 'anniversary') {
    const date = /^(?:(\d{4})|-)(?:-(\d\d)-(\d\d))?$/u.exec(text);
    if (part !== undefined) return date?.[dateParts[part]!] ?? '';
    return date?.[3]
      ? [...(isDayFirst ? [date[3], date[2]] : [date[2], date[3]]), date[1]].filter(Boolean).join('/')
      : text;
  }
  if (!base.endsWith('Street')) return text;
  const lines = text.split('\n');
  // The last line of a street takes what is left of it: Outlook has three, Thunderbird two.
  return part === undefined ? (lines[0] ?? '') : lines.slice(Number(part) - 1, part === '2' ? 2 : undefined).join('\n');
}
