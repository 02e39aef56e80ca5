import { useSyncExternalStore } from 'react';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** The languages of the app; French is the first. */
export const languages = ['fr', 'en'] as const;

/** One language of the app. */
export type Language = (typeof languages)[number];

/** Every sentence of the app. */
export type Messages = typeof fr;

const catalogues: Record<Language, Messages> = { fr, en };
const listeners = new Set<() => void>();
let current: Language = 'fr';

/** What was chosen, else the first of the browser's languages that the app speaks, else French. */
export function chooseLanguage(chosen: string | null, offered: readonly string[]): Language {
  const wanted = [chosen, ...offered].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'fr';
}

/** Changes the language of the whole page. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  if (language === current) return;
  current = language;
  for (const listener of listeners) listener();
}

/** The language of the page now, outside of components. */
export function currentLanguage(): Language {
  return current;
}

/** The sentences of the page's language now, outside of components (messages after an operation). */
export function messages(): Messages {
  return catalogues[current];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The sentences of the page's language; a change of language renders anew. */
export function useMessages(): Messages {
  return catalogues[useLanguage()];
}

/** The language of the page; a change renders anew. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}
