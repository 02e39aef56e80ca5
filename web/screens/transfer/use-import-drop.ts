import { isAllowed } from '../../model/folders/folder-actions.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';
import { openImportDialog } from './open-transfer.tsx';
import { type FileDrop, useFileDrop } from './use-file-drop.ts';

/** Makes an element a place to drop a file that is to be imported into a folder, where one may write in it. */
export function useImportDrop(node: FolderNode | undefined): FileDrop {
  const mayTake = node !== undefined && isAllowed('importCards', node);
  return useFileDrop(mayTake ? (file) => openImportDialog({ folderKey: node.key, file }) : undefined);
}
