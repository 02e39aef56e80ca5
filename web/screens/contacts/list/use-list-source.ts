import { useDeferredValue, useMemo, useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import type { CardSource } from '../../../model/cards/card-list.ts';
import { type CardSortName, cardSorts, folderSource, searchSources } from '../../../model/cards/card-queries.ts';
import {
  findNode,
  folderKey,
  type FolderNode,
  visibleRows,
  withDescendants,
} from '../../../model/folders/folder-tree.ts';
import type { ContactsView } from '../../../model/route.ts';
import { isCalled, readSearch } from '../../../model/search/search-query.ts';
import { useFolderTree } from '../../folders/use-folder-tree.ts';

/** The views that list cards. */
export type CardView = Extract<ContactsView, { kind: 'folder' | 'search' }>;

/** What a list lists, and how: everything that its header can change. */
export interface ListSource {
  readonly sources: readonly CardSource[];
  /** What is searched for, folded; none in a folder. */
  readonly words: readonly string[];
  readonly sort: CardSortName;
  readonly setSort: (sort: CardSortName) => void;
  readonly filter: string;
  readonly setFilter: (text: string) => void;
  readonly initial: string | null;
  readonly setInitial: (letter: string | null) => void;
  /** The folder; null for a search, undefined while the folders load or when it is gone. */
  readonly folder: FolderNode | null | undefined;
  readonly areFoldersReady: boolean;
  readonly folderOf: (bookKey: string) => FolderNode | undefined;
}

const sortKey = 'coterie.sort';

function rememberedSort(): CardSortName {
  const stored = readStored();
  return stored !== null && stored in cardSorts ? (stored as CardSortName) : 'name';
}

function readStored(): string | null {
  try {
    return localStorage.getItem(sortKey);
  } catch {
    return null;
  }
}

function remember(sort: CardSortName): void {
  try {
    localStorage.setItem(sortKey, sort);
  } catch {
    // Without storage (private windows) the order lasts as long as the list.
  }
}

/** The queries of a view, with the person's filter and order. */
export function useListSource(view: CardView): ListSource {
  const { accountId } = useSession();
  const { nodes, status } = useFolderTree();
  const [sort, setSort] = useState(rememberedSort);
  const [filter, setFilter] = useState('');
  const [initial, setInitial] = useState<string | null>(null);
  const text = useDeferredValue(filter).trim();
  const byKey = useMemo(() => new Map(visibleRows(nodes, new Set()).map((node) => [node.key, node])), [nodes]);
  const sources = useMemo(() => {
    if (view.kind === 'folder') return [folderSource(view.accountId, view.bookId, text, initial)];
    return searchedSources(view.text, nodes, accountId);
  }, [view, text, initial, nodes, accountId]);
  const searched = view.kind === 'search' ? view.text : '';
  const words = useMemo(() => readSearch(searched).words, [searched]);
  return {
    sources,
    words,
    sort,
    filter,
    setFilter,
    initial,
    setInitial,
    setSort: (chosen) => {
      setSort(chosen);
      remember(chosen);
    },
    folder: view.kind === 'search' ? null : findNode(nodes, folderKey(view.accountId, view.bookId)),
    areFoldersReady: status === 'ready',
    folderOf: (key) => byKey.get(key),
  };
}

function searchedSources(text: string, nodes: readonly FolderNode[], ownAccountId: Id): readonly CardSource[] {
  const query = readSearch(text);
  const isLimited = query.folders.length > 0;
  if (query.filter === null && !isLimited) return [];
  const rows = isLimited ? foldersCalled(nodes, query.folders) : visibleRows(nodes, new Set());
  const books = rows.flatMap((node) => node.book ?? []);
  return searchSources(query, books, { ownAccountId, isLimited });
}

/** The folders of these names, with what lies in them. */
function foldersCalled(nodes: readonly FolderNode[], names: readonly string[]): FolderNode[] {
  return nodes.flatMap((node) =>
    names.some((name) => isCalled(node.name, name)) ? withDescendants(node) : foldersCalled(node.children, names),
  );
}
