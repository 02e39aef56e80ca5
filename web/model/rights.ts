import type { AddressBook, AddressBookRights, Role } from '../../client/src/types.ts';

/** The role that some rights amount to (docs/jmap-extension.md, Share). */
export function roleOf({ mayRead, mayWrite, mayAdd, mayShare, mayDelete }: AddressBookRights): Role {
  if (!mayRead) return mayAdd || mayShare || mayDelete ? 'custom' : 'none';
  if (mayWrite && mayShare) return 'admin';
  if (mayWrite) return 'manager';
  if (mayShare || mayDelete) return 'custom';
  return mayAdd ? 'contributor' : 'viewer';
}

/** Whether a card may be changed, moved away and deleted: any where one may write, one's own additions where one may add. */
export function mayChange(
  book: AddressBook | null | undefined,
  card: { readonly addedByMe?: boolean | undefined },
): boolean {
  if (!book) return false;
  return book.myRights.mayWrite || (book.myRights.mayAdd && card.addedByMe === true);
}
