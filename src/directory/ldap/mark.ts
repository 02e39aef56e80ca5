import { createHash } from 'node:crypto';

/** How far the directory has been read. */
export type Mark = {
  /** By what settings: with others everything is read again. */
  readonly settings: string;
  /** The newest time of change that was seen, by the clock of the directory. */
  readonly newest: string;
  /** When it was first seen, by our clock. */
  readonly seenAt: string;
  /** When everything was read last. */
  readonly readAllAt: string;
};

// Servers that copy from each other are not equally far, and what is written while we read may come too late for a page.
const overlap = 15 * 60_000;
// What a change of an entry does not show (by the rights of Coterie, or by computed attributes) is seen then.
const readAllAfter = 24 * 3_600_000;
const second = 1000;

/** The mark as it was kept; null: everything is to be read. */
export function readMark(text: string | null, settings: string, now: Date): Mark | null {
  if (text === null || !text.startsWith('{')) return null;
  const mark = JSON.parse(text) as Mark;
  if (mark.settings !== settings) return null;
  const age = now.getTime() - Date.parse(mark.readAllAt);
  return age >= 0 && age < readAllAfter ? mark : null;
}

/**
 * From when on changes are asked for. At first some time before the newest that was seen; the longer nothing newer was
 * seen the nearer to it, so that a large import is not read again and again.
 */
export function askSince(mark: Mark, now: Date): Date {
  const waited = Math.max(0, now.getTime() - Date.parse(mark.seenAt));
  return new Date(Date.parse(mark.newest) - overlap + Math.min(waited, overlap + second));
}

/** The mark after a reading. */
export function nextMark(
  before: Mark | null,
  { settings, newest, now }: { readonly settings: string; readonly newest: Date | null; readonly now: Date },
): string {
  // Without times of change everything is read each time.
  if (!newest) return 'everything';
  const isNewer = before === null || newest > new Date(before.newest);
  const mark: Mark = {
    settings,
    newest: isNewer ? newest.toISOString() : before.newest,
    seenAt: isNewer ? now.toISOString() : before.seenAt,
    readAllAt: before === null ? now.toISOString() : before.readAllAt,
  };
  return JSON.stringify(mark);
}

/** What tells settings from others. */
export function digestOf(...settings: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('base64url').slice(0, 22);
}
