import { sql } from 'kysely';
import { spelled } from './dialect.ts';

/**
 * Now, in milliseconds since 1970, by the one clock that all programs have in common: theirs may differ. In a transaction of
 * PostgreSQL it is the moment of its beginning, so that what it sees is never older than it says.
 */
export const databaseClock = sql<number>`${spelled({
  sqlite: sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  postgres: sql`CAST(extract(epoch FROM now()) * 1000 AS BIGINT)`,
})}`;
