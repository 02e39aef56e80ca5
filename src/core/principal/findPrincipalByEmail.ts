import type { Reader } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { emailKey } from './emailKey.ts';

/** The person or group who has this address now; undefined also for people who have left. */
export function findPrincipalByEmail(reader: Reader, email: string): Promise<PrincipalRow | undefined> {
  return reader.first(
    reader.build
      .selectFrom('principal')
      .selectAll()
      .where('email_key', '=', emailKey(email))
      .where('is_active', '=', 1),
  );
}
