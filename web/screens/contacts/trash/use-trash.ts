import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../../api/jmap.ts';
import { reference } from '../../../../client/src/client.ts';
import { subscribeToChanges } from '../../../api/store.ts';
import type { Id, TrashItem } from '../../../../client/src/types.ts';

/** What is shown of the trash, newest first; more of it on request. */
export interface ShownTrash {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly items: readonly TrashItem[];
  readonly total: number;
  readonly error: unknown;
  readonly showMore: () => void;
  readonly reload: () => void;
}

const pageSize = 100;

type Found = Pick<ShownTrash, 'status' | 'items' | 'total' | 'error'>;

const loading: Found = { status: 'loading', items: [], total: 0, error: undefined };

/** The trash of the person, kept up to date by push. */
export function useTrash(accountId: Id, text: string): ShownTrash {
  const [found, setFound] = useState(loading);
  const [limit, setLimit] = useState(pageSize);
  const latest = useRef(0);
  const reload = useCallback(() => {
    latest.current += 1;
    const asked = latest.current;
    fetchTrash(accountId, text, limit).then(
      (answer) => asked === latest.current && setFound({ status: 'ready', error: undefined, ...answer }),
      (error: unknown) =>
        asked === latest.current &&
        setFound((before) => ({ ...before, status: before.status === 'ready' ? 'ready' : 'failed', error })),
    );
  }, [accountId, text, limit]);
  useEffect(() => {
    reload();
    return subscribeToChanges('TrashItem', (changed) => changed === accountId && reload());
  }, [reload, accountId]);
  return { ...found, reload, showMore: () => setLimit((before) => before + pageSize) };
}

async function fetchTrash(accountId: Id, text: string, limit: number): Promise<Pick<Found, 'items' | 'total'>> {
  const filter = text ? { text } : null;
  const query = call('TrashItem/query', { accountId, filter, limit, calculateTotal: true });
  const get = call('TrashItem/get', { accountId, '#ids': reference(query, '/ids') });
  const [{ ids, total }, { list }] = await Promise.all([query, get]);
  const byId = new Map(list.map((item) => [item.id, item]));
  return { items: ids.flatMap((id) => byId.get(id) ?? []), total: total ?? ids.length };
}
