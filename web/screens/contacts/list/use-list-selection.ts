import { useCallback, useEffect, useState } from 'react';
import { call } from '../../../api/jmap.ts';
import { subscribeToChanges } from '../../../api/store.ts';
import type { Id } from '../../../../client/src/types.ts';
import { bookIdOf, cardKey, type CardRef } from '../../../model/cards/card-ref.ts';
import type { CardList } from '../../../model/cards/card-list.ts';
import { listenToOperations } from '../../../model/cards/leaving-cards.ts';
import {
  countSelected,
  everythingSelected,
  isSelected,
  nothingSelected,
  type Selection,
  selectionOf,
  toggled,
  withoutCards,
  withRange,
} from '../../../model/cards/selection.ts';

/** What is ticked, and the row that the keyboard is on. */
export interface ListSelection {
  readonly selection: Selection;
  readonly count: number;
  /** -1: none yet. */
  readonly current: number;
  readonly isTicked: (key: string) => boolean;
  readonly goTo: (index: number) => void;
  readonly toggle: (index: number) => void;
  /** From the last row that was clicked or ticked to this one; `isAdded` keeps what is ticked elsewhere. */
  readonly extendTo: (index: number, isAdded: boolean) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
  /** The ticked cards, else the current one. */
  readonly targets: () => Promise<readonly CardRef[]>;
}

interface Cursor {
  readonly current: number;
  readonly anchor: number;
  readonly key: string | null;
}

const nowhere: Cursor = { current: -1, anchor: -1, key: null };

/** The selection of one list; it survives that the list is fetched anew. */
export function useListSelection(list: CardList, total: number): ListSelection {
  const [selection, setSelection] = useState(nothingSelected);
  const [cursor, setCursor] = useState(nowhere);
  useForgetGoneCards(selection, setSelection);

  // Rows above may have come or gone: the keyboard stays on its contact.
  const index = cursor.key === null ? cursor.current : list.indexOf(cursor.key);
  const current = Math.min(index >= 0 ? index : cursor.current, total - 1);

  const keyAt = (place: number) => {
    const ref = list.at(place)?.ref;
    return ref ? cardKey(ref) : null;
  };
  const goTo = (place: number) => setCursor({ current: place, anchor: place, key: keyAt(place) });
  const toggle = (place: number) => {
    const ref = list.at(place)?.ref;
    if (!ref) return;
    goTo(place);
    setSelection((before) => toggled(before, ref));
  };
  const extendTo = (place: number, isAdded: boolean) => {
    const anchor = cursor.anchor < 0 ? place : cursor.anchor;
    setCursor({ current: place, anchor, key: keyAt(place) });
    // From end to end nobody needs to be named.
    if (Math.min(anchor, place) === 0 && Math.max(anchor, place) === total - 1) {
      setSelection(everythingSelected);
      return;
    }
    list.refsBetween(Math.min(anchor, place), Math.max(anchor, place)).then(
      (refs) => setSelection((before) => (isAdded ? withRange(before, refs) : selectionOf(refs))),
      // Offline: the selection stays as it was, and the list says why.
      () => {},
    );
  };
  const targets = async () => {
    const ref = list.at(current)?.ref;
    if (countSelected(selection, total) === 0) return ref ? [ref] : [];
    return refsOf(selection, list, total);
  };
  const clear = useCallback(() => setSelection(nothingSelected), []);
  return {
    selection,
    current,
    goTo,
    toggle,
    extendTo,
    clear,
    targets,
    count: countSelected(selection, total),
    isTicked: (key) => isSelected(selection, key),
    selectAll: () => setSelection(everythingSelected),
  };
}

async function refsOf(selection: Selection, list: CardList, total: number): Promise<readonly CardRef[]> {
  if (!selection.isAll) return [...selection.picked.values()];
  const refs = await list.refsBetween(0, total - 1);
  return refs.filter((ref) => !selection.except.has(cardKey(ref)));
}

/** Cards that left, by one's own doing or somebody else's, are no longer ticked. */
function useForgetGoneCards(
  selection: Selection,
  setSelection: (change: (before: Selection) => Selection) => void,
): void {
  const { picked } = selection;
  useEffect(() => {
    const forget = (keys: readonly string[]) => setSelection((before) => withoutCards(before, keys));
    const stopOperations = listenToOperations({
      onLeaving: ({ keys }) =>
        setSelection((before) => (before.isAll ? nothingSelected : withoutCards(before, [...keys]))),
      onChanged: () => {},
    });
    const stopChanges = subscribeToChanges('ContactCard', (accountId, changes) => {
      const mine = [...picked.values()].filter((ref) => ref.accountId === accountId);
      const isSuspect = (ref: CardRef) =>
        !changes || changes.updated.includes(ref.id) || changes.destroyed.includes(ref.id);
      const suspects = mine.filter(isSuspect);
      if (suspects.length > 0 && suspects.length <= 500) void goneAmong(accountId, suspects).then(forget, () => {});
    });
    return () => {
      stopOperations();
      stopChanges();
    };
  }, [picked, setSelection]);
}

async function goneAmong(accountId: Id, refs: readonly CardRef[]): Promise<readonly string[]> {
  const ids = refs.map((ref) => ref.id);
  const { list } = await call('ContactCard/get', {
    accountId,
    ids,
    properties: ['addressBookIds'],
  });
  const books = new Map(list.map((card) => [card.id, bookIdOf(card)]));
  const isGone = (ref: CardRef) => !books.has(ref.id) || (ref.bookId !== null && books.get(ref.id) !== ref.bookId);
  return refs.filter(isGone).map(cardKey);
}
