import { lazy } from 'react';
import type { AddressBook, InAccount } from '../../api/types.ts';
import { openDialog } from '../../ui/dialog-host.tsx';

const ShareDialog = lazy(() => import('./share-dialog.tsx').then((file) => ({ default: file.ShareDialog })));
const PropertiesDialog = lazy(() => import('./properties-dialog.tsx').then((file) => ({ default: file.PropertiesDialog })));

/** Opens « Partager un dossier de contacts » for a folder. */
export function openShareDialog(book: InAccount<AddressBook>): void {
  openDialog((close) => <ShareDialog book={book} onClose={close} />);
}

/** Opens « Éditer propriétés » for a folder. */
export function openPropertiesDialog(book: InAccount<AddressBook>): void {
  openDialog((close) => <PropertiesDialog book={book} onClose={close} />);
}
