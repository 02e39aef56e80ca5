import type { Id } from '../../../client/src/types.ts';
import type { FolderKind, FolderNode } from './folder-tree.ts';

/** What can be done with an entry of the left pane, in the order of its menu. */
export const folderActions = [
  'newFolder',
  'emptyTrash',
  'share',
  'handOver',
  'importCards',
  'exportCards',
  'remove',
  'rename',
  'move',
  'properties',
  'activity',
  'expandAll',
] as const;

export type FolderAction = (typeof folderActions)[number];

type Rule = boolean | ((node: FolderNode) => boolean);

const isShareRoot = (node: FolderNode) => node.book?.isShareRoot === true;
const isOnTop = (node: FolderNode) => node.book?.parentId === null;
const mayWrite = (node: FolderNode) => node.book?.myRights.mayWrite === true;
const mayAdd = (node: FolderNode) => node.book?.myRights.mayAdd === true;
const mayShare = (node: FolderNode) => node.book?.myRights.mayShare === true;
const mayDelete = (node: FolderNode) => node.book?.myRights.mayDelete === true;

// A folder shared with me: renaming and removing its root touches only my own view of it; what lies below
// is the owner's and asks for rights.
const rules: Record<FolderAction, Partial<Record<FolderKind, Rule>>> = {
  newFolder: { contacts: true, collected: true, own: true, shared: mayWrite },
  emptyTrash: { trash: true },
  share: { contacts: true, collected: true, own: true, shared: mayShare },
  handOver: { own: (node) => isOnTop(node) && node.book?.isDefault === false },
  importCards: { contacts: true, collected: true, own: true, shared: mayAdd },
  exportCards: { contacts: true, collected: true, own: true, shared: true },
  remove: { own: true, shared: (node) => isShareRoot(node) || mayDelete(node) },
  rename: { own: true, shared: (node) => isShareRoot(node) || mayWrite(node) },
  move: { own: true, shared: (node) => !isShareRoot(node) && mayWrite(node) },
  properties: { contacts: true, collected: true, own: true, shared: true },
  activity: { contacts: true, collected: true, own: true, shared: true },
  expandAll: {
    contacts: hasChildren,
    collected: hasChildren,
    own: hasChildren,
    shared: hasChildren,
  },
};

function hasChildren(node: FolderNode): boolean {
  return node.children.length > 0;
}

/** True when an entry's menu can do this. */
export function isAllowed(action: FolderAction, node: FolderNode): boolean {
  const rule = rules[action][node.kind] ?? false;
  return typeof rule === 'boolean' ? rule : rule(node);
}

/** What the menu lists: the trash has its own entry and none of the others', the directory has nothing to change. */
export function menuActions(node: FolderNode): readonly FolderAction[] {
  if (node.kind === 'directory') return [];
  return folderActions.filter((action) => (node.kind === 'trash' ? action === 'emptyTrash' : action !== 'emptyTrash'));
}

/** Whether a folder may be put into another: same account, a right to write there, not into itself. */
export function mayMoveInto(folder: FolderNode, target: FolderNode): boolean {
  if (!folder.book || !target.book || !isAllowed('move', folder)) return false;
  if (folder.book.accountId !== target.book.accountId || folder.book.parentId === target.book.id) return false;
  const isBelow = (node: FolderNode): boolean => node.key === target.key || node.children.some(isBelow);
  return !isBelow(folder) && isAllowed('newFolder', target);
}

/** Whether a folder may be put on the top level: only one's own account has one that one may put folders on. */
export function mayMoveToTop({ book, kind }: FolderNode, ownAccountId: Id): boolean {
  return kind === 'own' && book?.accountId === ownAccountId && book.parentId !== null;
}

/** Whether cards may be put into an entry: a folder with a right to add, or the trash. */
export function mayTakeCards(target: FolderNode): boolean {
  return target.kind === 'trash' || mayAdd(target);
}
