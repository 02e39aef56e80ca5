import { useEffect, useState } from 'react';
import { isAbort } from '../../../client/src/errors.ts';
import type { ListedFolder } from '../../../client/src/requests.ts';
import { useSession } from '../../api/hooks.ts';
import { call } from '../../api/jmap.ts';

const pause = 150;
const pageSize = 50;

/** What colleagues let the person find. */
export interface ListedFolders {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly list: readonly ListedFolder[];
  readonly total: number;
  readonly error: unknown;
  readonly showMore: () => void;
  readonly retry: () => void;
}

/** Asks a short while after the last key, and gives up what was asked before; `version` asks anew. */
export function useListedFolders(text: string, version: unknown): ListedFolders {
  const { accountId } = useSession();
  const wanted = text.trim();
  const [limit, setLimit] = useState(pageSize);
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{
    readonly list: readonly ListedFolder[];
    readonly total: number;
    readonly error: unknown;
  }>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      call('ListedFolder/query', { accountId, text: wanted, limit }, { signal: abort.signal }).then(
        ({ list, total }) => setAnswer({ list, total, error: undefined }),
        (error: unknown) => isAbort(error) || setAnswer({ list: [], total: 0, error }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort(new DOMException('Superseded', 'AbortError'));
    };
  }, [accountId, wanted, limit, version, tries]);
  return {
    status: answer === undefined ? 'loading' : answer.error === undefined ? 'ready' : 'failed',
    list: answer?.list ?? [],
    total: answer?.total ?? 0,
    error: answer?.error,
    // The server gives a hundred at once: whoever wants more looks for less.
    showMore: () => setLimit(2 * pageSize),
    retry: () => setTries((count) => count + 1),
  };
}
