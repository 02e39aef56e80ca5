import { useCallback, useEffect, useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { subscribeToChanges } from '../../api/store.ts';
import { setCount } from './duplicates-count.ts';
import { listenToUndo, loadDuplicates, ownAccount } from './merge-operations.ts';
import type { DuplicatesPage } from './merge-operations.ts';

const perPage = 10;
/** Changes come in bursts, and looking for duplicates is work. */
const quiet = 1_500;

/** The duplicates that wait, as many as one wants to see. */
export interface ShownDuplicates {
  readonly page: DuplicatesPage | undefined;
  readonly error: unknown;
  readonly reload: () => void;
  readonly more: () => void;
  /** Takes one off the list at once. */
  readonly remove: (id: Id) => void;
}

/** Loads them, and again when contacts change. */
export function useDuplicates(): ShownDuplicates {
  const [limit, setLimit] = useState(perPage);
  const [round, setRound] = useState(0);
  const [page, setPage] = useState<DuplicatesPage>();
  const [error, setError] = useState<unknown>();
  const reload = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    let isWanted = true;
    loadDuplicates(limit).then(
      (loaded) => {
        if (!isWanted) return;
        setPage(loaded);
        setError(undefined);
        setCount(ownAccount(), loaded.total);
      },
      (problem: unknown) => isWanted && setError(problem),
    );
    return () => {
      isWanted = false;
    };
  }, [limit, round]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = subscribeToChanges('ContactCard', () => {
      clearTimeout(timer);
      timer = setTimeout(reload, quiet);
    });
    const stopUndo = listenToUndo(reload);
    return () => {
      stop();
      stopUndo();
      clearTimeout(timer);
    };
  }, [reload]);

  return {
    page,
    error,
    reload,
    more: () => setLimit((before) => before + perPage),
    remove: (id) => {
      setPage((before) => before && without(before, id));
      reload();
    },
  };
}

function without(page: DuplicatesPage, id: Id): DuplicatesPage {
  const gone = page.list.find((one) => one.id === id);
  if (!gone) return page;
  return {
    ...page,
    list: page.list.filter((one) => one !== gone),
    total: page.total - 1,
    certain: page.certain - Number(gone.isCertain),
  };
}
