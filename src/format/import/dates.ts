import { foldText } from '../../lib/fold.ts';
import type { DateOrder } from '../csv/layouts/layout.ts';
import type { PartialDate } from '../jscontact/types.ts';

// What programs write where there is no date.
const none = /^(0+[/.-]0+[/.-]0+|1\/1\/4501|01\/01\/4501|0)$/u;
/** What is longer is a text: it is not searched for a time in all of its length. */
const longestDate = 200;
/** The year that Apple's programs write for none. */
const noYear = 1604;

/**
 * A date of a table: `2026-11-26`, `--11-26`, `20261126`, with strokes in the order of the program, or with the month in
 * words. Undefined where the text says none, null where it cannot be read.
 */
export function readDate(text: string, order: DateOrder): PartialDate | undefined | null {
  if (text.length > longestDate) return null;
  const given = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/u, '');
  if (given === '' || none.test(given)) return undefined;
  return checked(partsOfDate(given, order));
}

/** What a date says, whether there is such a day or not; undefined where it cannot be read as one. */
export function partsOfDate(given: string, order: DateOrder): PartialDate | undefined {
  return (
    numbers(/^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})$/u, given) ??
    numbers(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u, given) ??
    numbers(/^--?(?<month>\d{1,2})-?(?<day>\d{2})$/u, given) ??
    numbers(/^(?<year>\d{4})-(?<month>\d{2})$/u, given) ??
    numbers(/^(?<year>\d{4})$/u, given) ??
    numbers(/^--(?<month>\d{2})$/u, given) ??
    withStrokes(given, order) ??
    withWords(given)
  );
}

/** The same from its parts. */
export function dateOfParts(parts: Readonly<Record<string, string>>): PartialDate | undefined | null {
  const number = (text: string | undefined) => (/^0*[1-9]\d*$/u.test(text?.trim() ?? '') ? Number(text) : undefined);
  const [year, month, day] = [number(parts['year']), number(parts['month']), number(parts['day'])];
  const date = { ...(year && { year }), ...(month && { month }), ...(day && { day }) };
  return date.year === undefined && date.month === undefined ? undefined : checked(date);
}

function numbers(pattern: RegExp, text: string): PartialDate | undefined {
  const groups = pattern.exec(text)?.groups;
  return groups && Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, Number(value)]));
}

function withStrokes(text: string, order: DateOrder): PartialDate | undefined {
  const [, first, second, yearText] = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/u.exec(text) ?? [];
  if (first === undefined) return undefined;
  const [a, b] = [Number(first), Number(second)];
  // 26/11 can only be one of both, and a point stands where the day comes first.
  const dayFirst = a > 12 || (b <= 12 && (order === 'dmy' || text.includes('.')));
  return { ...yearOf(yearText), month: dayFirst ? b : a, day: dayFirst ? a : b };
}

function yearOf(text: string | undefined): { year?: number } {
  if (text === undefined) return {};
  const short = Number(text);
  return { year: text.length === 2 ? short + (short > 29 ? 1900 : 2000) : short };
}

const monthNames = [
  ['janvier', 'january'],
  ['fevrier', 'february'],
  ['mars', 'march'],
  ['avril', 'april'],
  ['mai', 'may'],
  ['juin', 'june'],
  ['juillet', 'july'],
  ['aout', 'august'],
  ['septembre', 'september'],
  ['octobre', 'october'],
  ['novembre', 'november'],
  ['decembre', 'december'],
] as const;

/** « 14 juillet 1980 », « lundi 1er mars », "July 14th, 1980", "14-Jul-80". */
function withWords(text: string): PartialDate | undefined {
  const shape =
    /^(?:[a-z]+ )?(?:(?:le|the) )?(?:(\d{1,2})(?:er|st|nd|rd|th)? (?:of )?([a-z]{3,})|([a-z]{3,}) (\d{1,2})(?:st|nd|rd|th)?)(?: (\d{4}|\d{2}))?$/u;
  const plain = foldText(text)
    .replace(/[\s,./-]+/gu, ' ')
    .trim();
  const [, dayBefore, wordBehind, wordBefore, dayBehind, year] = shape.exec(plain) ?? [];
  const word = wordBehind ?? wordBefore;
  if (word === undefined) return undefined;
  const meant = monthNames.flatMap((names, at) => (names.some((name) => name.startsWith(word)) ? [at + 1] : []));
  // « jui » begins two of them.
  const [month, ...others] = meant;
  if (month === undefined || others.length > 0) return undefined;
  return { ...yearOf(year), month, day: Number(dayBefore ?? dayBehind) };
}

function checked(date: PartialDate | undefined): PartialDate | null {
  if (!date) return null;
  const { month, day } = date;
  const year = date.year === noYear || date.year === 0 ? undefined : date.year;
  if (month !== undefined && (month < 1 || month > 12)) return null;
  if (day !== undefined && (month === undefined || day < 1 || day > daysIn(year, month))) return null;
  if (year === undefined && (month === undefined || day === undefined)) return null;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

function daysIn(year: number | undefined, month: number): number {
  return new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
}
