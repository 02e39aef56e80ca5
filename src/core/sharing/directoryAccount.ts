import type { Reader } from '../../db/database.ts';
import type { Context } from '../context.ts';

/** The account of « Annuaire », which everybody can read and nobody can write. Its only folder has the same id. */
export const directoryAccountId = 'directory';

/**
 * Whether the person may see « Annuaire » at all: only members of the organisation may, and this is the only place that
 * decides it.
 */
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
