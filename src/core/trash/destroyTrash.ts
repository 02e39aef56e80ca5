import type { Query, Reader } from '../../db/database.ts';
import { AppError, notFound } from '../../errors.ts';
import { createBreath } from '../../lib/breath.ts';
import { audit } from '../audit/audit.ts';
import { forgetWords } from '../card/words/writeWords.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context, World } from '../context.ts';
import { keepErased } from '../version/keepErased.ts';
import { findTrash } from './listTrash.ts';

const purgedAtOnce = 500;
/** With each card go some thirty rows: its words, its addresses, its record. */
const cardsAtOnce = 100;

/** Removes an item from the trash for ever; only its owner may. Its history stays as long as history is kept. */
export async function destroyTrashItem(context: Context, id: string): Promise<void> {
  await transact(context, async (tx) => {
    const [item] = await findTrash(tx, context, [id]);
    if (!item) throw notFound('item in the trash');
    if (item.ownerAccountId !== context.actor.principalId)
      throw new AppError('forbidden', 'Only the owner destroys for ever');
    await erase(tx, context, id);
  });
}

/**
 * « Vider la corbeille »: removes everything in the trash of one's own account for ever. Returns the number of items.
 */
export async function emptyTrash(context: Context): Promise<number> {
  return transact(context, async (tx) => {
    const own = await itemIds(tx, ['account_id', '=', context.actor.principalId]);
    for (const id of own) await erase(tx, context, id);
    if (own.length > 0) await audit(tx, context, { kind: 'trash.emptied', details: { items: own.length } });
    return own.length;
  });
}

/** Removes items that are older than the trash keeps them. Returns their number. */
export async function purgeTrash(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - world.settings.trashDays * 86_400_000).toISOString();
  const due = await itemIds(world.db, ['deleted_at', '<', before], purgedAtOnce);
  // One transaction each: nobody who writes waits for all of it. What was taken out meanwhile is no item any more.
  for (const id of due) await transact(world, (tx) => erase(tx, world, id));
  return due.length;
}

/** The ids of items: folders, and cards that were deleted by themselves. */
async function itemIds(
  reader: Reader,
  where: readonly [column: 'account_id' | 'deleted_at', operator: '=' | '<', value: string],
  most?: number,
): Promise<string[]> {
  const ids: string[] = [];
  for (const table of ['card', 'address_book'] as const) {
    const items = reader.build
      .selectFrom(table)
      .select('id')
      .whereRef('trash_id', '=', 'id')
      .where(...where);
    for (const { id } of await reader.all(most === undefined ? items : items.limit(most))) ids.push(id);
  }
  return ids;
}

/** The item, all that was deleted with it, and the cards of its folders that lay in the trash before. */
async function erase(tx: Transaction, world: World, trashId: string): Promise<void> {
  const { build } = tx;
  const books = await tx.all(
    build.selectFrom('address_book').select(['id', 'name', 'account_id', 'deleted_by']).where('trash_id', '=', trashId),
  );
  const root = books.find(({ id }) => id === trashId);
  if (root) {
    const object = { type: 'AddressBook', id: root.id, name: root.name } as const;
    await audit(tx, world, { kind: 'folder.erased', ownerId: root.account_id, object });
  }
  const ids = books.map(({ id }) => id);
  const items = build.selectFrom('card').select(['id', 'account_id', 'deleted_by']).whereRef('trash_id', '=', 'id');
  const cards = await tx.all(items.where((card) => card.or([card('id', '=', trashId), card('book_id', 'in', ids)])));
  for (const item of [...books.filter(({ id }) => id === trashId), ...cards]) {
    for (const accountId of new Set([item.account_id, item.deleted_by ?? item.account_id])) {
      tx.changed({ accountId, type: 'TrashItem', id: item.id, kind: 'destroyed' });
    }
  }
  const some = build.selectFrom('card').select(['id', 'account_id']).limit(cardsAtOnce);
  await eraseCards(tx, world, some.where('trash_id', '=', trashId));
  for (const { id } of books) await eraseCards(tx, world, some.where('book_id', '=', id));
  // Sub-folders may lie in the trash on their own account: they lose their place, not their life.
  const inside = build.selectFrom('address_book').select('id').where('trash_id', '=', trashId);
  await tx.run(build.updateTable('address_book').set({ parent_id: null }).where('parent_id', 'in', inside));
  await tx.run(build.deleteFrom('address_book').where('trash_id', '=', trashId));
}

async function eraseCards(
  tx: Transaction,
  world: World,
  some: Query<{ id: string; account_id: string }>,
): Promise<void> {
  const breathe = createBreath(1);
  for (;;) {
    const cards = await tx.all(some);
    if (cards.length === 0) return;
    const ids = cards.map(({ id }) => id);
    await keepErased(tx, world, ids);
    await forgetWords(tx, cards);
    await tx.run(tx.build.deleteFrom('card').where('id', 'in', ids));
    await breathe();
  }
}
