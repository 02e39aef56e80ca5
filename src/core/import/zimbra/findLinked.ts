import type { Reader } from '../../../db/database.ts';
import type { ZimbraLink } from '../../../format/zimbra/types.ts';
import { findPrincipalByEmail } from '../../principal/findPrincipalByEmail.ts';

/** The folder here that a link there leads to: its owner has moved in, too. An archive does not say who that is. */
export async function findLinked(reader: Reader, { ownerEmail, folderId }: ZimbraLink): Promise<string | undefined> {
  const owner = ownerEmail === null ? undefined : await findPrincipalByEmail(reader, ownerEmail);
  if (!owner) return undefined;
  const items = reader.build
    .selectFrom('zimbra_item')
    .innerJoin('address_book', 'address_book.id', 'zimbra_item.object_id')
    .select('object_id')
    .where('principal_id', '=', owner.id)
    .where('kind', '=', 'folder')
    .where('item_id', '=', folderId)
    .where('account_id', '=', owner.id)
    .where('trash_id', 'is', null);
  return (await reader.first(items))?.object_id;
}
