import type { Json, JsonObject } from '../types.ts';

const timestamp = /^(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,](\d+))?(Z|[+-]\d{2}(?::?\d{2})?)$/i;

/** Reads a vCard timestamp as UTCDateTime; a bare date, as 3.0 programs write in REV, is its midnight. */
export function readTimestamp(value: string): string | undefined {
  const text = value.trim();
  const date = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (date) return toUtc(`${date[1]}-${date[2]}-${date[3]}T00:00:00Z`, '');
  const match = timestamp.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const offset = zone!.toUpperCase() === 'Z' ? 'Z' : `${zone!.slice(0, 3)}:${zone!.slice(3).replace(':', '') || '00'}`;
  return toUtc(`${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}${offset}`, fraction ?? '');
}

function toUtc(iso: string, fraction: string): string | undefined {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return undefined;
  const text = time.toISOString().slice(0, 19);
  if (text.length !== 19 || text.startsWith('-') || text.startsWith('+')) return undefined;
  const digits = fraction.replace(/(?<!0)0+$/, '');
  return `${text}${digits === '' ? '' : `.${digits}`}Z`;
}

/** Writes a UTCDateTime as a vCard timestamp; vCard has no fractions of a second. */
export function writeTimestamp(value: Json | undefined): string | undefined {
  const match =
    typeof value === 'string' ? /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?Z$/.exec(value) : null;
  return match ? `${match[1]}${match[2]}${match[3]}T${match[4]}${match[5]}${match[6]}Z` : undefined;
}

const dates: readonly [pattern: RegExp, parts: readonly ('year' | 'month' | 'day')[]][] = [
  // Midnight without a zone is how some programs write a day.
  [/^(\d{4})-?(\d{2})-?(\d{2})(?:T00:?00:?00)?$/, ['year', 'month', 'day']],
  [/^(\d{4})-(\d{2})$/, ['year', 'month']],
  [/^(\d{4})$/, ['year']],
  [/^--(\d{2})-?(\d{2})$/, ['month', 'day']],
];

/** Reads a vCard date or timestamp as PartialDate or Timestamp (RFC 9555 §2.2.2). */
export function readAnniversaryDate(value: string, calendarScale: string | undefined): JsonObject | undefined {
  const text = value.trim();
  for (const [pattern, parts] of dates) {
    const match = pattern.exec(text);
    if (!match) continue;
    const date = Object.fromEntries(parts.map((part, index) => [part, Number(match[index + 1])])) as Record<
      string,
      number
    >;
    if (!isDay(date)) return undefined;
    return calendarScale ? { ...date, calendarScale: calendarScale.toLowerCase() } : date;
  }
  const utc = text.includes('T') ? readTimestamp(text) : undefined;
  return utc === undefined ? undefined : { '@type': 'Timestamp', utc };
}

/** Whether the parts that are there make a day of the Gregorian calendar; without a year, of any. */
export function isDay({ year = 0, month = 1, day = 1 }: DateParts): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  // The calendar comes again every 400 years; `Date` takes the years before 100 for others.
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

type DateParts = { readonly year?: number; readonly month?: number; readonly day?: number };

/** Writes a PartialDate or Timestamp as vCard 4.0 does. */
export function writeAnniversaryDate(date: JsonObject): string | undefined {
  if (date['@type'] === 'Timestamp') return writeTimestamp(date['utc']);
  const [year, month, day] = [pad(date['year'], 4), pad(date['month'], 2), pad(date['day'], 2)];
  if (year && month && day) return `${year}${month}${day}`;
  if (year && month) return `${year}-${month}`;
  if (year && !day) return year;
  return month && day ? `--${month}${day}` : undefined;
}

function pad(value: Json | undefined, width: number): string | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? String(value).padStart(width, '0')
    : undefined;
}
