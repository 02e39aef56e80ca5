import { Client } from 'pg';
import { postgresBuilder } from '../dialect.ts';
import type { Snapshot } from '../openSnapshot.ts';
import { openReader, patient } from './port.ts';
import { valueTypes } from './values.ts';

/** A snapshot of a database of PostgreSQL: one transaction that only reads. */
export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const client = new Client({ connectionString: url, types: valueTypes, application_name: 'coterie' });
  // Whoever asks by it next hears of a connection that broke.
  client.on('error', () => undefined);
  await client.connect();
  // Whoever takes the rows may be slow. The state is that of the first look.
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; SELECT count(*) FROM pg_class`,
  );
  return {
    reader: openReader(postgresBuilder(), patient(client)),
    database: 'postgres',
    [Symbol.asyncDispose]: () => client.end(),
  };
}
