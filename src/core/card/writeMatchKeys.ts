import { inAccount } from '../../db/inAccount.ts';
import type { CardRow, Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transaction.ts';

type Place = { readonly id: string; readonly bookId: string; readonly accountId: string };

const keysOf = statement((build, { id, bookId, accountId }: Place) =>
  build
    .selectFrom('card_match')
    .select('keys')
    .where('book_id', '=', bookId)
    .where('card_id', '=', id)
    .where(inAccount(accountId)),
);
const forgetKeys = statement((build, { id, bookId, accountId }: Place) =>
  build.deleteFrom('card_match').where('book_id', '=', bookId).where('card_id', '=', id).where(inAccount(accountId)),
);
const insertKeys = statement((build, { row }: { row: Schema['card_match'] }) =>
  build.insertInto('card_match').values(row),
);

/**
 * Writes the keys by which a card's duplicates are found (core/duplicate), with blanks between them. Most edits do not change them, and then
 * nothing is written.
 */
export async function writeMatchKeys(
  tx: Transaction,
  { id, book_id: bookId, account_id: accountId }: Pick<CardRow, 'id' | 'book_id' | 'account_id'>,
  keys: string,
  isOld: boolean,
): Promise<void> {
  if (isOld) {
    const there = await tx.first(keysOf(tx, { id, bookId, accountId }));
    if ((there?.keys ?? '') === keys) return;
    if (there) await tx.run(forgetKeys(tx, { id, bookId, accountId }));
  }
  if (keys !== '') await tx.run(insertKeys(tx, { row: { book_id: bookId, card_id: id, keys, account_id: accountId } }));
}
