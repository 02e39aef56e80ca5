import { useDeferredValue, useMemo, useState } from 'react';
import type { Id } from '../../../../client/src/types.ts';
import { useSession } from '../../../api/hooks.ts';
import type { CardSource } from '../../../model/cards/card-list.ts';
import { type CardOrder, folderSource, possibleOrder, searchSources } from '../../../model/cards/card-queries.ts';
import {
  findNode,
  folderKey,
  type FolderNode,
  visibleRows,
  withDescendants,
} from '../../../model/folders/folder-tree.ts';
import { orderIn, withOrder } from '../../../model/layout/layout.ts';
import { useLayout } from '../../../model/layout/use-layout.ts';
import type { ContactsView } from '../../../model/route.ts';
import {
  allOf,
  isCalled,
  keywordFilter,
  readSearch,
  type SearchQuery,
  type Sought,
} from '../../../model/search/search-query.ts';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { type KnownKeyword, useKeywords } from '../tags/use-keywords.ts';
import { propertiesOf } from './columns.tsx';

/** The views that list cards. */
export type CardView = Extract<ContactsView, { kind: 'folder' | 'search' }>;

/** What a list lists, and how: everything that its header can change. */
export interface ListSource {
  /** null while it is not known yet in which folders there is to search. */
  readonly sources: readonly CardSource[] | null;
  /** What is searched for; nothing in a folder. */
  readonly sought: readonly Sought[];
  readonly order: CardOrder;
  readonly setOrder: (order: CardOrder) => void;
  readonly filter: string;
  readonly setFilter: (text: string) => void;
  readonly initial: string | null;
  readonly setInitial: (letter: string | null) => void;
  /** The tag that contacts have to have. */
  readonly keyword: string | null;
  readonly setKeyword: (keyword: string | null) => void;
  /** The folder; null for a search, undefined while the folders load or when it is gone. */
  readonly folder: FolderNode | null | undefined;
  readonly areFoldersReady: boolean;
  readonly folderOf: (bookKey: string) => FolderNode | undefined;
}

/** The queries of a view, with the person's filter and order. */
export function useListSource(view: CardView): ListSource {
  const { accountId } = useSession();
  const { nodes, status } = useFolderTree();
  const { layout, change } = useLayout();
  const more = useMemo(() => propertiesOf(layout.columns), [layout.columns]);
  const place = view.kind === 'folder' ? folderKey(view.accountId, view.bookId) : 'search';
  const [filter, setFilter] = useState('');
  const [initial, setInitial] = useState<string | null>(null);
  const [keyword, setKeyword] = useState<string | null>(null);
  const text = useDeferredValue(filter).trim();
  const byKey = useMemo(() => new Map(visibleRows(nodes, new Set()).map((node) => [node.key, node])), [nodes]);
  const searched = view.kind === 'search' ? view.text : '';
  const query = useMemo(() => readSearch(searched), [searched]);
  const known = useKeywords(query.keywords.length > 0 ? [...byKey.values()].flatMap(accountOf) : []);
  const sources = useMemo(() => {
    if (view.kind === 'search' && status === 'loading') return null;
    const listed =
      view.kind === 'folder'
        ? [folderSource(view, { text, initial, keyword })]
        : searchedSources(query, { nodes, ownAccountId: accountId, known });
    return more.length > 0 ? listed.map((one) => ({ ...one, more: [...(one.more ?? []), ...more] })) : listed;
  }, [view, text, initial, keyword, nodes, status, accountId, query, known, more]);
  return {
    sources,
    sought: query.sought,
    order: possibleOrder(view.kind === 'folder' ? view.accountId : null, orderIn(layout, place)),
    setOrder: (order) => change({ sorts: withOrder(layout, place, order) }),
    filter,
    setFilter,
    initial,
    setInitial,
    keyword,
    setKeyword,
    folder: view.kind === 'search' ? null : findNode(nodes, folderKey(view.accountId, view.bookId)),
    areFoldersReady: status === 'ready',
    folderOf: (key) => byKey.get(key),
  };
}

interface SearchPlace {
  readonly nodes: readonly FolderNode[];
  readonly ownAccountId: Id;
  readonly known: readonly KnownKeyword[];
}

function searchedSources(query: SearchQuery, { nodes, ownAccountId, known }: SearchPlace): readonly CardSource[] {
  const isLimited = query.folders.length > 0;
  const names = known.map(({ keyword }) => keyword);
  const tags = query.keywords.map((typed) => keywordFilter(typed, names));
  const filter = allOf([...(query.filter ? [query.filter] : []), ...tags]);
  if (filter === null && !isLimited) return [];
  const rows = isLimited ? foldersCalled(nodes, query.folders) : visibleRows(nodes, new Set());
  // The people of the directory have no tags.
  const books = rows.flatMap(({ book }) => (book && (tags.length === 0 || book.role !== 'directory') ? [book] : []));
  return searchSources({ ...query, filter }, books, { ownAccountId, isLimited });
}

function accountOf({ book }: FolderNode): Id[] {
  return book ? [book.accountId] : [];
}

/** The folders of these names, with what lies in them. */
function foldersCalled(nodes: readonly FolderNode[], names: readonly string[]): FolderNode[] {
  return nodes.flatMap((node) =>
    names.some((name) => isCalled(node.name, name)) ? withDescendants(node) : foldersCalled(node.children, names),
  );
}
