import type { UTCDate } from '../../../client/src/types.ts';

/** The day of a date field ("2026-03-31", local time) as the moment when it ends; null for none. */
export function endOfDay(day: string): UTCDate | null {
  const date = dateOf(day);
  if (!date) return null;
  date.setHours(23, 59, 59, 0);
  // RFC 8620 §1.4: no fraction of a second where it is zero.
  return date.toISOString().replace('.000Z', 'Z');
}

/** The day on which a moment lies here, as a date field has it; empty for none. */
export function dayOf(moment: UTCDate | null): string {
  if (moment === null) return '';
  const date = new Date(moment);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** False for a day that has passed, and for half-typed years. */
export function isToCome(day: string, now: Date): boolean {
  const end = endOfDay(day);
  return end !== null && new Date(end) > now;
}

/** A moment's day in words: « 31 mars 2026 ». */
export function dayInWords(moment: UTCDate, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(moment));
}

function dateOf(day: string): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const result = new Date(Number(year), Number(month) - 1, Number(date));
  return Number(year) >= 1000 && result.getDate() === Number(date) ? result : undefined;
}
