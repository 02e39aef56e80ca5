import { lazy } from 'react';
import type { AddressBook, InAccount } from '../../api/types.ts';
import { openDialog } from '../../ui/dialog-host.tsx';

const loadShareDialog = () => import('./share-dialog.tsx').then((file) => ({ default: file.ShareDialog }));
const loadPropertiesDialog = () =>
  import('./properties-dialog.tsx').then((file) => ({ default: file.PropertiesDialog }));

const ShareDialog = lazy(loadShareDialog);
const PropertiesDialog = lazy(loadPropertiesDialog);

/** Fetches the dialogs while the browser has nothing else to do, so that they open at once. */
export function preloadSharingDialogs(): void {
  const preload = () => void Promise.all([loadShareDialog(), loadPropertiesDialog()]).catch(() => {});
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(preload, { timeout: 5_000 });
  else setTimeout(preload, 3_000);
}

/** Opens « Partager un dossier de contacts » for a folder. */
export function openShareDialog(book: InAccount<AddressBook>): void {
  openDialog((close) => <ShareDialog book={book} onClose={close} />);
}

/** Opens « Éditer propriétés » for a folder. */
export function openPropertiesDialog(book: InAccount<AddressBook>): void {
  openDialog((close) => <PropertiesDialog book={book} onClose={close} />);
}
