import { Download, Upload } from 'lucide-react';
import type { Messages } from '../../../locales/messages.ts';
import { openExportDialog, openImportDialog } from '../../transfer/open-transfer.tsx';
import type { Command } from './commands.ts';

/** Import, and export for who has an account of their own. */
export function transferCommands(words: Messages['transfer'], hasAccount: boolean): readonly Command[] {
  const importing = {
    id: 'import',
    label: words.importTitle,
    icon: <Download size={16} />,
    run: () => openImportDialog(),
  };
  const exporting = {
    id: 'export',
    label: words.exportTitle,
    icon: <Upload size={16} />,
    run: () => openExportDialog({ hasAccount: true }),
  };
  return hasAccount ? [importing, exporting] : [importing];
}
