import { FolderPlus, FolderSearch } from 'lucide-react';
import type { Messages } from '../../../locales/messages.ts';
import { openCreateFolderDialog } from '../../folders/open-folder-dialogs.tsx';
import { openFindSharesDialog } from '../../handover/open-handover.tsx';
import type { Command } from './commands.ts';

/** What can be done about folders, for those who have an account with some. */
export function folderCommands(words: Messages['folders']): readonly Command[] {
  return [
    {
      id: 'new-folder',
      label: words.createTitle,
      icon: <FolderPlus size={16} />,
      run: () => openCreateFolderDialog(),
    },
    { id: 'find-shares', label: words.findShares, icon: <FolderSearch size={16} />, run: openFindSharesDialog },
  ];
}
