import type { CardActivity, CardVersion } from '../../../client/src/history.ts';
import type { Id } from '../../../client/src/types.ts';
import type { Language } from '../../locales/messages.ts';
import type { HistoryTexts } from './history-texts.ts';

type Deed = Pick<CardVersion, 'authorId' | 'authorName' | 'way' | 'action' | 'otherAddressBookId'>;

/** Who did it, by name; the program and people whom one may not know have words of their own. */
export function authorOf(deed: Pick<Deed, 'authorId' | 'authorName' | 'way'>, me: Id, texts: HistoryTexts): string {
  if (deed.authorId === me) return texts.you;
  if (deed.authorName) return deed.authorName;
  if (deed.way === 'handover') return texts.administrator;
  return deed.way === 'system' ? texts.program : texts.somebody;
}

/** « Ben Démo a modifié la fiche ». */
export function versionSentence(version: CardVersion, me: Id, texts: HistoryTexts): string {
  const isMe = version.authorId === me;
  const author = authorOf(version, me, texts);
  if (version.way === 'restore' && version.action === 'updated')
    return `${author} ${isMe ? texts.youBroughtBack : texts.didBringBack}`;
  return `${author} ${(isMe ? texts.youDid : texts.did)[version.action]}`;
}

/** « Ben Démo a supprimé 43 contacts ». */
export function activitySentence(activity: CardActivity, me: Id, texts: HistoryTexts): string {
  const cards = texts.cards(activity.cardCount);
  if (activity.authorId === me) return texts.youDidMany[activity.action](cards);
  return texts.didMany[activity.action](authorOf(activity, me, texts), cards);
}

/** By which way, and for a move from where or whereto, as far as these folders have names for the reader. */
export function circumstances(
  deed: Deed & Partial<Pick<CardActivity, 'otherAddressBookIds'>>,
  nameOf: (bookId: Id) => string | undefined,
  texts: HistoryTexts,
): string {
  const { otherAddressBookId: first } = deed;
  const others = (deed.otherAddressBookIds ?? (first === null ? [] : [first])).flatMap((id) => nameOf(id) ?? []);
  const place = others.length === 0 ? '' : deed.action === 'movedIn' ? texts.from(others) : texts.to(others);
  return [place, texts.ways[deed.way]].filter(Boolean).join(' · ');
}

/** The moment to the minute, as people write it. */
export function exactTime(time: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
}
