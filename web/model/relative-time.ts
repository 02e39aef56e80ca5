import type { UTCDate } from '../../client/src/types.ts';
import type { Language } from '../locales/messages.ts';

const steps = [
  { unit: 'minute', seconds: 60, below: 60 },
  { unit: 'hour', seconds: 3_600, below: 24 },
  { unit: 'day', seconds: 86_400, below: 31 },
] as const;

// What Intl has for no time at all is « maintenant », as in a timetable.
const justNow: Readonly<Record<Language, string>> = { fr: 'à l’instant', en: 'just now' };

/** « il y a 5 minutes », « hier »; older than a month the day itself. */
export function relativeTime(time: UTCDate, language: Language, now = Date.now()): string {
  const age = (now - Date.parse(time)) / 1_000;
  if (age < 60) return justNow[language];
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const step = steps.find(({ seconds, below }) => age / seconds < below);
  if (step) return words.format(-Math.floor(age / step.seconds), step.unit);
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(time));
}
