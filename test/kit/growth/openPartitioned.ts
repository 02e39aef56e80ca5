import type { Client } from 'pg';
import { openPostgres } from '../../../src/db/postgres/postgres.ts';
import type { Database } from '../../../src/db/database.ts';
import { templateName } from '../postgresServer.ts';
import { openClient, serverUrl } from '../testDatabase.ts';
import { partition } from './partition.ts';

/** A database whose tables are cut into partitions, and somebody beside the program who looks into it; the program closes it. */
export type Partitioned = AsyncDisposable & { readonly db: Database; readonly client: Client };

/** Makes one on the server of the tests; it is gone at the end, for no other test could go on with it. */
export async function openPartitioned(): Promise<Partitioned> {
  const name = `partitioned_${process.pid}`;
  {
    await using admin = await openClient('postgres');
    await admin.client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  }
  const { client, [Symbol.asyncDispose]: leave } = await openClient(name);
  await partition(client);
  const db = await openPostgres(serverUrl(name));
  return {
    db,
    client,
    async [Symbol.asyncDispose]() {
      await leave();
      await using admin = await openClient('postgres');
      await admin.client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
