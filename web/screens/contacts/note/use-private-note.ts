import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Id, PrivateNote } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { fetchObjects, snapshotOf, subscribe, subscribeToChanges } from '../../../api/store.ts';

/** What the person noted about a contact, kept up to date by push. */
export interface ShownNote {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly note: PrivateNote | undefined;
  readonly retry: () => void;
}

/** The person's own note about a contact. */
export function usePrivateNote(cardId: Id): ShownNote {
  const { accountId } = useSession();
  const [answered, setAnswered] = useState<{ readonly cardId: Id; readonly isFailed: boolean }>();
  const note = useSyncExternalStore(
    (listener) => subscribe('PrivateNote', listener),
    () => snapshotOf('PrivateNote').get(accountId)?.collection?.byId.get(cardId),
  );
  const ask = useCallback(() => {
    fetchObjects('PrivateNote', accountId, [cardId]).then(
      () => setAnswered({ cardId, isFailed: false }),
      () => setAnswered({ cardId, isFailed: true }),
    );
  }, [accountId, cardId]);
  useEffect(() => {
    ask();
    // Another window may have made it: only what is held is followed by itself.
    return subscribeToChanges('PrivateNote', ask);
  }, [ask]);
  if (note) return { status: 'ready', note, retry: ask };
  if (answered?.cardId !== cardId) return { status: 'loading', note, retry: ask };
  return { status: answered.isFailed ? 'failed' : 'ready', note, retry: ask };
}
