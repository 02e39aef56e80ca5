import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transaction.ts';

const contactsOf = statement((build, value: { accountId: string }) =>
  build
    .selectFrom('address_book')
    .select('id')
    .where('account_id', '=', value.accountId)
    .where('role', '=', 'contacts')
    .where('trash_id', 'is', null),
);

/** Makes « Contacts » the folder that new cards go to, in an account that has none; its id. */
export async function defaultToContacts(tx: Transaction, accountId: string): Promise<string | null> {
  const contacts = await tx.first(contactsOf(tx, { accountId }));
  if (!contacts) return null;
  await tx.run(tx.build.updateTable('address_book').set({ is_default: 1 }).where('id', '=', contacts.id));
  tx.changed({ accountId, type: 'AddressBook', id: contacts.id, kind: 'updated' });
  return contacts.id;
}
