import { useMemo, useSyncExternalStore } from 'react';
import { wantsReload } from '../api/version.ts';
import { depth, rememberDepth, takeBackStep } from './back-step.ts';
import { parseRoute, type Route } from './route.ts';

const listeners = new Set<() => void>();

function emit(): void {
  for (const listener of listeners) listener();
}

function goBack(): void {
  if (!takeBackStep() && wantsReload()) location.reload();
  else emit();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('popstate', goBack);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('popstate', goBack);
  };
}

/** The address of the page within the app. */
export function currentAddress(): string {
  return location.pathname + location.search;
}

/** Goes to an address of the app; `replace` leaves no step to go back to. */
export function navigate(address: string, options: { readonly replace?: boolean } = {}): void {
  if (address === currentAddress()) return;
  if (wantsReload()) return options.replace ? location.replace(address) : location.assign(address);
  // From a dialog one does not come back to the page with that dialog closed, which is one step further back anyhow.
  if (options.replace || depth() > 0) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  rememberDepth();
  emit();
}

/** The route of the page; going elsewhere renders anew. */
export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, currentAddress);
  return useMemo(() => {
    const [path = '/', query = ''] = address.split('?');
    return parseRoute(path, query);
  }, [address]);
}
