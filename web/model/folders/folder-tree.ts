import type { AddressBook, Id } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';

/** What an entry of the left pane is. */
export type FolderKind = 'contacts' | 'collected' | 'own' | 'shared' | 'directory' | 'trash';

/** One entry of the left pane. */
export interface FolderNode {
  /** Unique among all accounts. */
  readonly key: string;
  readonly kind: FolderKind;
  /** The trash is no address book. */
  readonly book: InAccount<AddressBook> | null;
  /** In the reader's language for their own system folders. */
  readonly name: string;
  /** The folder's own colour, else the nearest one above it. */
  readonly color: string | null;
  readonly level: number;
  readonly children: readonly FolderNode[];
}

/** Whose folders these are, and what the system folders are called in the language of the page. */
export interface FolderTreeOptions {
  readonly ownAccountId: Id;
  readonly locale: string;
  /** A guest has no trash of their own. */
  readonly isGuest?: boolean;
  readonly names: {
    readonly contacts: string;
    readonly collected: string;
    readonly directory: string;
    readonly trash: string;
  };
}

const rank: Record<FolderKind, number> = { contacts: 0, collected: 1, own: 2, shared: 3, directory: 4, trash: 5 };

/** Contacts first, then the people written to, own folders A→Z, folders shared with me A→Z, the directory, the trash last. */
export function buildFolderTree(
  books: readonly InAccount<AddressBook>[],
  options: FolderTreeOptions,
): readonly FolderNode[] {
  const shown = books.filter((book) => book.accountId === options.ownAccountId || isFollowed(book));
  const byParent = Map.groupBy(shown, (book) =>
    isTop(book, shown) ? topLevel : folderKey(book.accountId, book.parentId ?? ''),
  );
  const compare = compareNodes(options.locale);
  const nodesBelow = (parent: string, level: number, color: string | null): FolderNode[] =>
    (byParent.get(parent) ?? [])
      .map((book) => {
        const key = folderKey(book.accountId, book.id);
        const own = book.color ?? color;
        const node = { key, kind: kindOf(book, options), book, name: shownName(book, options), color: own, level };
        return { ...node, children: nodesBelow(key, level + 1, own) };
      })
      .sort(compare);
  const trash: FolderNode = {
    key: 'trash',
    kind: 'trash',
    book: null,
    name: options.names.trash,
    color: null,
    level: 1,
    children: [],
  };
  return options.isGuest ? nodesBelow(topLevel, 1, null) : [...nodesBelow(topLevel, 1, null), trash];
}

const topLevel = '';

/** The key of a folder among those of all accounts. */
export function folderKey(accountId: Id, bookId: Id): string {
  return `${accountId}/${bookId}`;
}

function isFollowed(book: AddressBook): boolean {
  return !book.isShareRoot || (book.invitation !== 'waiting' && book.invitation !== 'declined');
}

function isTop(book: InAccount<AddressBook>, shown: readonly InAccount<AddressBook>[]): boolean {
  if (book.parentId === null || book.isShareRoot) return true;
  return !shown.some((other) => other.accountId === book.accountId && other.id === book.parentId);
}

function kindOf(book: InAccount<AddressBook>, { ownAccountId }: FolderTreeOptions): FolderKind {
  if (book.role === 'directory') return 'directory';
  if (book.accountId !== ownAccountId) return 'shared';
  return book.role ?? 'own';
}

function shownName(book: InAccount<AddressBook>, { ownAccountId, names }: FolderTreeOptions): string {
  const isOurs = book.accountId === ownAccountId || book.role === 'directory';
  return isOurs && book.role ? names[book.role] : book.name;
}

function compareNodes(locale: string): (a: FolderNode, b: FolderNode) => number {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return (a, b) =>
    rank[a.kind] - rank[b.kind] || (a.book?.sortOrder ?? 0) - (b.book?.sortOrder ?? 0) || compare(a.name, b.name);
}

/** The tree as the rows that are visible: what stands below a collapsed folder is left out. */
export function visibleRows(nodes: readonly FolderNode[], collapsed: ReadonlySet<string>): readonly FolderNode[] {
  return nodes.flatMap((node) => (collapsed.has(node.key) ? [node] : [node, ...visibleRows(node.children, collapsed)]));
}

/** A node and everything below it. */
export function withDescendants(node: FolderNode): readonly FolderNode[] {
  return [node, ...node.children.flatMap(withDescendants)];
}

/** The node of a key, wherever it stands. */
export function findNode(nodes: readonly FolderNode[], key: string): FolderNode | undefined {
  return visibleRows(nodes, new Set()).find((node) => node.key === key);
}
