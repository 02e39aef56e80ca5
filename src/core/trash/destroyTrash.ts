import { AppError, notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import { findTrash } from './listTrash.ts';
import { noteTrash } from './restore.ts';

const purgedAtOnce = 500;

/** Removes something from the trash for ever; only its owner may. */
export async function destroyTrashItem(context: Context, id: string): Promise<void> {
  await transact(context, async (tx) => {
    const [item] = await findTrash(tx, context, [id]);
    if (!item) throw notFound('item in the trash');
    if (item.ownerAccountId !== context.actor.principalId) throw new AppError('forbidden', 'Only the owner destroys for ever');
    await erase(tx, id);
    noteTrash(tx, context, item);
  });
}

/** « Vider la corbeille »: removes for ever what lies in the trash of one's own account. Returns how many items. */
export async function emptyTrash(context: Context): Promise<number> {
  return transact(context, async (tx) => {
    const items = await findTrash(tx, context, null);
    const own = items.filter((item) => item.ownerAccountId === context.actor.principalId);
    for (const item of own) {
      await erase(tx, item.id);
      noteTrash(tx, context, item);
    }
    return own.length;
  });
}

/** Removes what has waited longer than the trash keeps. Returns how many items. */
export async function purgeTrash(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - world.settings.trashDays * 86_400_000).toISOString();
  return transact(world, async (tx) => {
    const { build } = tx;
    const ids: { id: string; account_id: string; deleted_by: string | null }[] = [];
    for (const table of ['card', 'address_book'] as const) {
      const due = build.selectFrom(table).select(['id', 'account_id', 'deleted_by']).whereRef('trash_id', '=', 'id').where('deleted_at', '<', before);
      ids.push(...(await tx.all(due.limit(purgedAtOnce))));
    }
    for (const { id, account_id: accountId, deleted_by: deletedBy } of ids) {
      await erase(tx, id);
      for (const person of new Set([accountId, deletedBy ?? accountId])) {
        tx.changed({ accountId: person, type: 'TrashItem', id, kind: 'destroyed' });
      }
    }
    return ids.length;
  });
}

/** The item and all that was deleted with it; sub-folders before their parents. */
async function erase(tx: Transaction, trashId: string): Promise<void> {
  const { build } = tx;
  const books = await tx.all(build.selectFrom('address_book').select('id').where('trash_id', '=', trashId));
  await tx.run(build.deleteFrom('card').where('trash_id', '=', trashId));
  for (const { id } of books) await tx.run(build.deleteFrom('card').where('book_id', '=', id));
  // Sub-folders may lie in the trash on their own account: they lose their place, not their life.
  const inside = build.selectFrom('address_book').select('id').where('trash_id', '=', trashId);
  await tx.run(build.updateTable('address_book').set({ parent_id: null }).where('parent_id', 'in', inside));
  await tx.run(build.deleteFrom('address_book').where('trash_id', '=', trashId));
}
