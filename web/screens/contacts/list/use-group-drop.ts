import { type DragEvent, useState } from 'react';
import { droppedCards } from '../../../model/cards/card-drag.ts';
import type { CardList } from '../../../model/cards/card-list.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf, listName } from '../../../model/cards/card-summary.ts';
import { type DraggedCards, dragTypes } from '../../../model/drag.ts';

/** A group in the list takes the contacts that are dropped on it. */
export function useGroupDrop(list: CardList, mayChange: (ref: CardRef) => boolean) {
  const [over, setOver] = useState<number>();
  const groupAt = (event: DragEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const index = Number(row?.dataset['index']);
    const listed = row && event.dataTransfer.types.includes(dragTypes.cards) ? list.at(index) : undefined;
    const isGroup = listed?.card && contentOf(listed.card).kind === 'group' && mayChange(listed.ref);
    return isGroup && listed.card ? { index, ref: listed.ref, name: listName(listed.card) } : undefined;
  };
  const handlers = {
    onDragOver: (event: DragEvent) => {
      const group = groupAt(event);
      setOver(group?.index);
      if (!group) return;
      event.preventDefault();
      // They stay where they are.
      event.dataTransfer.dropEffect = 'copy';
    },
    onDragLeave: () => setOver(undefined),
    onDrop: (event: DragEvent) => {
      const group = groupAt(event);
      setOver(undefined);
      if (!group) return;
      event.preventDefault();
      const cards = JSON.parse(event.dataTransfer.getData(dragTypes.cards)) as DraggedCards;
      void Promise.all([droppedCards(cards), import('../groups/group-operations.ts')]).then(
        ([refs, { addCardsToGroup }]) =>
          addCardsToGroup(refs, { accountId: group.ref.accountId, id: group.ref.id, name: group.name }),
      );
    },
  };
  return { over, handlers };
}
