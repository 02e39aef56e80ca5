import { lazy } from 'react';
import type { Id } from '../../api/types.ts';
import type { FolderNode } from '../../model/folders/folder-tree.ts';
import { openDialog } from '../../ui/dialog-host.tsx';
import type { CreateFolderDialogProps, FolderPlace } from './create-folder-dialog.tsx';

// Loaded when first opened: a first visit only looks.
const CreateFolderDialog = lazy(() =>
  import('./create-folder-dialog.tsx').then((file) => ({ default: file.CreateFolderDialog })),
);
const MoveFolderDialog = lazy(() =>
  import('./move-folder-dialog.tsx').then((file) => ({ default: file.MoveFolderDialog })),
);
const EmptyTrashDialog = lazy(() =>
  import('./empty-trash-dialog.tsx').then((file) => ({ default: file.EmptyTrashDialog })),
);

/** Opens « Créer un dossier de contacts »; `onCreated` is told which folder was made. */
export function openCreateFolderDialog(place?: FolderPlace, onCreated?: CreateFolderDialogProps['onCreated']): void {
  openDialog((close) => <CreateFolderDialog place={place} onClose={close} onCreated={onCreated} />);
}

/** Opens « Déplacer le dossier », what dragging does for those who cannot drag. */
export function openMoveFolderDialog(node: FolderNode): void {
  openDialog((close) => <MoveFolderDialog node={node} onClose={close} />);
}

/** Opens the question before emptying the trash, the one thing that cannot be undone. */
export function openEmptyTrashDialog(accountId: Id, count: number | undefined): void {
  openDialog((close) => <EmptyTrashDialog accountId={accountId} count={count} onClose={close} />);
}
