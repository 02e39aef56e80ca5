import { newId } from '../../lib/ids.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { nameKey } from './names.ts';

const names = {
  contacts: { fr: 'Contacts', en: 'Contacts' },
  collected: { fr: 'Personnes contactées par mail', en: 'Emailed Contacts' },
} as const;

/** Gives the person their « Contacts » and « Personnes contactées par mail » when they have none yet. */
export async function ensureAccount(context: Context): Promise<void> {
  const { actor } = context;
  const has = context.db.build
    .selectFrom('address_book')
    .select('id')
    .where('account_id', '=', actor.principalId)
    .where('is_default', '=', 1);
  if (await context.db.first(has)) return;
  await transact(context, async (tx) => {
    if (await tx.first(has)) return;
    const now = context.now();
    const insertAccount = tx.build
      .insertInto('account')
      .values({ id: actor.principalId, seq: 0, created_at: now.toISOString() });
    await tx.run(insertAccount.onConflict((conflict) => conflict.doNothing()));
    for (const role of ['contacts', 'collected'] as const) {
      const id = newId('f', now);
      const name = names[role][actor.language];
      await tx.run(
        tx.build.insertInto('address_book').values({
          id,
          account_id: actor.principalId,
          parent_id: null,
          role,
          name,
          name_key: nameKey(name),
          description: null,
          color: null,
          sort_order: role === 'contacts' ? 0 : 1,
          is_default: Number(role === 'contacts'),
          card_count: 0,
          seq: 0,
          cards_seq: 0,
          created_at: now.toISOString(),
          trash_id: null,
          deleted_at: null,
          deleted_by: null,
        }),
      );
      tx.changed({ accountId: actor.principalId, type: 'AddressBook', id, kind: 'created' });
    }
  });
}
