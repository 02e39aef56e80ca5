import { ChevronDown, Download, FolderPlus, FolderSearch, Settings2, Upload } from 'lucide-react';
import { useMessages } from '../../locales/messages.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { openFindSharesDialog } from '../handover/open-handover.tsx';
import { openExportDialog, openImportDialog } from '../transfer/open-transfer.tsx';

interface PaneMenuProps {
  /** The folder that is open. */
  readonly folderKey: string;
  readonly isGuest: boolean;
  readonly onNewFolder: () => void;
}

/** The menu of « Liste des contacts »: what concerns all folders. */
export function PaneMenu({ folderKey, isGuest, onNewFolder }: PaneMenuProps) {
  const { folders, transfer } = useMessages();
  const own: readonly MenuEntry[] = [
    { id: 'new', label: folders.newFolder, icon: <FolderPlus size={16} aria-hidden />, onAction: onNewFolder },
  ];
  const exporting: readonly MenuEntry[] = [
    {
      id: 'export',
      label: transfer.exportEntry,
      icon: <Upload size={16} aria-hidden />,
      onAction: () => openExportDialog({ hasAccount: true }),
    },
  ];
  const finding: readonly MenuEntry[] = [
    {
      id: 'find',
      label: folders.findShares,
      icon: <FolderSearch size={16} aria-hidden />,
      onAction: openFindSharesDialog,
    },
  ];
  const entries: readonly MenuEntry[] = [
    ...(isGuest ? [] : own),
    {
      id: 'import',
      label: transfer.importEntry,
      icon: <Download size={16} aria-hidden />,
      onAction: () => openImportDialog({ folderKey }),
    },
    ...(isGuest ? [] : exporting),
    ...(isGuest ? [] : finding),
    {
      id: 'shares',
      label: folders.manageShares,
      icon: <Settings2 size={16} aria-hidden />,
      href: '/preferences/sharing',
    },
  ];
  return (
    <Menu entries={entries} label={folders.actionsOf(folders.heading)}>
      <IconButton label={folders.actionsOf(folders.heading)} size="small">
        <ChevronDown size={16} aria-hidden />
      </IconButton>
    </Menu>
  );
}
