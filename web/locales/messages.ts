import { useSyncExternalStore } from 'react';
import type { fr } from './fr.ts';

/** The languages of the app; French is the first. */
export const languages = ['fr', 'en'] as const;

/** One language of the app. */
export type Language = (typeof languages)[number];

/** Every sentence of the app. */
export type Messages = typeof fr;

/** A visit fetches the sentences of one language; of the other only when it is chosen. */
const loaders: Record<Language, () => Promise<Messages>> = {
  fr: () => import('./fr.ts').then((file) => file.fr),
  en: () => import('./en.ts').then((file) => file.en),
};
const listeners = new Set<() => void>();
let wanted: Language | undefined;
let current: Language = 'fr';
// main.tsx shows nothing before there is one.
let catalogue: Messages;

/** What was chosen, else the first of the browser's languages that the app speaks, else French. */
export function chooseLanguage(chosen: string | null, offered: readonly string[]): Language {
  const wanted = [chosen, ...offered].map((tag) => tag?.slice(0, 2).toLowerCase());
  return wanted.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'fr';
}

/** Changes the language of the whole page, once its sentences are there; without a connection it stays as it is. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === wanted) return;
  wanted = language;
  const loaded = await loaders[language]().catch((error: unknown) => {
    if (catalogue === undefined) throw error;
  });
  // Whoever chose again meanwhile wants the other one.
  if (wanted !== language) return;
  if (!loaded) {
    wanted = current;
    return;
  }
  catalogue = loaded;
  current = language;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** The language of the page now, outside of components. */
export function currentLanguage(): Language {
  return current;
}

/** The sentences of the page's language now, outside of components (messages after an operation). */
export function messages(): Messages {
  return catalogue;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The sentences of the page's language; a change of language renders anew. */
export function useMessages(): Messages {
  return useSyncExternalStore(subscribe, messages);
}

/** The language of the page; a change renders anew. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}
