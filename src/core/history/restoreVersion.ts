import { invalid, notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { findBook } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { nobodysCard, requireChange } from '../sharing/cardRights.ts';
import { asOperation } from '../version/asOperation.ts';
import { bringTo } from './bringTo.ts';
import { findVersionRows } from './findVersions.ts';
import type { VersionRow } from './findVersions.ts';
import { textBefore } from './stateAt.ts';

/** Which state of a version: what the change left, or what it found. */
export type Side = 'after' | 'before';

/** Where the card is now, and the operation that undoes the restoring. */
export type RestoredVersion = {
  readonly cardId: string;
  readonly addressBookId: string;
  readonly operationId: string;
};

/**
 * Gives a card the content that it had: as a new version, so nothing is lost. A live card stays in its folder; a
 * deleted one returns to the folder of the version, or to another folder of the account. Errors: `notFound`,
 * `forbidden`, `invalid` addressBookId (folderGone, otherAccount), `invalid` state if nothing is left of it.
 */
export function restoreVersion(
  context: Context,
  accountId: string,
  wanted: { readonly id: string; readonly side: Side; readonly intoBookId: string | null },
): Promise<RestoredVersion> {
  const inOperation = asOperation(context, 'restore');
  return transact(inOperation, async (tx) => {
    const { rows } = await findVersionRows(tx, inOperation, accountId, [wanted.id]);
    const [version] = rows;
    if (!version) throw notFound('version');
    const past = await textBefore(tx, version.card_id, wanted.side === 'before' ? version.id : version.id + 1);
    if (!past) throw invalid('state', 'Nothing is left of it', { reason: 'versionGone' });
    const place = await placeFor(tx, inOperation, version, wanted.intoBookId);
    await bringTo(tx, inOperation, { cardId: version.card_id, place, text: past.text });
    const { operation: operationId } = inOperation;
    return { cardId: version.card_id, addressBookId: place.book.id, operationId };
  });
}

async function placeFor(
  tx: Transaction,
  context: Context,
  version: VersionRow,
  intoBookId: string | null,
): Promise<VisibleBook> {
  const any = tx.build.selectFrom('card').select(['book_id', 'added_by', 'trash_id']);
  const card = await tx.first(any.where('id', '=', version.card_id));
  const now = card?.trash_id === null ? card : undefined;
  const place = await findBook(tx, context, intoBookId ?? now?.book_id ?? version.book_id);
  if (!place)
    throw now && intoBookId === null
      ? notFound('card')
      : invalid('addressBookId', 'The folder is gone: name another one', { reason: 'folderGone' });
  if (place.book.account_id !== version.account_id)
    throw invalid('addressBookId', 'The folder is in another account', { reason: 'otherAccount' });
  requireChange(context, place, card ?? nobodysCard);
  return place;
}
