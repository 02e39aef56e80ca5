import type { DOMAttributes, RefObject } from 'react';
import { useDrag, useDrop } from 'react-aria-components';
import { dragTypes, type DraggedCards } from '../../model/drag.ts';
import { isAllowed, mayMoveInto, mayTakeCards } from '../../model/folders/folder-actions.ts';
import { findNode, type FolderNode } from '../../model/folders/folder-tree.ts';
import { dropCards } from '../contacts/drop-cards.ts';
import { attempt, moveFolder, removeFolder } from './folder-operations.ts';
import { useDropContext } from './drop-context.ts';

export interface FolderDrag {
  readonly dragProps: DOMAttributes<HTMLElement>;
  readonly dropProps: DOMAttributes<HTMLElement>;
  readonly isDragging: boolean;
  readonly isDropTarget: boolean;
}

interface FolderDragOptions {
  readonly isDisabled: boolean;
  /** Something is held over the row for a while. */
  readonly onActivate: () => void;
}

/** Makes a row draggable (to move the folder) and a place to drop folders and cards. */
export function useFolderDrag(
  node: FolderNode,
  ref: RefObject<HTMLElement | null>,
  options: FolderDragOptions,
): FolderDrag {
  const { nodes, ownAccountId } = useDropContext();
  const { dragProps, isDragging } = useDrag({
    getItems: () => [{ [dragTypes.folder]: node.key, 'text/plain': node.name }],
    getAllowedDropOperations: () => ['move'],
    // By keyboard folders are moved with « Déplacer le dossier »: Enter on a row opens it.
    hasDragButton: true,
    isDisabled: options.isDisabled || !isAllowed('move', node),
  });
  const { dropProps, isDropTarget } = useDrop({
    ref,
    getDropOperation: (types, allowed) => {
      const isCards = types.has(dragTypes.cards) && mayTakeCards(node);
      const isFolder = types.has(dragTypes.folder) && (node.kind === 'trash' || isAllowed('newFolder', node));
      return isCards || isFolder ? (allowed[0] ?? 'cancel') : 'cancel';
    },
    onDropActivate: options.onActivate,
    onDrop: ({ items, dropOperation }) => {
      for (const item of items) {
        if (item.kind !== 'text') continue;
        if (item.types.has(dragTypes.cards))
          attempt(item.getText(dragTypes.cards).then((text) => takeCards(text, node, dropOperation)));
        else if (item.types.has(dragTypes.folder)) attempt(item.getText(dragTypes.folder).then(takeFolder));
      }
    },
  });

  const takeFolder = async (key: string) => {
    const dragged = findNode(nodes, key);
    if (!dragged) return;
    if (node.kind === 'trash') {
      if (isAllowed('remove', dragged)) await removeFolder(dragged, ownAccountId);
    } else if (mayMoveInto(dragged, node)) await moveFolder(dragged, node);
  };

  return { dragProps, dropProps, isDragging, isDropTarget };
}

async function takeCards(text: string, node: FolderNode, operation: string): Promise<void> {
  const cards = JSON.parse(text) as DraggedCards;
  const target = node.book ? { accountId: node.book.accountId, bookId: node.book.id, name: node.name } : 'trash';
  await dropCards(cards, target, operation === 'copy' ? 'copy' : 'move');
}
