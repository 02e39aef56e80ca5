import type { DateOrder } from '../csv/layouts/layout.ts';
import type { PartialDate } from '../jscontact/types.ts';

// What programs write where there is no date.
const none = /^(0+[/.-]0+[/.-]0+|1\/1\/4501|01\/01\/4501|0)$/u;
/** The year that Apple's programs write for none. */
const noYear = 1604;

/**
 * A date of a table: `2026-11-26`, `--11-26`, `20261126`, or with strokes in the order of the program. Undefined where
 * the text says none, null where it cannot be read.
 */
export function readDate(text: string, order: DateOrder): PartialDate | undefined | null {
  const given = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/u, '');
  if (given === '' || none.test(given)) return undefined;
  const written =
    numbers(/^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})$/u, given) ??
    numbers(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u, given) ??
    numbers(/^--?(?<month>\d{1,2})-?(?<day>\d{2})$/u, given) ??
    numbers(/^(?<year>\d{4})-(?<month>\d{2})$/u, given) ??
    numbers(/^(?<year>\d{4})$/u, given) ??
    numbers(/^--(?<month>\d{2})$/u, given);
  return checked(written ?? withStrokes(given, order));
}

/** The same from its parts. */
export function dateOfParts(parts: Readonly<Record<string, string>>): PartialDate | undefined | null {
  const number = (text: string | undefined) => (/^0*[1-9]\d*$/u.test(text?.trim() ?? '') ? Number(text) : undefined);
  const date = { year: number(parts['year']), month: number(parts['month']), day: number(parts['day']) };
  return date.year === undefined && date.month === undefined ? undefined : checked(date);
}

type Numbers = {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
};

function numbers(pattern: RegExp, text: string): Numbers | undefined {
  const groups = pattern.exec(text)?.groups;
  return groups && Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, Number(value)]));
}

function withStrokes(text: string, order: DateOrder): Numbers | undefined {
  const [, first, second, yearText] = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/u.exec(text) ?? [];
  if (first === undefined) return undefined;
  const [a, b] = [Number(first), Number(second)];
  // 26/11 can only be one of both, and a point stands where the day comes first.
  const dayFirst = a > 12 || (b <= 12 && (order === 'dmy' || text.includes('.')));
  const short = Number(yearText);
  const year = yearText?.length === 2 ? short + (short > 29 ? 1900 : 2000) : short;
  return { ...(yearText ? { year } : {}), month: dayFirst ? b : a, day: dayFirst ? a : b };
}

function checked(date: Numbers | undefined): PartialDate | null {
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
