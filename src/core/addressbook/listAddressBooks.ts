import type { Reader } from '../../db/database.ts';
import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { isWhole } from '../scope.ts';
import { shareWithOf } from '../sharing/shareWithOf.ts';
import type { ShareWith } from '../sharing/shareWithOf.ts';
import { findBook, visibleBooks } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import type { Invitation } from '../sharing/judge.ts';
import type { Rights } from '../sharing/rights.ts';
import { folderPath } from './folderPath.ts';
import { listingsOf } from './listing.ts';
import type { Listing } from './listing.ts';
import { hiddenBooks } from './offers.ts';

/** A folder with everything that JMAP shows of it (RFC 9610 §2 and our extension). */
export type AddressBookView = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly sortOrder: number;
  readonly isDefault: boolean;
  readonly isSubscribed: boolean;
  readonly shareWith: ShareWith | null;
  readonly myRights: Rights;
  readonly parentId: string | null;
  readonly role: AddressBookRow['role'] | 'directory';
  readonly color: string | null;
  readonly sharedName: string;
  readonly cardCount: number;
  readonly shareCount: number;
  readonly invitation: Invitation | null;
  readonly isShareRoot: boolean;
  /** null: nothing to download at once. */
  readonly downloadUrl: string | null;
  readonly offerToDevices: boolean;
  /** Of one's own folders: who may find them; null: nobody. */
  readonly listedFor: Listing | null;
};

/** The folders of an account that the person may read; with `ids`, only those among them. */
export async function listAddressBooks(
  context: Context,
  accountId: string,
  ids: readonly string[] | null,
): Promise<AddressBookView[]> {
  const reader = context.db;
  const seen = await (ids?.length === 1
    ? oneBook(reader, context, accountId, ids[0]!)
    : visibleBooks(reader, context, accountId));
  const wanted = ids === null ? seen : seen.filter(({ book }) => ids.includes(book.id));
  if (wanted.length === 0) return [];
  const shares = Map.groupBy(await sharesOf(reader, wanted), (share) => share.book_id);
  const owner = await reader.first(
    reader.build.selectFrom('principal').select(['id', 'email']).where('id', '=', accountId),
  );
  const home = `${context.settings.publicUrl}/home/${encodeURIComponent(owner?.email ?? accountId).replace('%40', '@')}`;
  const byId = new Map(seen.map(({ book }) => [book.id, book]));
  const hidden = await hiddenBooks(reader, context);
  const isMine = accountId === context.actor.principalId;
  const listings = isMine
    ? await listingsOf(
        reader,
        wanted.map(({ book }) => book.id),
      )
    : new Map<string, Listing>();
  return wanted.map((item) => ({
    ...viewOf(context, item, shares.get(item.book.id) ?? [], `${home}/${folderPath(item.book, byId)}`),
    offerToDevices: !hidden.has(item.book.id),
    listedFor: listings.get(item.book.id) ?? null,
  }));
}

/** The folder alone where that is enough; below another one its address takes the names above it. */
async function oneBook(reader: Reader, context: Context, accountId: string, id: string): Promise<VisibleBook[]> {
  const found = await findBook(reader, context, id);
  if (!found || found.book.account_id !== accountId) return [];
  return found.book.parent_id === null ? [found] : visibleBooks(reader, context, accountId);
}

async function sharesOf(reader: Reader, books: readonly VisibleBook[]): Promise<ShareRow[]> {
  const ids = books.filter((seen) => seen.rights.mayShare).map(({ book }) => book.id);
  if (ids.length === 0) return [];
  const accountId = books[0]!.book.account_id;
  const rows = await reader.all(
    reader.build.selectFrom('share').selectAll().where('account_id', '=', accountId).orderBy('id'),
  );
  const wanted = new Set(ids);
  return rows.filter((row) => wanted.has(row.book_id));
}

function viewOf(
  context: Context,
  seen: VisibleBook,
  shares: readonly ShareRow[],
  downloadUrl: string,
): Omit<AddressBookView, 'offerToDevices' | 'listedFor'> {
  const { book, own } = seen;
  const isMine = book.account_id === context.actor.principalId;
  const isView = seen.isShareRoot && own !== null;
  return {
    id: book.id,
    name: (isView ? own.name : null) ?? book.name,
    description: book.description,
    sortOrder: seen.isShareRoot ? (own?.sort_order ?? 0) : book.sort_order,
    isDefault: isMine && book.is_default === 1,
    isSubscribed: isMine || seen.invitation === 'accepted',
    shareWith: shareWithOf(shares),
    myRights: seen.rights,
    // What stands above a shared folder is not the reader's to know.
    parentId: seen.isShareRoot || !isWhole(context.actor) ? null : book.parent_id,
    role: isMine ? book.role : null,
    color: seen.isShareRoot ? (own?.color ?? null) : book.color,
    sharedName: book.name,
    cardCount: book.card_count,
    shareCount: shares.length,
    invitation: seen.invitation,
    isShareRoot: seen.isShareRoot,
    downloadUrl,
  };
}
