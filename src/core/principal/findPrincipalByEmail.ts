import type { Reader } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { emailKey } from './emailKey.ts';

/**
 * The person or group with this address or alias now; undefined also for people who have left. Whoever knows the whole
 * address also finds people who are not listed, since mail reaches them just the same. Guests are never found.
 */
export function findPrincipalByEmail(reader: Reader, email: string): Promise<PrincipalRow | undefined> {
  return findHolder(reader, email, true);
}

/** The person who signs in with this name, address or alias. */
export async function findPrincipalByLogin(reader: Reader, login: string): Promise<PrincipalRow | undefined> {
  return (await findHolder(reader, login, true)) ?? findHolder(reader, login, false);
}

function findHolder(reader: Reader, name: string, isAddress: boolean): Promise<PrincipalRow | undefined> {
  return reader.first(
    reader.build
      .selectFrom('principal_login')
      .innerJoin('principal', 'principal.id', 'principal_login.principal_id')
      .selectAll('principal')
      .where('login_key', '=', emailKey(name))
      .where('is_address', '=', Number(isAddress))
      .where('is_held', '=', 1)
      .where('is_active', '=', 1)
      .where('is_guest', '=', 0),
  );
}
