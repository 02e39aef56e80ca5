import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { JmapMethodError } from '../../../../client/src/errors.ts';
import { fetchObjects, snapshotOf, subscribe } from '../../../api/store.ts';
import type { ContactCard, Id } from '../../../../client/src/types.ts';

/** A card on the screen; `gone`: it was there, or never. The last version stays for who is editing it. */
export interface ShownCard {
  readonly status: 'loading' | 'ready' | 'gone' | 'failed';
  readonly card: ContactCard | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

type Answer = { readonly key: string; readonly isGone: boolean; readonly error: unknown };

/** A whole card, kept up to date by push. */
export function useCard(accountId: Id, id: Id): ShownCard {
  const key = `${accountId}/${id}`;
  const held = useSyncExternalStore(subscribeToCards, () =>
    snapshotOf('ContactCard').get(accountId)?.collection?.byId.get(id),
  );
  const [last, setLast] = useState<{ readonly key: string; readonly card: ContactCard }>();
  const [answer, setAnswer] = useState<Answer>();
  const [attempt, setAttempt] = useState(0);
  const isMissing = held === undefined;

  useEffect(() => {
    if (held) setLast({ key, card: held });
  }, [held, key]);

  // A card that disappears from the cache may only have to be asked for again: the answer tells.
  useEffect(() => {
    if (!isMissing) return undefined;
    let isStale = false;
    setAnswer(undefined);
    fetchObjects('ContactCard', accountId, [id]).then(
      () => {
        const isGone = !snapshotOf('ContactCard').get(accountId)?.collection?.byId.has(id);
        if (!isStale) setAnswer({ key, isGone, error: undefined });
      },
      (error: unknown) => {
        // With the last share of an account the whole account goes.
        const isGone = error instanceof JmapMethodError && error.type === 'accountNotFound';
        if (!isStale) setAnswer({ key, isGone, error: isGone ? undefined : error });
      },
    );
    return () => {
      isStale = true;
    };
  }, [accountId, id, key, isMissing, attempt]);

  const retry = useCallback(() => setAttempt((number) => number + 1), []);
  const known = answer?.key === key ? answer : undefined;
  const card = held ?? (last?.key === key ? last.card : undefined);
  if (held) return { status: 'ready', card, error: undefined, retry };
  if (known?.isGone) return { status: 'gone', card, error: undefined, retry };
  if (known?.error !== undefined) return { status: 'failed', card, error: known.error, retry };
  return { status: card ? 'ready' : 'loading', card, error: undefined, retry };
}

function subscribeToCards(listener: () => void): () => void {
  return subscribe('ContactCard', listener);
}
