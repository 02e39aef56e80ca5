import { droppedCards } from '../../model/cards/card-drag.ts';
import type { CardTarget, DraggedCards } from '../../model/drag.ts';
import { copyCards, deleteCards, moveCards } from './move/card-operations.ts';

/** Moves (or copies) dragged cards to where they were dropped. */
export async function dropCards(cards: DraggedCards, target: CardTarget, operation: 'move' | 'copy'): Promise<void> {
  const refs = await droppedCards(cards);
  if (target === 'trash') await deleteCards(refs);
  else if (operation === 'copy') await copyCards(refs, target, false);
  else await moveCards(refs, target);
}
