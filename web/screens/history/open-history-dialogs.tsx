import type { AddressBook } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { loadDialog } from '../../ui/dialog-host.tsx';
import type { CardHistoryProps } from './card-history-dialog.tsx';

const cardHistory = () => import('./card-history-dialog.tsx');
const folderActivity = () => import('./folder-activity-dialog.tsx');

/** Opens « Historique » of a card. */
export function openCardHistory(card: Omit<CardHistoryProps, 'onClose'>): void {
  void loadDialog(cardHistory, ({ CardHistoryDialog }, close) => <CardHistoryDialog {...card} onClose={close} />);
}

/** Opens « Activité » of a folder. */
export function openFolderActivity(book: InAccount<AddressBook>): void {
  void loadDialog(folderActivity, ({ FolderActivityDialog }, close) => (
    <FolderActivityDialog book={book} onClose={close} />
  ));
}
