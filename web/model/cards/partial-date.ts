import type { PartialDate } from '../../../src/format/jscontact/types.ts';

/** A date as far as it is known: « 3 février 1990 », « 3 février », « 1990 ». */
export function formatPartialDate({ year, month, day }: PartialDate, language: string): string {
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    ...(day ? { day: 'numeric' } : {}),
    ...(month ? { month: 'long' } : {}),
    ...(year ? { year: 'numeric' } : {}),
  };
  const date = new Date(Date.UTC(2000, (month ?? 1) - 1, day ?? 1));
  // Date.UTC takes the years before 100 for those of the last century.
  if (year !== undefined) date.setUTCFullYear(year);
  return new Intl.DateTimeFormat(language, options).format(date);
}
