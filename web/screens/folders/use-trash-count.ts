import { useEffect, useState } from 'react';
import { call } from '../../api/jmap.ts';
import { subscribeToChanges } from '../../api/store.ts';
import type { Id } from '../../../client/src/types.ts';

/** How much is in the person's trash; undefined until known. */
export function useTrashCount(accountId: Id): number | undefined {
  const [count, setCount] = useState<number>();
  useEffect(() => {
    const abort = new AbortController();
    const ask = () => {
      call('TrashItem/query', { accountId, limit: 1, calculateTotal: true }, { signal: abort.signal }).then(
        (reply) => setCount(reply.total ?? reply.ids.length),
        // Without a count the entry only lacks its number.
        () => {},
      );
    };
    ask();
    const stop = subscribeToChanges('TrashItem', (changed) => changed === accountId && ask());
    return () => {
      stop();
      abort.abort();
    };
  }, [accountId]);
  return count;
}
