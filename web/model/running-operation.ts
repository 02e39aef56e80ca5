import { useSyncExternalStore } from 'react';
import { holdReload } from '../api/version.ts';

/** An operation on many cards that takes several requests. */
export interface RunningOperation {
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

let running: RunningOperation | null = null;
holdReload(() => running !== null);
const listeners = new Set<() => void>();

/** Shows how far a long operation has come; null when it has ended. */
export function showProgress(operation: RunningOperation | null): void {
  running = operation;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The long operation that runs now. */
export function useRunningOperation(): RunningOperation | null {
  return useSyncExternalStore(subscribe, () => running);
}
