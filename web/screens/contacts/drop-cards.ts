import { call } from '../../api/jmap.ts';
import { setStrictly } from '../../api/set.ts';
import { sync } from '../../api/store.ts';
import { messages } from '../../locales/messages.ts';
import type { CardTarget, DraggedCards } from '../../model/drag.ts';
import { showToast } from '../../ui/toasts.tsx';

/** Moves (or copies) dragged cards to where they were dropped. */
export async function dropCards({ accountId, cardIds }: DraggedCards, target: CardTarget, operation: 'move' | 'copy'): Promise<void> {
  if (target === 'trash') {
    await setStrictly('ContactCard', accountId, { destroy: cardIds });
  } else if (target.accountId === accountId && operation === 'move') {
    const patch = { addressBookIds: { [target.bookId]: true } };
    await setStrictly('ContactCard', accountId, { update: Object.fromEntries(cardIds.map((id) => [id, patch])) });
  } else {
    const create = Object.fromEntries(cardIds.map((id) => [id, { id, addressBookIds: { [target.bookId]: true } }]));
    await call('ContactCard/copy', {
      fromAccountId: accountId, accountId: target.accountId, create, onSuccessDestroyOriginal: operation === 'move',
    });
  }
  if (target === 'trash') return;
  await sync('AddressBook', target.accountId);
  showToast(messages().folders.cardsMoved(cardIds.length, target.name));
}
