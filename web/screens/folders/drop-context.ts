import { createContext, useContext } from 'react';
import type { Id } from '../../../client/src/types.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';

interface DropContext {
  readonly nodes: readonly FolderNode[];
  readonly ownAccountId: Id;
}

/** What a row must know of the whole tree to take what is dropped on it. */
export const DropContext = createContext<DropContext>({ nodes: [], ownAccountId: '' });

/** The tree around a row. */
export function useDropContext(): DropContext {
  return useContext(DropContext);
}
