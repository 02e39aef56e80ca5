import { useCallback, useEffect, useMemo } from 'react';
import { describeError } from '../../api/errors.ts';
import { usePreferences, useSession } from '../../api/hooks.ts';
import { showFailure } from '../../ui/toasts.tsx';
import { setPreferences } from '../appearance.ts';
import { type Layout, readLayout, usualLayout } from './layout.ts';

const storageKey = 'coterie.layout';

/** The layout of the signed-in person, and what changes it: on this screen at once, on their others a moment later. */
export interface LayoutControl {
  readonly layout: Layout;
  readonly change: (changed: Partial<Layout>) => void;
  /** « Rétablir la disposition » */
  readonly reset: () => void;
}

/** The layout as it is now. Until the preferences are there it is what this browser showed last, so that nothing jumps. */
export function useLayout(): LayoutControl {
  const { accountId } = useSession();
  const kept = usePreferences()?.layout;
  const stored = useMemo(() => kept ?? remembered(), [kept]);
  const layout = useMemo(() => readLayout(stored), [stored]);
  useEffect(() => {
    if (kept) remember(kept);
  }, [kept]);
  // Each property by itself: what another version of the app, or another device meanwhile, has put there stays.
  const change = useCallback(
    (changed: { readonly [Name in keyof Layout]?: Layout[Name] | null }) => {
      const patch = Object.fromEntries(Object.entries(changed).map(([name, value]) => [`layout/${name}`, value]));
      setPreferences(accountId, patch).catch((error: unknown) => showFailure(describeError(error)));
    },
    [accountId],
  );
  const reset = useCallback(
    () => change(Object.fromEntries(Object.keys(usualLayout).map((name) => [name, null]))),
    [change],
  );
  return { layout, change, reset };
}

function remembered(): Readonly<Record<string, unknown>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function remember(layout: Readonly<Record<string, unknown>>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(layout));
  } catch {
    // Without storage (private windows) the page only jumps at its next start.
  }
}
