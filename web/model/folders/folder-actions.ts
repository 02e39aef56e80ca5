import type { Id } from '../../../client/src/types.ts';
import type { FolderKind, FolderNode } from './folder-tree.ts';

/** What can be done with an entry of the left pane, in the order of its menu. */
const folderActions = [
  'newFolder',
  'emptyTrash',
  'share',
  'handOver',
  'importCards',
  'exportCards',
  'print',
  'remove',
  'rename',
  'move',
  'properties',
  'activity',
  'expandAll',
] as const;

/** Something that can be done with an entry of the left pane. */
export type FolderAction = (typeof folderActions)[number];

/** Why something cannot be done with an entry: the key of a sentence. */
export type FolderRefusal = 'role' | 'ownerOnly' | 'fixed' | 'subfolder' | 'shareRoot' | 'noSubfolders' | 'empty';

/** null: it can. */
type Rule = FolderRefusal | null | ((node: FolderNode) => FolderRefusal | null);

const isShareRoot = (node: FolderNode) => node.book?.isShareRoot === true;
const needs = (right: 'mayWrite' | 'mayAdd' | 'mayShare' | 'mayDelete') => (node: FolderNode) =>
  node.book?.myRights[right] === true ? null : 'role';
const needsBelow = (right: 'mayWrite' | 'mayDelete') => (node: FolderNode) =>
  isShareRoot(node) ? null : needs(right)(node);
const needsChildren = (node: FolderNode) => (node.children.length > 0 ? null : 'noSubfolders');
const needsCards = (node: FolderNode) => ((node.book?.cardCount ?? 0) > 0 ? null : 'empty');

const always: Partial<Record<FolderKind, Rule>> = { contacts: null, collected: null, own: null, shared: null };
const everywhere = (rule: Rule): Partial<Record<FolderKind, Rule>> => ({
  contacts: rule,
  collected: rule,
  own: rule,
  shared: rule,
});

// A folder shared with me: renaming and removing its root touches only my own view of it; what lies below
// is the owner's and asks for rights. What is not named here belongs to the account and stays as it is.
const rules: Record<FolderAction, Partial<Record<FolderKind, Rule>>> = {
  newFolder: { ...always, shared: needs('mayWrite') },
  emptyTrash: { trash: null },
  share: { ...always, shared: needs('mayShare') },
  handOver: {
    own: ({ book }) => (book?.parentId !== null ? 'subfolder' : book.isDefault ? 'fixed' : null),
    shared: 'ownerOnly',
  },
  importCards: { ...always, shared: needs('mayAdd') },
  exportCards: always,
  print: everywhere(needsCards),
  remove: { own: null, shared: needsBelow('mayDelete') },
  rename: { own: null, shared: needsBelow('mayWrite') },
  move: { own: null, shared: (node) => (isShareRoot(node) ? 'shareRoot' : needs('mayWrite')(node)) },
  properties: always,
  activity: always,
  expandAll: everywhere(needsChildren),
};

/** Why an entry's menu cannot do this; null: it can. */
export function refusalOf(action: FolderAction, node: FolderNode): FolderRefusal | null {
  const rule = rules[action][node.kind];
  if (rule === undefined) return 'fixed';
  return typeof rule === 'function' ? rule(node) : rule;
}

/** True when an entry's menu can do this. */
export function isAllowed(action: FolderAction, node: FolderNode): boolean {
  return refusalOf(action, node) === null;
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
  return target.kind === 'trash' || target.book?.myRights.mayAdd === true;
}
