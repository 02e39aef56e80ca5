import type { Client } from 'pg';
import { migrationNames } from '../../src/db/migrate.ts';
import { rowsOfMigrations } from '../../src/db/postgres/migratePostgres.ts';

/** From this size on a table is made small again: below, what was deleted from it slows nobody down, and vacuuming takes longer than all the rest. */
const large = 8 * 8192;

let firstRows: Promise<string> | undefined;

/** Leaves in a database what the migrations have written, and nothing else. */
export async function emptyDatabase(client: Client): Promise<void> {
  const { rows: tables } = await client.query<{ name: string; size: number }>(`
    SELECT quote_ident(relname) AS name, pg_relation_size(oid)::int AS size FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'migration' AND pg_relation_size(oid) > 0`);
  firstRows ??= rowsOfMigrations();
  const known = (await migrationNames()).map((name) => `'${name}'`);
  const steps = [
    'BEGIN',
    // Nothing is checked or told by it.
    'SET LOCAL session_replication_role = replica',
    ...tables.map(({ name }) => `DELETE FROM ${name}`),
    // Some tests add one of a newer version.
    `DELETE FROM migration WHERE name NOT IN (${known.join(', ')})`,
    'COMMIT',
    await firstRows,
    `SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'`,
  ];
  await client.query(steps.join(';'));
  const swollen = tables.filter(({ size }) => size > large).map(({ name }) => name);
  if (swollen.length > 0) await client.query(`VACUUM ANALYZE ${swollen.join(', ')}`);
}
