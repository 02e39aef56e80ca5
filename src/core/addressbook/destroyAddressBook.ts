import { AppError } from '../../errors.ts';
import { createBreath } from '../../lib/breath.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { noteAccess } from '../sharing/accessLog.ts';
import { noteShares } from '../sharing/noteShares.ts';
import { writableSubtree } from '../sharing/writableSubtree.ts';
import { keepVersion } from '../version/keepVersion.ts';
import { defaultToContacts } from './defaultToContacts.ts';
import { endRequests } from './endRequests.ts';

const cardsAtOnce = 200;
const named = ['id', 'account_id', 'book_id', 'file_as', 'uri'] as const;

/**
 * Puts a folder with its sub-folders and cards into the trash. Errors: `forbidden` for system folders, and without the
 * right to delete it or to write everything below it; `hasContents` if it contains cards and `removeContents` is not
 * set (RFC 9610 §2.3). Answers the id of the folder that became the default because the default went along.
 */
export async function destroyAddressBook(
  context: Context,
  bookId: string,
  options: { removeContents: boolean },
): Promise<string | null> {
  return transact(context, async (tx) => {
    const { book, rights } = await requireBook(tx, context, bookId);
    if (!rights.mayDelete || book.is_default === 1) throw new AppError('forbidden', 'This folder cannot be deleted');
    const books = await writableSubtree(tx, context, book);
    if (!options.removeContents && books.some((inside) => inside.card_count > 0)) {
      throw new AppError('hasContents', 'There are contacts in the folder');
    }
    await audit(tx, context, {
      kind: 'folder.deleted',
      ownerId: book.account_id,
      object: { type: 'AddressBook', id: book.id, name: book.name },
      details: { folders: books.length, cards: books.reduce((total, inside) => total + inside.card_count, 0) },
    });
    await noteAccess(tx, context, { accountId: book.account_id, bookId }, () =>
      moveToTrash(tx, context, bookId, books),
    );
    const bookIds = books.map(({ id }) => id);
    await noteShares(tx, { accountId: book.account_id, bookIds }, 'destroyed');
    await endRequests(tx, bookIds);
    tx.changed({ accountId: book.account_id, type: 'TrashItem', id: bookId, kind: 'created' });
    if (book.account_id !== context.actor.principalId) {
      tx.changed({ accountId: context.actor.principalId, type: 'TrashItem', id: bookId, kind: 'created' });
    }
    return books.some((inside) => inside.is_default === 1) ? defaultToContacts(tx, book.account_id) : null;
  });
}

async function moveToTrash(
  tx: Transaction,
  context: Context,
  rootId: string,
  books: readonly { id: string; account_id: string; parent_id: string | null }[],
): Promise<void> {
  const deleted = { trash_id: rootId, deleted_at: context.now().toISOString(), deleted_by: context.actor.principalId };
  const breathe = createBreath(1);
  const live = tx.build.selectFrom('card').select(named).where('trash_id', 'is', null).limit(cardsAtOnce);
  for (const { id, account_id: accountId, parent_id: parentId } of books) {
    for (;;) {
      const cards = await tx.all(live.where('book_id', '=', id));
      if (cards.length === 0) break;
      for (const card of cards) await keepVersion(tx, context, { card, action: 'deleted' });
      const ids = cards.map((card) => card.id);
      await tx.run(tx.build.updateTable('card').set(deleted).where('id', 'in', ids));
      for (const card of cards)
        tx.changed({ accountId, type: 'ContactCard', id: card.id, kind: 'destroyed', bookId: id, uri: card.uri });
      await breathe();
    }
    await tx.run(
      tx.build
        .updateTable('address_book')
        .set({ ...deleted, is_default: 0 })
        .where('id', '=', id),
    );
    tx.changed({
      accountId,
      type: 'AddressBook',
      id,
      kind: 'destroyed',
      ...(parentId === null ? {} : { bookId: parentId }),
    });
  }
}
