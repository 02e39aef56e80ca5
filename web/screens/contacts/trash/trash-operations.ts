import { setStrictly } from '../../../api/jmap.ts';
import { load, sync } from '../../../api/store.ts';
import type { Id, TrashItem } from '../../../../client/src/types.ts';
import { messages } from '../../../locales/messages.ts';
import { announceChanged } from '../../../model/cards/leaving-cards.ts';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import { describeCardError } from '../move/card-operations.ts';
import { restore } from '../move/card-requests.ts';

/** « Restaurer »: things go back to where they were, or into a folder of the same account. */
export async function restoreItems(accountId: Id, items: readonly TrashItem[], addressBookId?: Id): Promise<void> {
  const ids = items.map((item) => item.id);
  await restore(accountId, ids, addressBookId).finally(() => refresh(accountId, items));
  showToast(messages().contacts.trash.restored(items.length));
}

/** Deletes things for ever; what went wrong is told. */
export async function destroyItems(accountId: Id, items: readonly TrashItem[]): Promise<void> {
  try {
    await setStrictly('TrashItem', accountId, { destroy: items.map((item) => item.id) });
    showToast(messages().contacts.trash.removed(items.length));
  } catch (error) {
    showFailure(describeCardError(error));
  } finally {
    refresh(accountId, items);
  }
}

function refresh(accountId: Id, items: readonly TrashItem[]): void {
  void sync('TrashItem', accountId);
  for (const owner of new Set(items.map((item) => item.ownerAccountId))) {
    announceChanged(owner);
    void load('AddressBook', owner, true);
  }
}
