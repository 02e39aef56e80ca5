import { useCallback, useEffect, useRef, useState } from 'react';
import { reference } from '../../../client/src/client.ts';
import type { CardActivity, CardVersion } from '../../../client/src/history.ts';
import type { Id } from '../../../client/src/types.ts';
import { call } from '../../api/jmap.ts';
import { subscribeToChanges } from '../../api/store.ts';

/** A part of the history, newest first; more of it on request. */
export interface ShownHistory<T> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly error: unknown;
  readonly showMore: () => void;
  readonly reload: () => void;
}

interface Objects {
  readonly CardVersion: CardVersion;
  readonly CardActivity: CardActivity;
}

type Found<T> = Pick<ShownHistory<T>, 'status' | 'items' | 'hasMore' | 'error'>;

const pageSize = 25;

/** The versions of a card. */
export function useVersions(accountId: Id, cardId: Id): ShownHistory<CardVersion> {
  return useHistory('CardVersion', accountId, JSON.stringify({ cardId }));
}

/** The feed of a folder, of one person or of all. */
export function useActivities(accountId: Id, bookId: Id, author: Id | null): ShownHistory<CardActivity> {
  const filter = { inAddressBook: bookId, ...(author === null ? {} : { author }) };
  return useHistory('CardActivity', accountId, JSON.stringify(filter));
}

/** Kept up to date by push: history moves whenever cards do. */
function useHistory<N extends keyof Objects>(type: N, accountId: Id, filter: string): ShownHistory<Objects[N]> {
  const [found, setFound] = useState<Found<Objects[N]>>(loading);
  const [limit, setLimit] = useState(pageSize);
  const latest = useRef(0);
  const reload = useCallback(() => {
    latest.current += 1;
    const asked = latest.current;
    fetchHistory(type, accountId, filter, limit).then(
      (answer) => asked === latest.current && setFound({ status: 'ready', error: undefined, ...answer }),
      (error: unknown) =>
        asked === latest.current &&
        setFound((before) => ({ ...before, status: before.status === 'ready' ? 'ready' : 'failed', error })),
    );
  }, [type, accountId, filter, limit]);
  useEffect(() => {
    reload();
    return subscribeToChanges('ContactCard', (changed) => changed === accountId && reload());
  }, [reload, accountId]);
  return { ...found, reload, showMore: () => setLimit((before) => before + pageSize) };
}

const loading = { status: 'loading', items: [], hasMore: false, error: undefined } as const;

async function fetchHistory<N extends keyof Objects>(
  type: N,
  accountId: Id,
  filter: string,
  limit: number,
): Promise<Pick<Found<Objects[N]>, 'items' | 'hasMore'>> {
  // One more than is shown tells whether there is more.
  const query = call(`${type}/query`, { accountId, filter: JSON.parse(filter) as object, limit: limit + 1 });
  const get = call(`${type}/get`, { accountId, '#ids': reference(query, '/ids') });
  const [{ ids }, { list }] = await Promise.all([query, get]);
  const byId = new Map((list as readonly Objects[N][]).map((item) => [item.id, item]));
  return { items: ids.slice(0, limit).flatMap((id) => byId.get(id) ?? []), hasMore: ids.length > limit };
}
