import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { AppError, invalid } from '../../errors.ts';
import { foldWords } from '../../lib/fold.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { requireBook } from '../sharing/access.ts';

/** Who may find a folder that its owner has listed: a group, or (null) the whole organisation. */
export type Listing = { readonly principalId: string | null };

/** More folders than anybody has something to say of. */
const maxListed = 100;

/** Those of these folders that are listed, and for whom. */
export async function listingsOf(reader: Reader, bookIds: readonly string[]): Promise<ReadonlyMap<string, Listing>> {
  if (bookIds.length === 0) return new Map();
  const listed = reader.build.selectFrom('folder_listing').select(['book_id', 'principal_id as principalId']);
  const rows = await reader.all(listed.where('book_id', 'in', [...bookIds]));
  return new Map(rows.map(({ book_id: id, principalId }) => [id, { principalId }]));
}

/**
 * Lists a folder so that others can find it, or (null) ends that. Only its owner can do this: what others see is its
 * name, its description, and its owner. Errors: `notFound`, `forbidden` (notOwner, systemFolder), `invalid` listedFor,
 * `overQuota`.
 */
export async function setListing(context: Context, bookId: string, listing: Listing | null): Promise<void> {
  requireUnlimited(context);
  const { principalId: ownerId } = context.actor;
  await transact(context, async (tx) => {
    const { book } = await requireBook(tx, context, bookId);
    if (book.account_id !== ownerId)
      throw new AppError('forbidden', 'Only its owner lets others find a folder', { reason: 'notOwner' });
    const { build } = tx;
    await tx.run(build.deleteFrom('folder_listing').where('book_id', '=', bookId));
    if (listing !== null) {
      // « Personnes contactées par mail » says whom somebody writes to: not even by mistake.
      if (book.role !== null)
        throw new AppError('forbidden', 'The folders of the system are not found', { reason: 'systemFolder' });
      await requireGroup(tx, listing.principalId);
      await requireRoom(tx, ownerId);
      const row = { book_id: bookId, principal_id: listing.principalId, words: wordsOf(book) };
      await tx.run(build.insertInto('folder_listing').values({ ...row, listed_at: context.now().toISOString() }));
    }
    const place = book.parent_id === null ? {} : { bookId: book.parent_id };
    tx.changed({ accountId: ownerId, type: 'AddressBook', id: bookId, kind: 'updated', ...place });
  });
}

/** Updates the words by which a listed folder is found, after its name or description changed. */
export async function renewListing(tx: Transaction, book: Words & { readonly id: string }): Promise<void> {
  await tx.run(
    tx.build
      .updateTable('folder_listing')
      .set({ words: wordsOf(book) })
      .where('book_id', '=', book.id),
  );
}

type Words = Pick<AddressBookRow, 'name' | 'description'>;

function wordsOf({ name, description }: Words): string {
  return ` ${foldWords(`${name} ${description ?? ''}`).join(' ')} `;
}

async function requireGroup(reader: Reader, id: string | null): Promise<void> {
  if (id === null) return;
  const groups = reader.build.selectFrom('principal').select('id').where('kind', '=', 'group');
  const group = await reader.first(groups.where('id', '=', id).where('is_active', '=', 1));
  if (!group) throw invalid('listedFor', 'principalId is a group, or null for the whole organisation');
}

async function requireRoom(reader: Reader, ownerId: string): Promise<void> {
  const { build } = reader;
  const listed = build
    .selectFrom('folder_listing')
    .innerJoin('address_book', 'address_book.id', 'folder_listing.book_id')
    .select(build.fn.countAll<number>().as('count'))
    .where('account_id', '=', ownerId);
  const row = await reader.first(listed);
  if ((row?.count ?? 0) >= maxListed)
    throw new AppError('overQuota', `At most ${maxListed} folders of one person can be found`);
}
