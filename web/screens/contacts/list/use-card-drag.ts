import type { DragEvent } from 'react';
import { messages } from '../../../locales/messages.ts';
import { beginCardDrag, endCardDrag } from '../../../model/cards/card-drag.ts';
import type { CardList } from '../../../model/cards/card-list.ts';
import { cardKey } from '../../../model/cards/card-ref.ts';
import { listName } from '../../../model/cards/card-summary.ts';
import { type DraggedCards, dragTypes } from '../../../model/drag.ts';
import styles from './card-grid.module.css';
import type { ListSelection } from './use-list-selection.ts';

/** What can be dragged out of a list, and what may be done with it. */
export interface CardDragOptions {
  readonly list: CardList;
  readonly selection: ListSelection;
  readonly effect: 'copyMove' | 'copy' | undefined;
}

/** Dragging a contact takes it along, or all that are ticked when it is one of them. */
export function useCardDrag({ list, selection, effect }: CardDragOptions) {
  return {
    onDragStart: (event: DragEvent<HTMLElement>) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
      const listed = row && list.at(Number(row.dataset['index']));
      if (!listed || !effect) return;
      const isMany = selection.isTicked(cardKey(listed.ref));
      const refs = isMany ? selection.targets : async () => [listed.ref];
      const known = isMany && !selection.selection.isAll ? [...selection.selection.picked.values()] : [listed.ref];
      const { accountId } = listed.ref;
      const cardIds = known.filter((ref) => ref.accountId === accountId).map((ref) => ref.id);
      event.dataTransfer.setData(dragTypes.cards, JSON.stringify({ accountId, cardIds } satisfies DraggedCards));
      event.dataTransfer.effectAllowed = effect;
      const name = listed.card ? listName(listed.card) : '';
      showDragImage(event, isMany && selection.count > 1 ? messages().common.contactCount(selection.count) : name);
      beginCardDrag(refs);
    },
    onDragEnd: endCardDrag,
  };
}

/** The browser takes a picture of an element that is on the page at this moment. */
function showDragImage(event: DragEvent, text: string): void {
  const image = document.createElement('div');
  image.className = styles['dragImage'] ?? '';
  image.textContent = text;
  document.body.append(image);
  event.dataTransfer.setDragImage(image, -12, -8);
  setTimeout(() => image.remove(), 0);
}
