import { mark, readMark } from '../copy/mark.ts';
import { readTables } from '../copy/tables.ts';
import { migrationNames } from '../migrate.ts';
import type { DatabasePlace } from '../openDatabase.ts';
import { beginning } from '../postgres/migratePostgres.ts';
import type { Target } from '../target.ts';
import { BackupError } from './backupError.ts';
import type { Header } from './header.ts';

/** How a database is opened into which a backup is restored: with the schema of then, empty, and marked before anything else. */
export async function beginRestore({ made, migrations }: Header, place: DatabasePlace): Promise<Target> {
  const known = await migrationNames();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new BackupError(
      `The backup was made by a newer version of Coterie (${unknown.join(', ')}): restore it with that version.`,
    );
  const moved = known.filter((name) => name < beginning && !migrations.includes(name));
  if (place.url !== null && moved.length > 0)
    throw new BackupError(
      'The backup is older than Coterie on PostgreSQL: restore it into a folder first, and move it with « db copy ».',
    );
  return {
    migrations,
    async begin(tx) {
      if ((await readMark(tx)) !== null || (await readTables(tx)).length > 0)
        throw new BackupError('There is something in the database already: a backup is restored into an empty one.');
      await mark(tx, { what: 'restore', from: `the backup of ${made}`, progress: '' });
    },
  };
}
