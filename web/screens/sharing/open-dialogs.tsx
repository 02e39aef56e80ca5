import type { AddressBook } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { loadDialog } from '../../ui/dialog-host.tsx';
import { preloadWhenIdle } from '../../ui/loading/preload.ts';

const shareDialog = () => import('./share-dialog.tsx');
const propertiesDialog = () => import('./properties-dialog.tsx');

/** Fetches the dialogs before they are wanted. */
export function preloadSharingDialogs(): void {
  preloadWhenIdle(shareDialog, propertiesDialog);
}

/** Opens « Partager un dossier de contacts » for a folder. */
export function openShareDialog(book: InAccount<AddressBook>): void {
  void loadDialog(shareDialog, ({ ShareDialog }, close) => <ShareDialog book={book} onClose={close} />);
}

/** Opens « Éditer propriétés » for a folder. */
export function openPropertiesDialog(book: InAccount<AddressBook>): void {
  void loadDialog(propertiesDialog, ({ PropertiesDialog }, close) => <PropertiesDialog book={book} onClose={close} />);
}
