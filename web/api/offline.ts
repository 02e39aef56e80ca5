import { useSyncExternalStore } from 'react';
import type { FromWorker, ToWorker } from '../offline/messages.ts';

const storageKey = 'coterie.offline';
/** Changes come in swarms: what is kept follows a moment later. */
const pause = 5_000;

let status: FromWorker | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Whether this browser can keep contacts at all: only on secure pages. */
export function canKeepOffline(): boolean {
  return 'serviceWorker' in navigator && window.isSecureContext;
}

/** Whether the person wants their contacts kept in this browser; off until they say so, for a browser may be anybody's. */
export function isKeptOffline(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'on';
  } catch {
    return false;
  }
}

/** Keeps the contacts in this browser from now on, or forgets them. */
export async function keepOffline(on: boolean): Promise<void> {
  if (on) {
    localStorage.setItem(storageKey, 'on');
    await startOffline();
    return;
  }
  localStorage.removeItem(storageKey);
  const registration = await navigator.serviceWorker.getRegistration();
  tell(registration?.active, 'erase');
  status = null;
  for (const listener of listeners) listener();
  await registration?.unregister();
}

/** Starts the worker where it is wanted, and lets what is kept follow. */
export async function startOffline(): Promise<void> {
  if (!canKeepOffline() || !isKeptOffline()) return;
  navigator.serviceWorker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    status = data;
    for (const listener of listeners) listener();
  };
  // Without a connection the worker of last time is there.
  await navigator.serviceWorker.register('/worker.js').catch(async (error: unknown) => {
    if (!(await navigator.serviceWorker.getRegistration())) throw error;
  });
  const { active } = await navigator.serviceWorker.ready;
  await takenOver();
  // The worker learns who is signed in from these, which were asked before it was there.
  await Promise.all(['/site/context', '/jmap/session'].map((url) => fetch(url).catch(() => {})));
  tell(active, 'refresh');
}

/** Until then the requests of this page pass the worker by. */
function takenOver(): Promise<void> {
  return new Promise((resolve) => {
    if (navigator.serviceWorker.controller) resolve();
    else navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
  });
}

/** What is kept follows what changed; soon, and once for many changes. */
export function refreshOffline(): void {
  if (!isKeptOffline() || !canKeepOffline()) return;
  clearTimeout(timer);
  timer = setTimeout(() => void askWorker('refresh'), pause);
}

/** Asks the worker for something; it answers with how things stand. */
export async function askWorker(type: ToWorker['type']): Promise<void> {
  tell((await navigator.serviceWorker.getRegistration())?.active, type);
}

function tell(worker: ServiceWorker | null | undefined, type: ToWorker['type']): void {
  worker?.postMessage({ type } satisfies ToWorker);
}

/** How things stand with what is kept; null: nothing is, or not yet. */
export function useOfflineStatus(): FromWorker | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => status,
  );
}
