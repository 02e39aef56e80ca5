import SqliteDatabase from 'better-sqlite3';
import type { Reader } from './database.ts';
import { sqliteBuilder } from './dialect.ts';
import type { DatabasePlace } from './openDatabase.ts';
import { openReader, statementCache } from './sqlite.ts';

/** One committed state of a database, however long the reading takes; others go on writing meanwhile. */
export type Snapshot = AsyncDisposable & { readonly reader: Reader; readonly database: 'sqlite' | 'postgres' };

/** Opens a snapshot of an existing database, whatever its schema version; nothing in it is changed. */
export async function openSnapshot({ url, file }: DatabasePlace): Promise<Snapshot> {
  if (url === null) return openSqliteSnapshot(file);
  const { openPostgresSnapshot } = await import('./postgres/openPostgresSnapshot.ts');
  return openPostgresSnapshot(url);
}

function openSqliteSnapshot(file: string): Snapshot {
  const connection = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  connection.pragma('busy_timeout = 5000');
  connection.exec('BEGIN');
  // The state is that of the first look.
  connection.prepare('SELECT count(*) FROM sqlite_schema').get();
  return {
    reader: openReader(sqliteBuilder(), statementCache(connection)),
    database: 'sqlite',
    async [Symbol.asyncDispose]() {
      connection.close();
    },
  };
}
