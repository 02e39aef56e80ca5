import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { Id } from '../../../client/src/types.ts';
import { type DraggedCards, dragTypes } from '../../model/drag.ts';
import { isAllowed, mayMoveInto, mayMoveToTop, mayTakeCards } from '../../model/folders/folder-actions.ts';
import { findNode, type FolderNode } from '../../model/folders/folder-tree.ts';
import { dropCards } from '../contacts/drop-cards.ts';
import { useDropContext } from './drop-context.ts';
import { attempt, moveFolder, removeFolder } from './folder-operations.ts';

/** What a row needs so that its folder can be dragged, and others dropped on it. */
export interface FolderDrag {
  readonly dragProps: object;
  readonly dropProps: object;
  readonly isDragging: boolean;
  readonly isDropTarget: boolean;
}

interface FolderDragOptions {
  readonly isDisabled: boolean;
  /** Something is held over the row for a while. */
  readonly onActivate: () => void;
}

/** The folder that is dragged in this window: where it may go is shown while it is held. */
let dragged: FolderNode | undefined;

/** Makes a row draggable, to move the folder (by keyboard « Déplacer le dossier » does), and a place to drop things. */
export function useFolderDrag(node: FolderNode, options: FolderDragOptions): FolderDrag {
  const [isDragging, setDragging] = useState(false);
  const drop = useFolderDrop(node, options.onActivate);
  const dragProps = {
    draggable: !options.isDisabled && isAllowed('move', node),
    onDragStart: ({ dataTransfer }: DragEvent) => {
      dataTransfer.setData(dragTypes.folder, node.key);
      dataTransfer.setData('text/plain', node.name);
      dataTransfer.effectAllowed = 'move';
      dragged = node;
      setDragging(true);
    },
    onDragEnd: () => {
      dragged = undefined;
      setDragging(false);
    },
  };
  return { dragProps, isDragging, ...drop };
}

const heldFor = 800;

/** A row takes folders and cards. */
function useFolderDrop(node: FolderNode, onActivate: () => void) {
  const { nodes, ownAccountId } = useDropContext();
  const [isDropTarget, setDropTarget] = useState(false);
  const held = useRef<ReturnType<typeof setTimeout>>(undefined);
  const leave = () => {
    clearTimeout(held.current);
    setDropTarget(false);
  };
  useEffect(() => () => clearTimeout(held.current), []);

  const takeFolder = async (key: string) => {
    const folder = findNode(nodes, key);
    if (!folder || !mayTakeFolder(folder, node)) return;
    await (node.kind === 'trash' ? removeFolder(folder, ownAccountId) : moveFolder(folder, node));
  };
  const dropProps = {
    onDragOver: (event: DragEvent) => {
      const operation = operationOf(event, node);
      if (!operation) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = operation;
      if (isDropTarget) return;
      setDropTarget(true);
      held.current = setTimeout(onActivate, heldFor);
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) leave();
    },
    onDrop: (event: DragEvent) => {
      const operation = operationOf(event, node);
      leave();
      if (!operation) return;
      event.preventDefault();
      const cards = event.dataTransfer.getData(dragTypes.cards);
      attempt(cards ? takeCards(cards, node, operation) : takeFolder(event.dataTransfer.getData(dragTypes.folder)));
    },
  };
  return { dropProps, isDropTarget };
}

/** The heading above the folders takes one of them to the top level. */
export function useTopDrop(ownAccountId: Id) {
  const [isDropTarget, setDropTarget] = useState(false);
  const takes = ({ dataTransfer }: DragEvent) =>
    dataTransfer.types.includes(dragTypes.folder) && dragged !== undefined && mayMoveToTop(dragged, ownAccountId);
  const dropProps = {
    onDragOver: (event: DragEvent) => {
      if (!takes(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      setDropTarget(true);
    },
    onDragLeave: () => setDropTarget(false),
    onDrop: (event: DragEvent) => {
      setDropTarget(false);
      if (!takes(event) || !dragged) return;
      event.preventDefault();
      attempt(moveFolder(dragged, null));
    },
  };
  return { dropProps, isDropTarget };
}

/** What would happen to what is held over a row; undefined: it takes no such thing. */
function operationOf({ dataTransfer, ctrlKey, altKey }: DragEvent, node: FolderNode): 'move' | 'copy' | undefined {
  if (dataTransfer.types.includes(dragTypes.folder) && dragged)
    return mayTakeFolder(dragged, node) ? 'move' : undefined;
  if (!dataTransfer.types.includes(dragTypes.cards) || !mayTakeCards(node)) return undefined;
  // Whoever may only read where they come from copies; so does everybody with Ctrl, on a Mac with Alt.
  const mayMove = dataTransfer.effectAllowed !== 'copy' && !ctrlKey && !altKey;
  if (mayMove) return 'move';
  return node.kind === 'trash' ? undefined : 'copy';
}

function mayTakeFolder(folder: FolderNode, target: FolderNode): boolean {
  return target.kind === 'trash' ? isAllowed('remove', folder) : mayMoveInto(folder, target);
}

async function takeCards(text: string, node: FolderNode, operation: 'move' | 'copy'): Promise<void> {
  const cards = JSON.parse(text) as DraggedCards;
  const target = node.book ? { accountId: node.book.accountId, bookId: node.book.id, name: node.name } : 'trash';
  await dropCards(cards, target, operation);
}
