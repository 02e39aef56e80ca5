import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { FolderNode } from '../../model/folders/folder-tree.ts';

interface Tree {
  readonly tree: RefObject<HTMLElement | null>;
  readonly rows: readonly FolderNode[];
  /** The row that had the focus last. */
  readonly focused: string | undefined;
  /** The folder that is open. */
  readonly selectedKey: string;
}

type TreeRef = Tree['tree'];

function rowOf(tree: TreeRef, key: string): HTMLElement | null | undefined {
  return tree.current?.querySelector<HTMLElement>(`[data-folder="${CSS.escape(key)}"]`);
}

/** Keeps the folder that is open in sight, and the focus in the tree; answers what gives it to a row. */
export function useTreeFocus({ tree, rows, focused, selectedKey }: Tree): (key: string) => void {
  useScrollToOpened(rows, selectedKey, tree);
  useFocusAfterRemoval(rows, focused, tree);
  return useCallback((key) => rowOf(tree, key)?.focus(), [tree]);
}

/** Where the list stands beside it, the folder that opens is seen among many others, too; on a telephone one comes back to the same place. */
function useScrollToOpened(rows: readonly FolderNode[], key: string, tree: TreeRef): void {
  const shown = useRef('');
  useEffect(() => {
    if (shown.current === key || !rows.some((row) => row.key === key)) return;
    shown.current = key;
    if (matchMedia('(min-width: 40.01rem)').matches)
      requestAnimationFrame(() => rowOf(tree, key)?.scrollIntoView({ block: 'nearest' }));
  }, [rows, key, tree]);
}

/**
 * When the folder that had the focus goes, by its menu or because its share ended, the focus passes to what takes its place:
 * otherwise it would fall to the page, and the keyboard would begin at the top.
 */
function useFocusAfterRemoval(rows: readonly FolderNode[], focused: string | undefined, tree: TreeRef): void {
  const place = useRef(-1);
  useEffect(() => {
    const index = rows.findIndex(({ key }) => key === focused);
    const heir = index < 0 && place.current >= 0 ? (rows[place.current] ?? rows.at(-1)) : undefined;
    place.current = index;
    if (!heir) return;
    // Two frames, so that a menu that closes has had its own try.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) rowOf(tree, heir.key)?.focus();
      }),
    );
  }, [rows, focused, tree]);
}
