import { ownValue } from '../../lib/ownValue.ts';
import type { ColumnField, DateOrder } from '../csv/layouts/layout.ts';
import type { Card } from '../jscontact/types.ts';
import { dateOfParts, readDate } from './dates.ts';
import { draftedCard, newDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { labelledKinds, takeLabelled } from './labelled.ts';
import { dateFields, setters } from './setters.ts';

/** What the columns of a table are. */
export type ColumnPlan = {
  readonly headings: readonly string[];
  readonly fields: readonly ColumnField[];
  readonly dates: DateOrder;
};

/** A contact out of the cells of a line, and what of it was no date. */
export type CellsRead = { readonly card: Partial<Card> | undefined; readonly wrongDates: readonly string[] };

type Field = { readonly base: string; readonly number: number; readonly part: string; readonly isLabelled: boolean };

/** Whether something of a contact is called so. */
export function isField(name: string): boolean {
  const { base, isLabelled } = readField(name);
  return isLabelled ? labelledKinds.has(base) : Object.hasOwn(setters, base) || Object.hasOwn(dateFields, base);
}

/** `workStreet2:3` is the third line of the second street at work. */
function readField(name: string): Field {
  const [, kind, index, half] = /^([a-z]+)\[(\d+)\]\.([a-z]+)$/u.exec(name) ?? [];
  if (kind !== undefined) return { base: kind, number: Number(index), part: half!, isLabelled: true };
  const [, base = '', number = '', part = ''] = /^([a-zA-Z]+?)(\d{0,2})(?::(\w+))?$/u.exec(name) ?? [];
  return { base, number: number === '' ? 1 : Number(number), part, isLabelled: false };
}

/** Reads lines of one table: what its columns are is looked up once. */
export function cellReader({ headings, fields, dates }: ColumnPlan): (cells: readonly string[]) => CellsRead {
  const columns = fields.flatMap((name, at) =>
    name === null ? [] : [{ at, heading: headings[at] ?? '', ...readField(name) }],
  );
  return (cells) => {
    const draft = newDraft();
    const wrongDates: string[] = [];
    const pairs = new Map<string, Record<string, string>>();
    const parts = new Map<string, Record<string, string>>();
    for (const { at, heading, base, number, part, isLabelled } of columns) {
      const value = plainText(cells[at] ?? '');
      if (value === '') continue;
      if (isLabelled) put(pairs, `${base} ${number}`, part, value);
      else if (Object.hasOwn(dateFields, base) && part !== '') put(parts, base, part, value);
      else if (Object.hasOwn(dateFields, base)) takeDate(draft, base, value, readDate(value, dates), wrongDates);
      else ownValue(setters, base)?.(draft, value, { number, part, heading });
    }
    for (const [base, values] of parts)
      takeDate(draft, base, Object.values(values).join(' '), dateOfParts(values), wrongDates);
    for (const [key, pair] of pairs) takeLabelled(draft, key.split(' ')[0]!, pair);
    return { card: draftedCard(draft), wrongDates };
  };
}

/** An apostrophe that was put before what a spreadsheet would compute goes again (see `writeCsv`). */
function plainText(cell: string): string {
  const value = cell.trim();
  return /^'[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(value) ? value.slice(1).trim() : value;
}

function put(map: Map<string, Record<string, string>>, key: string, part: string, value: string): void {
  const found = map.get(key);
  if (found) found[part] = value;
  else map.set(key, { [part]: value });
}

function takeDate(
  draft: Draft,
  field: string,
  text: string,
  date: ReturnType<typeof readDate>,
  wrongDates: string[],
): void {
  if (date === undefined) return;
  if (date === null) {
    wrongDates.push(text);
    draft.notes.push(text);
  } else draft.anniversaries.push({ kind: dateFields[field]!, date });
}
