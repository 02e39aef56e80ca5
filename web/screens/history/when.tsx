import { useLanguage } from '../../locales/messages.ts';
import { relativeTime } from '../../model/relative-time.ts';
import { exactTime } from './said.ts';

/** « il y a 5 minutes (26 nov. 2026, 14:03) ». */
export function When({ time }: { readonly time: string }) {
  const language = useLanguage();
  return (
    <time dateTime={time}>
      {relativeTime(time, language)} ({exactTime(time, language)})
    </time>
  );
}
