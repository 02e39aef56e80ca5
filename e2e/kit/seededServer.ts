import { copyToPostgres } from '../../bench/kit/copyToPostgres.ts';
import { isPostgres, testDatabaseUrl } from '../../test/kit/testDatabase.ts';
import { type Server, startServer } from './server.ts';

/** Starts the program on what was made in the file of its folder, moved to PostgreSQL where the tests run there. */
export async function startSeededServer(folder: string): Promise<Server> {
  if (isPostgres) await copyToPostgres(folder, await testDatabaseUrl(folder));
  return startServer(folder, { COTERIE_DEMO: 'off' });
}
