import type { CardRef } from '../../model/cards/card-ref.ts';
import { loadDialog } from '../../ui/dialog-host.tsx';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';
import type { ImportTarget } from './import-operations.ts';

const importDialog = () => import('./import-dialog.tsx');
const exportDialog = () => import('./export-dialog.tsx');

/** Fetches the dialogs after the first look, which does not need them. */
export function preloadTransferDialogs(): void {
  preloadWhenIdle(importDialog, exportDialog);
}

/** Opens « Importer des contacts », with the folder that is proposed and the file that was dropped. */
export function openImportDialog({
  folderKey,
  file,
}: { readonly folderKey?: string; readonly file?: File } = {}): void {
  void loadDialog(importDialog, ({ ImportDialog }, close) => (
    <ImportDialog folderKey={folderKey} file={file} onClose={close} />
  ));
}

/** Opens « Exporter des contacts ». */
export function openExportDialog(what: {
  readonly folder?: ImportTarget;
  readonly refs?: readonly CardRef[];
  readonly hasAccount: boolean;
}): void {
  void loadDialog(exportDialog, ({ ExportDialog }, close) => <ExportDialog {...what} onClose={close} />);
}
