import { AppError } from '../../errors.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { createAddressBook } from './createAddressBook.ts';
import { isNameTaken, nameBook } from './davNames.ts';
import { fitName, freeName } from './names.ts';

/** A folder created by a device: it chooses the address, and the name it asks for is used as far as possible. */
export type NewHomeBook = {
  readonly segment: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly color: string | null;
  /** Does what else belongs to it, in the same transaction. */
  readonly finish?: (tx: Transaction, bookId: string) => Promise<void>;
};

/**
 * Creates a folder in the person's own account at an address of their choice. A number is added to a name that is
 * taken; characters that folder names cannot contain become dashes. Errors: `exists`, `invalid`, `overQuota`.
 */
export async function createHomeBook(context: Context, wanted: NewHomeBook): Promise<string> {
  return transact(context, async (tx) => {
    const inside = within(context, tx);
    if (await isNameTaken(tx, context, wanted.segment))
      throw new AppError('exists', 'There is something at this address already');
    const accountId = context.actor.principalId;
    const name = await freeName(tx, { accountId, parentId: null }, fitName(wanted.name ?? wanted.segment));
    const { description, color } = wanted;
    const bookId = await createAddressBook(inside, accountId, { name, description, color });
    await nameBook(tx, context, bookId, wanted.segment);
    await wanted.finish?.(tx, bookId);
    return bookId;
  });
}
