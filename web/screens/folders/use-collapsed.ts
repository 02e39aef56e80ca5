import { useCallback, useState } from 'react';

const storageKey = 'coterie.collapsed';

function stored(): ReadonlySet<string> {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []);
  } catch {
    return new Set();
  }
}

/** The folders that are collapsed, and how to change that. */
export interface Collapsed {
  readonly keys: ReadonlySet<string>;
  readonly setCollapsed: (keys: readonly string[], isCollapsed: boolean) => void;
}

/** Which folders are collapsed; this browser remembers. */
export function useCollapsed(): Collapsed {
  const [keys, setKeys] = useState(stored);
  const setCollapsed = useCallback((changed: readonly string[], isCollapsed: boolean) => {
    setKeys((before) => {
      const after = new Set(before);
      for (const key of changed) {
        if (isCollapsed) after.add(key);
        else after.delete(key);
      }
      try {
        localStorage.setItem(storageKey, JSON.stringify([...after]));
      } catch {
        // Without storage it is only not remembered.
      }
      return after;
    });
  }, []);
  return { keys, setCollapsed };
}
