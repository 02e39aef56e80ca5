import { useEffect, useRef } from 'react';
import type { FolderNode } from '../../model/folders/folder-tree.ts';

/**
 * When the folder that had the focus goes, by its menu or because its share ended, the focus passes to what takes its place:
 * otherwise it would fall to the page, and the keyboard would begin at the top.
 */
export function useFocusAfterRemoval(
  rows: readonly FolderNode[],
  focused: string | undefined,
  focusRow: (key: string) => void,
): void {
  const place = useRef(-1);
  useEffect(() => {
    const index = rows.findIndex(({ key }) => key === focused);
    const heir = index < 0 && place.current >= 0 ? (rows[place.current] ?? rows.at(-1)) : undefined;
    place.current = index;
    if (!heir) return;
    // Two frames, so that a menu that closes has had its own try.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) focusRow(heir.key);
      }),
    );
  }, [rows, focused, focusRow]);
}
