import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { findManaged, type ManagedPage } from './administration-operations.ts';

const pageSize = 50;

/** People or groups that match what was typed, and how to see more or look again. */
export interface Managed {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly page: ManagedPage | undefined;
  readonly error: unknown;
  readonly more: () => void;
  readonly reload: () => void;
}

/** Asks again with each word that is typed; an answer that comes late is not shown. */
export function useManaged(kind: 'individual' | 'group' | null): Managed {
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(pageSize);
  const [round, setRound] = useState(0);
  const [page, setPage] = useState<ManagedPage>();
  const [error, setError] = useState<unknown>();
  const asked = useDeferredValue(text).trim();
  useEffect(() => {
    let isStale = false;
    const filter = { ...(kind === null ? {} : { kind }), ...(asked === '' ? {} : { text: asked }) };
    findManaged(filter, limit).then(
      (found) => {
        if (isStale) return;
        setPage(found);
        setError(undefined);
      },
      (problem: unknown) => !isStale && setError(problem),
    );
    return () => {
      isStale = true;
    };
  }, [kind, asked, limit, round]);
  return {
    text,
    setText,
    page,
    error,
    more: useCallback(() => setLimit((before) => before + pageSize), []),
    reload: useCallback(() => setRound((before) => before + 1), []),
  };
}
