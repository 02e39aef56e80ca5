import type { AddressBook } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { loadDialog } from '../../ui/dialog-host.tsx';

const handOverDialog = () => import('./hand-over-dialog.tsx');
const findSharesDialog = () => import('./find-shares-dialog.tsx');

/** Opens « Céder le dossier… ». */
export function openHandOverDialog(book: InAccount<AddressBook>): void {
  void loadDialog(handOverDialog, ({ HandOverDialog }, close) => <HandOverDialog book={book} onClose={close} />);
}

/** Opens « Rechercher des partages… ». */
export function openFindSharesDialog(): void {
  void loadDialog(findSharesDialog, ({ FindSharesDialog }, close) => <FindSharesDialog onClose={close} />);
}
