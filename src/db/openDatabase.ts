import type { Log } from '../lib/log.ts';
import type { Database } from './database.ts';
import { openSqlite } from './sqlite.ts';
import type { Target } from './target.ts';

/** Where the data is: on a PostgreSQL server, or in a file. */
export type DatabasePlace = {
  readonly url: string | null;
  /** The same database at an address that keeps one connection; absent or null: where the other goes. */
  readonly listenUrl?: string | null;
  readonly file: string;
};

/**
 * How to open a database. Only those who fill it pass `target`; nobody else can open a database that is not complete.
 */
export type OpenOptions = { readonly log?: Log; readonly target?: Target | undefined };

/** Opens the database and migrates its schema; the log reports when a server goes away and comes back. */
export async function openDatabase(
  { url, listenUrl, file }: DatabasePlace,
  { log, target }: OpenOptions = {},
): Promise<Database> {
  if (url === null) return openSqlite(file, { target });
  // Whoever has all in one file does not load what speaks to servers.
  const { openPostgres } = await import('./postgres/postgres.ts');
  return openPostgres({ url, listen: listenUrl ?? url }, log, target);
}
