import type { Reader } from '../../../db/database.ts';
import type { AddressBookRow } from '../../../db/schema.ts';
import type { Context } from '../../context.ts';

/** The person's « Contacts », to which contacts go that lie in no folder. */
export async function contactsBook(reader: Reader, { actor }: Context): Promise<AddressBookRow> {
  const own = reader.build.selectFrom('address_book').selectAll().where('account_id', '=', actor.principalId);
  return (await reader.first(own.where('role', '=', 'contacts')))!;
}
