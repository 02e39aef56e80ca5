import { databaseFile } from '../../bench/kit/benchWorld.ts';
import { copyDatabase } from '../../src/db/copy/copyDatabase.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { openSqlite } from '../../src/db/sqlite.ts';
import { isPostgres, testDatabaseUrl } from '../../test/kit/testDatabase.ts';
import { type Server, startServer } from './server.ts';

/** Starts the program on what was made in the file of its folder, moved to PostgreSQL where the tests run there. */
export async function startSeededServer(folder: string): Promise<Server> {
  if (isPostgres) {
    const [from, to] = [await openSqlite(databaseFile(folder)), await openPostgres(await testDatabaseUrl(folder))];
    await copyDatabase(from, to, { from: folder, tell: () => undefined });
    await Promise.all([from.close(), to.close()]);
  }
  return startServer(folder, { COTERIE_DEMO: 'off' });
}
