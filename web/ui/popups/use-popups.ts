import { useEffect, useReducer } from 'react';
import { tellMissingCode } from '../dialog-host.tsx';
import { preloadFirst } from '../loading/preload.ts';

type Popups = Awaited<ReturnType<typeof fetchPopups>>;

let loaded: Popups | undefined;

async function fetchPopups() {
  const [{ MenuPopup }, { DialogPopup }, { OptionsPopup }] = await Promise.all([
    import('./menu-popup.tsx'),
    import('./dialog-popup.tsx'),
    import('./options-popup.tsx'),
  ]);
  return { MenuPopup, DialogPopup, OptionsPopup };
}

async function load(): Promise<void> {
  loaded ??= await fetchPopups();
}

/** Fetches what menus consist of after the first look, which does not need it, and before the dialogs that are opened from them. */
export function preloadPopups(): void {
  preloadFirst(load);
}

/** What menus and the like consist of, while one is wanted; the first one may have to wait for it. */
export function usePopups(isWanted: boolean): Popups | undefined {
  const [, show] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (isWanted && !loaded) load().then(show, tellMissingCode);
  }, [isWanted]);
  return isWanted ? loaded : undefined;
}
