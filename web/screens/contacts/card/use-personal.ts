import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { DataTypes } from '../../../../client/src/dataTypes.ts';
import type { Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import { fetchObjects, snapshotOf, subscribe, subscribeToChanges, sync } from '../../../api/store.ts';

/** What belongs to a person and a contact, and has the id of the contact. */
type Personal = 'PrivateNote' | 'CardLink';

/** It, kept up to date by push. */
export interface ShownPersonal<T extends Personal> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly object: DataTypes[T] | undefined;
  readonly retry: () => void;
}

/** Whether a contact can be seen decides about both, and comes by other types. */
const signs = ['ContactCard', 'ShareInvitation'] as const;

/** The person's own note about a contact, or their own link of a copy. */
export function usePersonal<T extends Personal>(type: T, cardId: Id): ShownPersonal<T> {
  const { accountId } = useSession();
  const [answered, setAnswered] = useState<{ readonly cardId: Id; readonly isFailed: boolean }>();
  const object = useSyncExternalStore(
    (listener) => subscribe(type, listener),
    () => snapshotOf(type).get(accountId)?.collection?.byId.get(cardId),
  );
  const ask = useCallback(() => {
    fetchObjects(type, accountId, [cardId]).then(
      () => setAnswered({ cardId, isFailed: false }),
      () => setAnswered({ cardId, isFailed: true }),
    );
  }, [type, accountId, cardId]);
  useEffect(() => {
    ask();
    void sync(type, accountId);
    // Another window may have made it: only what is held is followed by itself.
    const stops = [
      subscribeToChanges(type, ask),
      ...signs.map((sign) => subscribeToChanges(sign, () => void sync(type, accountId))),
    ];
    return () => stops.forEach((stop) => stop());
  }, [ask, type, accountId]);
  if (object) return { status: 'ready', object, retry: ask };
  if (answered?.cardId !== cardId) return { status: 'loading', object, retry: ask };
  return { status: answered.isFailed ? 'failed' : 'ready', object, retry: ask };
}
