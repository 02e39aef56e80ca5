import { useEffect } from 'react';
import { usePreferences, useSession } from '../api/hooks.ts';
import { setStrictly } from '../api/jmap.ts';
import { optimistically } from '../api/store.ts';
import type { Id, Preferences } from '../../client/src/types.ts';
import { chooseLanguage, setLanguage } from '../locales/messages.ts';
import { choose, mayWait, sendUnsent } from './unsent-preferences.ts';

type Appearance = Pick<Preferences, 'language' | 'theme'>;

const storageKey = 'coterie.appearance';

/** The theme at once, the language when its sentences are there. */
function apply({ language, theme }: Appearance): Promise<void> {
  if (theme) document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
  return setLanguage(chooseLanguage(language, navigator.languages));
}

/** What this browser showed last, so that nothing flashes before the preferences are loaded. */
export function applyRememberedAppearance(): Promise<void> {
  return apply(remembered());
}

function remembered(): Appearance {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Appearance>;
    return { language: stored.language ?? null, theme: stored.theme ?? null };
  } catch {
    return { language: null, theme: null };
  }
}

/** Applies the signed-in person's language and theme whenever they change, in any window. */
export function useAppearance(): void {
  const { accountId } = useSession();
  useEffect(() => sendUnsent(accountId), [accountId]);
  const preferences = usePreferences();
  const language = preferences?.language;
  const theme = preferences?.theme;
  useEffect(() => {
    if (language === undefined || theme === undefined) return;
    void apply({ language, theme });
    try {
      localStorage.setItem(storageKey, JSON.stringify({ language, theme }));
    } catch {
      // Without storage (private windows) the page only flashes at its next start.
    }
  }, [language, theme]);
}

/** What is chosen; "layout/density" is a part of the layout, and the others stay as they are. */
type Patch = Partial<Omit<Preferences, 'id' | 'layout'>> & Readonly<Record<`layout/${string}`, unknown>>;

/** Saves a choice for all of the person's devices; it is on the screen at once, and how things look waits for the server. */
export async function setPreferences(accountId: Id, patch: Patch): Promise<void> {
  if (mayWait(patch)) return choose(accountId, patch);
  await optimistically('Preferences', accountId, { update: { singleton: patch } }, () =>
    setStrictly('Preferences', accountId, { update: { singleton: patch } }),
  );
}

/** Chooses the language of this browser before anybody has signed in. */
export function chooseLanguageHere(language: 'fr' | 'en'): void {
  const appearance = { ...remembered(), language };
  void apply(appearance);
  localStorage.setItem(storageKey, JSON.stringify(appearance));
}
