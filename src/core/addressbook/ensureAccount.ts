import { statement } from '../../db/statement.ts';
import { newId } from '../../lib/ids.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { withoutScope } from '../scope.ts';
import { defaultToContacts } from './defaultToContacts.ts';
import { nameKey } from './names.ts';

const names = {
  contacts: { fr: 'Contacts', en: 'Contacts' },
  collected: { fr: 'Personnes contactées par mail', en: 'Emailed Contacts' },
} as const;

const systemBooks = statement((build, value: { accountId: string }) =>
  build
    .selectFrom('address_book')
    .select(['id', 'role', 'is_default'])
    .where('account_id', '=', value.accountId)
    // They are never there; the index of an account's folders is of those that are not.
    .where('trash_id', 'is', null)
    .where((is) => is.or([is('role', 'is not', null), is('is_default', '=', 1)])),
);

/**
 * Creates the person's « Contacts » and « Personnes contactées par mail » if they do not have them. Guests own no
 * folders: their account is empty and only holds their invitations and preferences.
 */
export async function ensureAccount(context: Context): Promise<void> {
  const { actor } = context;
  if (actor.isGuest) return;
  const present = systemBooks(context.db, { accountId: actor.principalId });
  if (isWhole(await context.db.all(present))) return;
  await transact(withoutScope(context), async (tx) => {
    const rows = await tx.all(present);
    if (isWhole(rows)) return;
    const known = new Set(rows.map((row) => row.role));
    const hasDefault = rows.some((row) => row.is_default === 1);
    const now = context.now();
    const insertAccount = tx.build
      .insertInto('account')
      .values({ id: actor.principalId, seq: 0, created_at: now.toISOString() });
    await tx.run(insertAccount.onConflict((conflict) => conflict.doNothing()));
    for (const role of (['contacts', 'collected'] as const).filter((each) => !known.has(each))) {
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
          is_default: Number(role === 'contacts' && !hasDefault),
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
    if (!hasDefault && known.has('contacts')) await defaultToContacts(tx, actor.principalId);
  });
}

/** Both folders of the system are there, and one that new cards go to. */
function isWhole(rows: readonly { readonly role: string | null; readonly is_default: number }[]): boolean {
  return rows.filter((row) => row.role !== null).length === 2 && rows.some((row) => row.is_default === 1);
}
