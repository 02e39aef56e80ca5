import { invalid, notFound } from '../../errors.ts';
import { visibleLinks } from '../cardLink/visibleLinks.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';

/** Ends a link for good; the copy stays as it is. Errors: `notFound`. */
export async function destroyLink(context: Context, copyId: string): Promise<void> {
  await transact(context, async (tx) => {
    if ((await visibleLinks(tx, context, [copyId])).length === 0) throw notFound('linked copy');
    await tx.run(tx.build.deleteFrom('card_link').where('copy_id', '=', copyId));
    tx.changed({ accountId: context.actor.principalId, type: 'CardLink', id: copyId, kind: 'destroyed' });
  });
}

/** « Délier »: the copy follows nothing any more; for a day that can be taken back. Errors: `notFound`. */
export async function setUnlinked(context: Context, copyId: string, isUnlinked: boolean): Promise<void> {
  await transact(context, async (tx) => {
    const [link] = await visibleLinks(tx, context, [copyId]);
    if (!link) throw notFound('linked copy');
    if (link.isUnlinked === isUnlinked) return;
    // What changed in the original meanwhile is looked at when it follows again.
    const change = isUnlinked ? { unlinked_at: context.now().toISOString() } : ({ unlinked_at: null, due: 1 } as const);
    await tx.run(tx.build.updateTable('card_link').set(change).where('copy_id', '=', copyId));
    const kind = isUnlinked ? 'updated' : 'created';
    tx.changed({ accountId: context.actor.principalId, type: 'CardLink', id: copyId, kind });
  });
}

/** Says of which conflicts the person has still to decide: fewer than before. Errors: `notFound`, `invalid` conflicts. */
export async function settleConflicts(context: Context, copyId: string, conflicts: readonly string[]): Promise<void> {
  await transact(context, async (tx) => {
    const [link] = await visibleLinks(tx, context, [copyId]);
    if (!link) throw notFound('linked copy');
    if (conflicts.some((one) => !link.conflicts.includes(one)))
      throw invalid('conflicts', 'Conflicts can only be taken away');
    if (conflicts.length === link.conflicts.length) return;
    const left = JSON.stringify(link.conflicts.filter((one) => conflicts.includes(one)));
    await tx.run(tx.build.updateTable('card_link').set({ conflicts: left }).where('copy_id', '=', copyId));
    tx.changed({ accountId: context.actor.principalId, type: 'CardLink', id: copyId, kind: 'updated' });
  });
}
