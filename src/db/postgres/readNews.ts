import type { Client } from 'pg';

const keptMinutes = 2;

/** What was seen at a moment by the clock of the database, and in which life of the server (`life.ts`). */
type Seen = { readonly snapshot: string; readonly at: number; readonly life: string | null };

const moment = `pg_current_snapshot()::text AS snapshot, extract(epoch FROM now())::float8 AS at,
  (SELECT name FROM server_here) AS life`;

/** What is seen now. */
export async function readSnapshot(client: Client): Promise<Seen> {
  const { rows } = await client.query<Seen>(`SELECT ${moment}`);
  return rows[0]!;
}

/** What others have told that is seen now and was not seen before, by a snapshot. */
export async function readNews(client: Client, program: string, before: string) {
  const { rows } = await client.query<Seen & { messages: readonly string[] }>(
    `SELECT ${moment}, ARRAY(
       SELECT message FROM commit_news
       WHERE xact >= pg_snapshot_xmin($1::pg_snapshot) AND xact < pg_snapshot_xmax(pg_current_snapshot())
         AND NOT pg_visible_in_snapshot(xact, $1::pg_snapshot) AND program <> $2
       ORDER BY id) AS messages`,
    [before, program],
  );
  return rows[0]!;
}

/** Removes what everybody has heard who looks. */
export async function purgeNews(client: Client): Promise<void> {
  await client.query(`DELETE FROM commit_news WHERE at < now() - interval '${keptMinutes} minutes'`);
}
