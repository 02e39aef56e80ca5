import { useSyncExternalStore } from 'react';

let editing: string | null = null;
const listeners = new Set<() => void>();

/** Opens the form of a card (its key among all accounts), or closes it with null. */
export function setEditing(key: string | null): void {
  editing = key;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The key of the card whose form is open. */
export function useEditing(): string | null {
  return useSyncExternalStore(subscribe, () => editing);
}
