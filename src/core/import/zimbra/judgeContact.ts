import type { Reader } from '../../../db/database.ts';
import type { ZimbraItemRow } from '../../../db/rows/importRows.ts';
import type { AddressBookRow, CardRow } from '../../../db/schema.ts';
import { matchKeysOf } from '../candidate.ts';
import { findDuplicate } from '../findDuplicate.ts';
import type { Books } from './findFolder.ts';
import type { ReadContact } from './readContact.ts';
import { findItem, isOfMailbox } from './zimbraItems.ts';

/** What is to be done with a contact of the mailbox. */
export type Verdict =
  /** It is not here yet; null: neither is its folder. */
  | { readonly as: 'new'; readonly book: AddressBookRow | null }
  /** The folder had the same contact already, from elsewhere. */
  | { readonly as: 'there'; readonly cardId: string }
  /** Nothing has changed there. */
  | { readonly as: 'same' }
  /** Changed there, and not here. */
  | { readonly as: 'changed'; readonly card: CardRow; readonly item: ZimbraItemRow; readonly book: AddressBookRow }
  /** Changed there, and here, too; or thrown away here. */
  | { readonly as: 'changedHere' | 'deletedHere' }
  /** Its folder stays away. */
  | { readonly as: 'leftOut' };

/** Whose contacts are compared, from which mailbox, and where its folders are here. */
export type Judging = {
  readonly principalId: string;
  readonly source: string;
  readonly books: Books;
  /** Where contacts go whose folder is not known. */
  readonly fallback: AddressBookRow;
};

/** Compares a contact there with what it was when it last came, and with what it is here. */
export async function judgeContact(reader: Reader, judging: Judging, contact: ReadContact): Promise<Verdict> {
  const { principalId, source, books, fallback } = judging;
  const { build } = reader;
  const key = { principal_id: principalId, source, kind: 'contact', item_id: contact.itemId } as const;
  const item = await findItem(reader, key);
  if (item?.mark === contact.mark && item.folder_id === contact.folderId) return { as: 'same' };
  const book = books.has(contact.folderId) ? books.get(contact.folderId) : fallback;
  if (book === null) return { as: 'leftOut' };
  if (!item) return judgeNew(reader, source, contact, book);
  const cards = build.selectFrom('card').selectAll().where('id', '=', item.object_id);
  const card = await reader.first(cards.where('account_id', '=', principalId).where('trash_id', 'is', null));
  if (!card) return { as: 'deletedHere' };
  if (card.etag !== item.etag) return { as: 'changedHere' };
  // Moved there: it moves here, as long as it still lies where it was put.
  const lies = books.get(item.folder_id)?.id === card.book_id;
  const isMoved = lies && item.folder_id !== contact.folderId;
  const here = (isMoved ? book : undefined) ?? (await bookOf(reader, card.book_id));
  return { as: 'changed', card, item, book: here };
}

async function judgeNew(
  reader: Reader,
  source: string,
  { candidate }: ReadContact,
  book: AddressBookRow | undefined,
): Promise<Verdict> {
  if (book === undefined) return { as: 'new', book: null };
  const where = { bookId: book.id, accountId: book.account_id };
  const cardId = book.card_count === 0 ? undefined : await findDuplicate(reader, where, matchKeysOf(candidate));
  // Two of the mailbox that have an address in common are two.
  if (cardId === undefined || (await isOfMailbox(reader, cardId, source))) return { as: 'new', book };
  return { as: 'there', cardId };
}

async function bookOf(reader: Reader, id: string): Promise<AddressBookRow> {
  return (await reader.first(reader.build.selectFrom('address_book').selectAll().where('id', '=', id)))!;
}
