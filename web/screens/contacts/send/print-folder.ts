import type { AddressBook, Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import type { InAccount } from '../../../api/inAccount.ts';
import { type CardOrder, cardTransport, possibleOrder } from '../../../model/cards/card-queries.ts';
import { showFailure } from '../../../ui/toasts.tsx';
import { openPrintDialog } from './open-send.tsx';
import { mostPrinted } from './print-layouts.ts';

const idsAtOnce = 500;

/** « Imprimer… » of a folder: all its contacts, in the order of its list. */
export async function printFolder({ accountId, id: bookId }: InAccount<AddressBook>, wanted: CardOrder): Promise<void> {
  const transport = cardTransport(possibleOrder(accountId, wanted));
  const source = { accountId, bookId, filter: { inAddressBook: bookId } };
  const ids: Id[] = [];
  try {
    for (let isMore = true; isMore;) {
      const more = await transport.fetchIds(source, ids.length, idsAtOnce);
      ids.push(...more);
      isMore = more.length === idsAtOnce && ids.length <= mostPrinted;
    }
  } catch (error) {
    return showFailure(describeError(error));
  }
  return openPrintDialog(ids.map((id) => ({ accountId, id, bookId })));
}
