import { sql } from 'kysely';
import type { Reader } from './database.ts';

/** The migrations that have been applied to a database, in order. */
export async function appliedMigrations(reader: Reader): Promise<string[]> {
  const rows = await reader.all(sql<{ name: string }>`SELECT name FROM migration ORDER BY name`.compile(reader.build));
  return rows.map(({ name }) => name);
}
