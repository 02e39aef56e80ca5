import {
  ChevronsUpDown,
  Download,
  FolderInput,
  FolderPlus,
  Handshake,
  History,
  PencilLine,
  Printer,
  Settings2,
  Trash2,
  Upload,
  UserRoundPlus,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Messages } from '../../locales/messages.ts';
import { type FolderAction, menuActions, refusalOf } from '../../model/folders/folder-actions.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';
import { roleOf } from '../../model/rights.ts';
import type { MenuEntry } from '../../ui/menu.tsx';

const icons: Record<FolderAction, ReactNode> = {
  newFolder: <FolderPlus size={16} aria-hidden />,
  emptyTrash: <X size={16} aria-hidden />,
  share: <UserRoundPlus size={16} aria-hidden />,
  handOver: <Handshake size={16} aria-hidden />,
  importCards: <Download size={16} aria-hidden />,
  exportCards: <Upload size={16} aria-hidden />,
  print: <Printer size={16} aria-hidden />,
  remove: <Trash2 size={16} aria-hidden />,
  rename: <PencilLine size={16} aria-hidden />,
  move: <FolderInput size={16} aria-hidden />,
  properties: <Settings2 size={16} aria-hidden />,
  activity: <History size={16} aria-hidden />,
  expandAll: <ChevronsUpDown size={16} aria-hidden />,
};

const shortcuts: Partial<Record<FolderAction, Record<'fr' | 'en', string>>> = {
  remove: { fr: 'Suppr', en: 'Del' },
  rename: { fr: 'F2', en: 'F2' },
};

/** The menu of an entry of the left pane: the same by arrow, right click and keyboard. */
export function folderMenu(
  node: FolderNode,
  { common, folders }: Pick<Messages, 'common' | 'folders'>,
  language: 'fr' | 'en',
  run: (action: FolderAction, node: FolderNode) => void,
): readonly MenuEntry[] {
  return menuActions(node).map((action) => {
    const refusal = refusalOf(action, node);
    const role = node.book ? common.roles[roleOf(node.book.myRights)] : '';
    const shortcut = shortcuts[action]?.[language];
    return {
      id: action,
      label: folders[action],
      icon: icons[action],
      unavailable: refusal && folders.refusals[refusal](role),
      onAction: () => run(action, node),
      ...(shortcut ? { shortcut } : {}),
    };
  });
}
