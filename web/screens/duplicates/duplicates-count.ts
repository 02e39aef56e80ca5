import { useEffect, useSyncExternalStore } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { useAddressBooks } from '../../api/hooks.ts';
import { call } from '../../api/jmap.ts';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';

/** With more, looking is too much work for a number beside a word: then it comes when one opens the page. */
const mostCards = 50_000;

let count: { readonly accountId: Id; readonly value: number | undefined } | null = null;
const listeners = new Set<() => void>();

function become(accountId: Id, value: number | undefined): void {
  count = { accountId, value };
  for (const listener of listeners) listener();
}

/** What the person did changes the number at once. */
export function changeCount(difference: number): void {
  if (count?.value !== undefined) become(count.accountId, Math.max(0, count.value + difference));
}

/** The list knows the number. */
export function setCount(accountId: Id, value: number): void {
  become(accountId, value);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * How many duplicates wait; undefined until known. Asked once, when the browser has nothing else to do: the server looks
 * through all that one may write, and the number is no news that cannot wait.
 */
export function useDuplicatesCount(accountId: Id): number | undefined {
  const { status, list } = useAddressBooks();
  const cards = list.reduce((sum, book) => sum + (book.myRights.mayWrite ? book.cardCount : 0), 0);
  const isWanted = status === 'ready' && cards <= mostCards;
  useEffect(() => {
    if (!isWanted || count?.accountId === accountId) return;
    count = { accountId, value: undefined };
    preloadWhenIdle(async () => {
      const filter = { isDismissed: false };
      const { total } = await call('Duplicate/query', { accountId, filter, limit: 0, calculateTotal: true });
      if (count?.accountId === accountId) become(accountId, total);
    });
  }, [accountId, isWanted]);
  return useSyncExternalStore(subscribe, () => (count?.accountId === accountId ? count.value : undefined));
}
