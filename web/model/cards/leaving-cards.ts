import type { Id } from '../../../client/src/types.ts';

/** Cards that leave the folder they are in; `moved` ones are still found by a search. */
export interface Leaving {
  readonly keys: ReadonlySet<string>;
  readonly why: 'moved' | 'deleted';
}

interface Listener {
  readonly onLeaving: (leaving: Leaving) => void;
  readonly onChanged: (accountId: Id) => void;
}

const listeners = new Set<Listener>();

/** Tells the lists on the screen that cards leave, before the server has confirmed it. */
export function announceLeaving(leaving: Leaving): void {
  for (const listener of listeners) listener.onLeaving(leaving);
}

/** Tells the lists that an operation on an account has ended, well or not. */
export function announceChanged(accountId: Id): void {
  for (const listener of listeners) listener.onChanged(accountId);
}

/** Hears of operations on cards while the listener is there. */
export function listenToOperations(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
