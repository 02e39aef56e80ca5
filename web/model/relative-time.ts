import type { UTCDate } from '../api/types.ts';

const steps = [
  { unit: 'minute', seconds: 60, below: 60 },
  { unit: 'hour', seconds: 3_600, below: 24 },
  { unit: 'day', seconds: 86_400, below: 31 },
] as const;

/** « il y a 5 minutes », « hier »; older than a month the day itself. */
export function relativeTime(time: UTCDate, language: string, now = Date.now()): string {
  const age = (now - Date.parse(time)) / 1_000;
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (age < 60) return words.format(0, 'second');
  const step = steps.find(({ seconds, below }) => age / seconds < below);
  if (step) return words.format(-Math.floor(age / step.seconds), step.unit);
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(time));
}
