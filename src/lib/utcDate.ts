/** A time as RFC 8620 §1.4 writes it: to the second, fractions left out. */
export function utcDate(iso: string): string {
  return iso.replace(/\.\d+Z$/u, 'Z');
}

/** The same to the millisecond, for times between which others lie. */
export function exactUtcDate(iso: string): string {
  return iso.replace(/\.0+Z$/u, 'Z');
}

/** Whether a time in ISO 8601 and UTC is on the calendar and on the clock: `Date` alone takes 30 February for 2 March. */
export function isOnCalendar(iso: string): boolean {
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === iso.slice(0, 19);
}

/** As `utcDate`, for a time that may be absent. */
export function utcDateOrNull(iso: string | null): string | null {
  return iso === null ? null : utcDate(iso);
}

/** A time that HTTP has written (RFC 9110 §5.6.7); null: it is none. */
export function readHttpDate(text: string): Date | null {
  const isDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/u.test(text);
  const date = new Date(text);
  return isDate && !Number.isNaN(date.getTime()) ? date : null;
}

/** A time as HTTP writes it (RFC 9110 §5.6.7). */
export function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}
