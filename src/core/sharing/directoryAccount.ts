import type { Reader } from '../../db/database.ts';
import type { Context } from '../context.ts';

/** The account of « Annuaire »: everybody's, and nobody's to write in. Its one folder has the same id. */
export const directoryAccountId = 'directory';

/** Whether the person may see « Annuaire » at all. Whoever is not of the organisation may not: this is the one place that says who. */
export async function mayReadDirectory(reader: Reader, { actor, settings }: Context): Promise<boolean> {
  if (settings.directory?.isShown === false) return false;
  // An app password for one folder shows that folder alone.
  if (actor.scope && actor.scope.bookId !== null) return false;
  const person = reader.build
    .selectFrom('principal')
    .select('id')
    .where('id', '=', actor.principalId)
    .where('kind', '=', 'individual')
    .where('is_active', '=', 1)
    .where('is_guest', '=', 0);
  return (await reader.first(person)) !== undefined;
}
