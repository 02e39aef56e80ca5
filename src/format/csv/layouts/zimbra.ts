import { ownValue } from '../../../lib/ownValue.ts';
import { contactColumns } from '../contactColumns.ts';
import type { ColumnField, Layout, LayoutColumn } from './layout.ts';

const columns = contactColumns.map(({ name, isNumbered }): LayoutColumn => [name, isNumbered ? `${name}1` : name]);
const names = new Map(contactColumns.map(({ name }) => [name.toLowerCase(), name]));

/** Zimbra: the columns of `contactColumns`, numbered as often as somebody has them. */
export const zimbra: Layout = {
  name: 'zimbra',
  dates: { en: 'dmy', fr: 'dmy' },
  columns,
  fieldOf: (heading) => numberedField(heading) ?? ownValue(variants, heading),
};

/** What Zimbra has besides. */
const variants: Readonly<Record<string, ColumnField>> = {
  assistantphone: 'phone',
  callbackphone: 'phone',
  carphone: 'phone',
  website: 'otherURL',
  fileas: null,
  image: null,
  dlist: 'note',
  zimbraid: null,
  othercustom1: 'note',
  custom1: 'note',
  custom2: 'note',
  custom3: 'note',
  custom4: 'note',
};

/** Everything that Coterie can say in a table: Zimbra's columns and what they leave out. */
export const everything: Layout = {
  ...zimbra,
  name: 'everything',
  columns: [...columns, ['uid', 'uid'], ['members', 'members'], ['languages', 'languages']],
};

function numberedField(heading: string): string | undefined {
  const [, name = '', number = ''] = /^([a-z]+?)(\d{0,2})$/u.exec(heading) ?? [];
  const known = names.get(name);
  return known === undefined ? undefined : `${known}${number}`;
}
