import type { AddressBook, Id } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import type { Messages } from '../../locales/messages.ts';

/** A folder's name as the reader sees it: their own system folders in their language. */
export function folderTitle(book: InAccount<AddressBook>, ownAccountId: Id, folders: Messages['folders']): string {
  return book.role && book.accountId === ownAccountId ? folders[book.role] : book.name;
}
