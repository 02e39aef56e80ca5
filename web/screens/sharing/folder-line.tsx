import type { AddressBook } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { useSession } from '../../api/hooks.ts';
import { useMessages } from '../../locales/messages.ts';
import type { FolderKind } from '../../model/folders/folder-tree.ts';
import { folderTitle } from '../../model/folders/folder-title.ts';
import { FolderIcon } from '../folders/folder-icon.tsx';
import styles from './folder-line.module.css';

/** Which kind of entry of the left pane a folder is. */
export function kindOfFolder(book: InAccount<AddressBook>, ownAccountId: string): FolderKind {
  return book.accountId === ownAccountId ? (book.role ?? 'own') : 'shared';
}

/** The folder that a dialog is about: icon, name, type and number of contacts. */
export function FolderLine({ book }: { readonly book: InAccount<AddressBook> }) {
  const { sharing, folders, common } = useMessages();
  const { accountId } = useSession();
  return (
    <div className={styles['line']}>
      <FolderIcon kind={kindOfFolder(book, accountId)} color={book.color} size={28} />
      <div className={styles['text']}>
        <span className={styles['name']}>{folderTitle(book, accountId, folders)}</span>
        <span className={styles['detail']}>
          {sharing.contactsFolder} · {common.contactCount(book.cardCount)}
        </span>
      </div>
    </div>
  );
}
