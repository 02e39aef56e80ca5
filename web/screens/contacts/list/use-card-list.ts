import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { soon } from '../../../api/soon.ts';
import { load, subscribeToChanges } from '../../../api/store.ts';
import { CardList, type CardListState, type CardSource } from '../../../model/cards/card-list.ts';
import { type CardOrder, cardTransport } from '../../../model/cards/card-queries.ts';
import { listenToOperations } from '../../../model/cards/leaving-cards.ts';

/** A list on the screen. */
export interface ShownList {
  readonly list: CardList;
  readonly state: CardListState;
}

const countsAfter = 400;

/** The list of some sources (null: not known yet) in one order; while another one loads, the one before stays on the screen. */
export function useCardList(sources: readonly CardSource[] | null, wanted: CardOrder, keepsMoved: boolean): ShownList {
  const key = JSON.stringify([wanted, sources]);
  const list = useMemo(() => {
    const [order, places] = JSON.parse(key) as [CardOrder, CardSource[] | null];
    return new CardList({ sources: places, transport: cardTransport(order) });
  }, [key]);
  const state = useListState(list);
  const [settled, setSettled] = useState<CardList>();
  const before = settled ?? list;
  const stateBefore = useListState(before);
  useEffect(() => list.show(0, 20), [list]);
  useEffect(() => {
    if (state.status !== 'loading') setSettled(list);
  }, [state.status, list]);
  useFreshness(list, keepsMoved);
  return state.status === 'loading' ? { list: before, state: stateBefore } : { list, state };
}

function useListState(list: CardList): CardListState {
  const subscribe = useCallback((listener: () => void) => list.subscribe(() => soon(listener)), [list]);
  return useSyncExternalStore(subscribe, list.state);
}

/** Follows what others do, by push, and what is done here, at once. */
function useFreshness(list: CardList, keepsMoved: boolean): void {
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const stopChanges = subscribeToChanges('ContactCard', (accountId, changes) => {
      void list.follow(accountId, changes?.updated ?? []);
      // The numbers beside the folders follow a moment later: a large move makes many changes.
      clearTimeout(timers.get(accountId));
      timers.set(
        accountId,
        setTimeout(() => void load('AddressBook', accountId, true), countsAfter),
      );
    });
    const stopOperations = listenToOperations({
      onLeaving: ({ keys, why }) => {
        if (why === 'deleted' || !keepsMoved) list.drop(keys);
      },
      onChanged: (accountId) => void list.follow(accountId, []),
    });
    return () => {
      stopChanges();
      stopOperations();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [list, keepsMoved]);
}
