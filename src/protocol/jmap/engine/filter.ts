import { isObject, isStrings, propertyOf } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { isOnCalendar } from '../../../lib/utcDate.ts';
import { invalidArgument, MethodError } from './errors.ts';
import { isId } from './readArguments.ts';

/** A filter as it was asked for (RFC 8620 §5.5): conditions of type `C` joined by operators. */
export type Filter<C> =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly conditions: readonly Filter<C>[] }
  | { readonly operator: null; readonly condition: C };

/** Reads the value of a filter property; undefined: it is not of the right type. */
export type ReadValue<T> = (value: Json) => T | undefined;

/** The properties that conditions of a type may have. */
export type FilterTable<C> = {
  readonly [Name in keyof C]-?: { readonly vendor?: true; readonly read: ReadValue<NonNullable<C[Name]>> };
};

/** More conditions than a person or a client would ever write. */
const mostConditions = 100;
const deepest = 10;
/** In all lists of a filter together: as many as an account has folders, and fewer than a statement has parameters. */
const mostListed = 5_000;

/** Reads a filter by a table; what it does not know is *unsupportedFilter*. */
export function parseFilter<C>(table: FilterTable<C>, value: Json, vendor: boolean): Filter<C> {
  const count = { left: mostConditions };
  const listed = { left: mostListed };
  const parse = (part: Json, depth: number): Filter<C> => {
    if (!isObject(part)) throw invalidArgument('filter', 'must consist of objects');
    if (depth > deepest || --count.left < 0) throw new MethodError('unsupportedFilter', 'The filter is too large');
    const operator = propertyOf(part, 'operator');
    if (operator === undefined) return { operator: null, condition: parseCondition(table, part, { vendor, listed }) };
    if (operator !== 'AND' && operator !== 'OR' && operator !== 'NOT')
      throw invalidArgument('filter', 'operator must be AND, OR or NOT');
    const conditions = propertyOf(part, 'conditions');
    if (!Array.isArray(conditions)) throw invalidArgument('filter', 'conditions must be an array');
    return { operator, conditions: conditions.map((condition: Json) => parse(condition, depth + 1)) };
  };
  return parse(value, 0);
}

function parseCondition<C>(
  table: FilterTable<C>,
  part: { readonly [name: string]: Json },
  { vendor, listed }: { readonly vendor: boolean; readonly listed: { left: number } },
): C {
  const entries = Object.entries(part).map(([name, value]) => {
    const row = Object.hasOwn(table, name) ? table[name as keyof C] : undefined;
    if (!row || (row.vendor && !vendor)) throw new MethodError('unsupportedFilter', `filter: ${name} is unknown`);
    const read = row.read(value);
    if (read === undefined) throw invalidArgument('filter', `${name} is not of its type`);
    if (Array.isArray(read) && (listed.left -= read.length) < 0)
      throw new MethodError('unsupportedFilter', `At most ${mostListed} values in the lists of a filter`);
    return [name, read];
  });
  return Object.fromEntries(entries) as C;
}

/** Whether something fits a filter, for types of which there are few enough to look at each. */
export function fitsFilter<C>(filter: Filter<C> | null, fits: (condition: C) => boolean): boolean {
  if (filter === null) return true;
  if (filter.operator === null) return fits(filter.condition);
  const each = (part: Filter<C>) => fitsFilter(part, fits);
  if (filter.operator === 'AND') return filter.conditions.every(each);
  return filter.operator === 'OR' ? filter.conditions.some(each) : !filter.conditions.some(each);
}

/** A String. */
export function asString(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An Id. */
export function asId(value: Json): string | undefined {
  return isId(value) ? value : undefined;
}

/** String[]. */
export function asStrings(value: Json): readonly string[] | undefined {
  return isStrings(value) ? value : undefined;
}

/** A UTCDate (RFC 8620 §1.4), in the form in which times are stored. */
export function asUtcDate(value: Json): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/u.test(value)) return undefined;
  return isOnCalendar(value) ? new Date(value).toISOString() : undefined;
}
