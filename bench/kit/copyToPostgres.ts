import { copyDatabase } from '../../src/db/copy/copyDatabase.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { databaseFile } from './benchWorld.ts';

/** Copies what was made in the file of a folder into an empty database of PostgreSQL. */
export async function copyToPostgres(folder: string, url: string): Promise<void> {
  const [from, to] = [await openSqlite(databaseFile(folder)), await openPostgres(url)];
  await copyDatabase(from, to, { from: folder, tell: () => undefined });
  await Promise.all([from.close(), to.close()]);
}
