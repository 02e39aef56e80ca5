import { sql } from 'kysely';
import { writeCounter } from './counters.ts';
import { readTables } from './tables.ts';
import type { Writer } from '../database.ts';

/** The name of the log of people and groups, among those of the accounts. */
export const directoryLog = 'directory';

/** At least so many numbers are left out, should the clock be far behind. */
const leap = 1_000_000_000;
/** Numbers that a server would have to give in a millisecond, from its start on, to reach one of the next restore. */
const perMillisecond = 100;

/**
 * Called when a backup has been restored, or when the database may have gone back to an earlier state: all counters
 * leap beyond every number that may have been given out since, also by a server on which the same backup was restored
 * before. The numbers in between are recorded as lost.
 */
export async function leaveLostNumbers(writer: Writer, now: Date): Promise<void> {
  const run = (text: ReturnType<typeof sql>) => writer.run(text.compile(writer.build));
  // Who had no account yet may have got one in the time that is lost: theirs begins behind its numbers, too.
  await run(sql`INSERT INTO account (id, seq, created_at) SELECT id, 0, created_at FROM principal
    WHERE kind = 'individual' AND id NOT IN (SELECT id FROM account)`);
  const resumes = Math.max((await greatest(writer)) + leap, now.getTime() * perMillisecond);
  await run(sql`INSERT INTO lost_number (log, last, resumes) SELECT id, seq, CAST(${resumes} AS INTEGER) FROM account`);
  await run(sql`UPDATE account SET seq = ${resumes}`);
  const version = sql`SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'directory version'`;
  await run(sql`INSERT INTO lost_number (log, last, resumes)
    VALUES (${directoryLog}, coalesce((${version}), 0), ${resumes})`);
  await run(sql`INSERT INTO setting (name, value) VALUES ('directory version', ${String(resumes)})
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
  // How homes were last told is made anew, from this number on: their older tokens are refused.
  for (const table of ['dav_home', 'app_password_home']) await run(sql`DELETE FROM ${sql.table(table)}`);
  // An open window may undo a version of the history by its number.
  for (const table of await readTables(writer))
    if (table.name === 'card_version') await writeCounter(writer, table, resumes);
}

async function greatest(writer: Writer): Promise<number> {
  const row = await writer.first(
    sql<{ seq: number | null; groups: number | null; gap: number | null }>`
      SELECT (SELECT max(seq) FROM account) AS seq, (SELECT max(groups_version) FROM principal) AS "groups",
        (SELECT max(resumes) FROM lost_number) AS gap`.compile(writer.build),
  );
  return Math.max(row?.seq ?? 0, row?.groups ?? 0, row?.gap ?? 0);
}
