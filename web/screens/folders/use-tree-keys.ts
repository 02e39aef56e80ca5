import { type KeyboardEvent, useRef } from 'react';
import { type FolderAction, isAllowed } from '../../model/folders/folder-actions.ts';
import { type FolderNode, withDescendants } from '../../model/folders/folder-tree.ts';
import { treeMove, typeahead } from '../../model/folders/tree-keys.ts';
import { menuPlaceBelow, type MenuPlace } from '../../ui/menu.tsx';
import type { Collapsed } from './use-collapsed.ts';

/** The tree whose keys these are, and what they do. */
export interface TreeKeys {
  readonly rows: readonly FolderNode[];
  readonly collapsed: Collapsed;
  readonly focusRow: (key: string) => void;
  readonly open: (node: FolderNode) => void;
  readonly openMenu: (node: FolderNode, place: MenuPlace) => void;
  readonly run: (action: FolderAction, node: FolderNode) => void;
}

type RowKeyHandler = (node: FolderNode) => (event: KeyboardEvent) => void;

/** The keys of a row: arrows, Home, End, typing, Enter, F2, Suppr, context-menu key and Shift+F10. */
export function useTreeKeys(tree: TreeKeys): RowKeyHandler {
  const type = useTypeahead();
  return (node) => (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!act(tree, node, event) && !move(tree, node, event) && !search(tree, node, event, type)) return;
    // What the tree has used neither scrolls the page nor is a shortcut of the app.
    event.preventDefault();
    event.stopPropagation();
  };
}

function act(tree: TreeKeys, node: FolderNode, event: KeyboardEvent): boolean {
  const isMenuKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
  if (isMenuKey) tree.openMenu(node, menuPlaceBelow(event.currentTarget));
  else if (event.key === 'Enter') tree.open(node);
  else if (event.key === 'F2') tree.run('rename', node);
  else if (event.key === 'Delete') removeAndStay(tree, node);
  else return false;
  return true;
}

/** Removes a folder and leaves the focus on its neighbour, where the next key finds it. */
function removeAndStay({ rows, focusRow, run }: TreeKeys, node: FolderNode): void {
  const index = rows.indexOf(node);
  const size = withDescendants(node).filter((below) => rows.includes(below)).length;
  const neighbour = rows[index + size] ?? rows[index - 1];
  if (isAllowed('remove', node) && neighbour) focusRow(neighbour.key);
  run('remove', node);
}

function move({ rows, collapsed, focusRow }: TreeKeys, node: FolderNode, event: KeyboardEvent): boolean {
  const step = treeMove(event.key, rows, node.key, collapsed.keys);
  if (!step) return false;
  if ('focus' in step) focusRow(step.focus);
  else collapsed.setCollapsed([node.key], step.setCollapsed);
  return true;
}

function search(
  { rows, focusRow }: TreeKeys,
  node: FolderNode,
  event: KeyboardEvent,
  type: (letter: string) => string,
): boolean {
  if (!/^[\p{L}\p{N}]$/u.test(event.key) || event.shiftKey) return false;
  const found = typeahead(type(event.key), rows, node.key);
  if (found) focusRow(found);
  return found !== undefined;
}

const typingPause = 600;

/** Collects letters typed in quick succession. */
function useTypeahead(): (letter: string) => string {
  const typed = useRef({ text: '', at: 0 });
  return (letter) => {
    const now = performance.now();
    const text = now - typed.current.at < typingPause ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    return text;
  };
}
