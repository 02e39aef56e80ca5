import type { CardRef } from './card-ref.ts';
import type { DraggedCards } from '../drag.ts';

let dragged: (() => Promise<readonly CardRef[]>) | null = null;

/** Remembers what is being dragged: a drag event has no time to ask for the ids of a whole folder. */
export function beginCardDrag(refs: () => Promise<readonly CardRef[]>): void {
  dragged = refs;
}

/** Forgets it, some time after the drop has been read. */
export function endCardDrag(): void {
  const ended = dragged;
  setTimeout(() => {
    if (dragged === ended) dragged = null;
  }, 1_000);
}

/** What was dropped: all that is dragged in this window, or what another window wrote into the event. */
export async function droppedCards({ accountId, cardIds }: DraggedCards): Promise<readonly CardRef[]> {
  return dragged ? dragged() : cardIds.map((id) => ({ accountId, id, bookId: null }));
}
