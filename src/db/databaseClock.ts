import { sql } from 'kysely';
import { spelled } from './dialect.ts';

/**
 * The current time in milliseconds since 1970, by the one clock that all nodes share: their own clocks may differ. In a
 * PostgreSQL transaction it is the time at which the transaction began, so that data is never older than the time says.
 */
export const databaseClock = sql<number>`${spelled({
  sqlite: sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  postgres: sql`CAST(extract(epoch FROM now()) * 1000 AS BIGINT)`,
})}`;
