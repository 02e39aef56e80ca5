import type { Id } from '../../../client/src/types.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';
import { loadDialog } from '../../ui/dialog-host.tsx';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';
import type { CreateFolderDialogProps, FolderPlace } from './create-folder-dialog.tsx';

const createFolderDialog = () => import('./create-folder-dialog.tsx');
const moveFolderDialog = () => import('./move-folder-dialog.tsx');
const emptyTrashDialog = () => import('./empty-trash-dialog.tsx');

/** Fetches the dialogs after the first look, which does not need them. */
export function preloadFolderDialogs(): void {
  preloadWhenIdle(createFolderDialog, moveFolderDialog, emptyTrashDialog);
}

/** Opens « Créer un dossier de contacts »; `onCreated` is told which folder was made. */
export function openCreateFolderDialog(place?: FolderPlace, onCreated?: CreateFolderDialogProps['onCreated']): void {
  void loadDialog(createFolderDialog, ({ CreateFolderDialog }, close) => (
    <CreateFolderDialog place={place} onClose={close} onCreated={onCreated} />
  ));
}

/** Opens « Déplacer le dossier », what dragging does for those who cannot drag. */
export function openMoveFolderDialog(node: FolderNode): void {
  void loadDialog(moveFolderDialog, ({ MoveFolderDialog }, close) => <MoveFolderDialog node={node} onClose={close} />);
}

/** Opens the question before emptying the trash, the one thing that cannot be undone. */
export function openEmptyTrashDialog(accountId: Id, count: number | undefined): void {
  void loadDialog(emptyTrashDialog, ({ EmptyTrashDialog }, close) => (
    <EmptyTrashDialog accountId={accountId} count={count} onClose={close} />
  ));
}
