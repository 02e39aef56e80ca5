import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';
import { sharedBooks } from './access.ts';
import { isReadOnly } from './rights.ts';

/** An account as listed in the JMAP session. */
export type SessionAccount = { readonly id: string; readonly name: string; readonly isReadOnly: boolean };

const ownersByName = statement((build, value: { ids: readonly string[] }) =>
  build.selectFrom('principal').select(['id', 'name']).where('id', 'in', value.ids).orderBy('name').orderBy('id'),
);

/** The accounts of others in which the person has accepted a folder (RFC 9670 §1.4), by name. */
export async function sessionAccounts(context: Context): Promise<SessionAccount[]> {
  const accepted = (await sharedBooks(context.db, context)).filter(
    (seen) => seen.invitation === 'accepted' && seen.rights.mayRead,
  );
  const byAccount = Map.groupBy(accepted, (seen) => seen.book.account_id);
  if (byAccount.size === 0) return [];
  const owners = await context.db.all(ownersByName(context.db, { ids: [...byAccount.keys()] }));
  return owners.map(({ id, name }) => ({
    id,
    name,
    isReadOnly: byAccount.get(id)!.every((seen) => isReadOnly(seen.rights)),
  }));
}
