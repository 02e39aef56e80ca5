import type { Reader } from '../../db/database.ts';
import { AppError, invalid } from '../../errors.ts';
import { newId } from '../../lib/ids.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { maxDepth, requireBook } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import { readColor } from './colors.ts';
import { nameKey, readName, requireFreeName } from './names.ts';
import { depthOf } from '../sharing/subtree.ts';

/** More folders than anybody keeps; a cap against programs that run wild. */
const usualBooks = 5_000;

/** The properties that can be given for a new folder. */
export type NewAddressBook = {
  readonly name: string;
  readonly parentId?: string | null;
  readonly color?: string | null;
  readonly description?: string | null;
  readonly sortOrder?: number;
};

/**
 * Creates a folder: on the top level of one's own account, or below a folder that one may write. Returns its id.
 * Errors: `invalid` name (with reason), parentId, color; `forbidden`.
 */
export async function createAddressBook(context: Context, accountId: string, wanted: NewAddressBook): Promise<string> {
  const parentId = wanted.parentId ?? null;
  return transact(context, async (tx) => {
    await requireParent(tx, context, accountId, parentId);
    const name = readName(wanted.name, { topLevel: parentId === null });
    await requireFreeName(tx, { accountId, parentId }, name);
    await requireRoomForBooks(tx, context, accountId, 1);
    const id = newId('f', context.now());
    const insert = async () => {
      await tx.run(
        tx.build.insertInto('address_book').values({
          id,
          account_id: accountId,
          parent_id: parentId,
          role: null,
          name,
          name_key: nameKey(name),
          description: readDescription(wanted.description ?? null),
          color: readColor(wanted.color ?? null),
          sort_order: readSortOrder(wanted.sortOrder ?? 0),
          is_default: 0,
          card_count: 0,
          seq: 0,
          cards_seq: 0,
          created_at: context.now().toISOString(),
          trash_id: null,
          deleted_at: null,
          deleted_by: null,
        }),
      );
    };
    await noteAccess(tx, context, { accountId, bookId: id }, insert);
    tx.changed({
      accountId,
      type: 'AddressBook',
      id,
      kind: 'created',
      ...(parentId === null ? {} : { bookId: parentId }),
    });
    return id;
  });
}

/** Checks that the person may create or put a folder there. */
export async function requireParent(
  tx: Transaction,
  context: Context,
  accountId: string,
  parentId: string | null,
): Promise<void> {
  if (parentId === null) {
    if (accountId === context.actor.principalId && !context.actor.isGuest) return;
    throw new AppError('forbidden', 'In the account of somebody else a folder needs a parent in which one may write');
  }
  const parent = await requireBook(tx, context, parentId).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'notFound') throw invalid('parentId', 'No such address book');
    throw error;
  });
  if (parent.book.account_id !== accountId) throw invalid('parentId', 'The parent is in another account');
  if (!parent.rights.mayWrite) throw new AppError('forbidden', 'One may not add folders below this one');
  if ((await depthOf(tx, parentId)) >= maxDepth) throw invalid('parentId', `Folders nest at most ${maxDepth} deep`);
}

/** Throws `overQuota` if the account has no room for so many more folders. */
export async function requireRoomForBooks(
  tx: Reader,
  { settings: { maxBooksPerAccount = usualBooks } }: Pick<Context, 'settings'>,
  accountId: string,
  more: number,
): Promise<void> {
  const { build } = tx;
  const count = await tx.first(
    build
      .selectFrom('address_book')
      .select(build.fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .where('trash_id', 'is', null),
  );
  if ((count?.count ?? 0) + more > maxBooksPerAccount)
    throw new AppError('overQuota', `An account has at most ${maxBooksPerAccount} folders`);
}

/** The description as it is kept. */
export function readDescription(description: string | null): string | null {
  if (description === null || description.trim() === '') return null;
  if (description.length > 10_000) throw invalid('description', 'A description has at most 10,000 characters');
  return description;
}

/** RFC 9610 §2: 0 ≤ sortOrder < 2^31. */
export function readSortOrder(order: number): number {
  if (Number.isInteger(order) && order >= 0 && order < 2 ** 31) return order;
  throw invalid('sortOrder', 'sortOrder is an integer from 0 to 2^31 - 1');
}
