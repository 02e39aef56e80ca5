import { sql } from 'kysely';
import type { Reader, Writer } from '../database.ts';
import { spelled } from '../dialect.ts';

/** What a database says about itself until everything that is being copied or restored into it is there. */
export type Mark = { readonly what: 'copy' | 'restore'; readonly from: string; readonly progress: string };

const made = 'CREATE TABLE database_copy (name TEXT PRIMARY KEY, value TEXT NOT NULL)';

/** Marks a database as incomplete: nobody uses it until it is complete. */
export async function mark(tx: Writer, { what, from, progress }: Mark): Promise<void> {
  await tx.run(sql.raw(made).compile(tx.build));
  const rows = sql`('what', ${what}), ('from', ${from}), ('progress', ${progress})`;
  await tx.run(sql`INSERT INTO database_copy VALUES ${rows}`.compile(tx.build));
}

/** Removes the mark: the database is complete. */
export async function unmark(target: {
  transaction(task: (tx: Writer) => Promise<unknown>): Promise<unknown>;
}): Promise<void> {
  await target.transaction((tx) => tx.run(sql`DROP TABLE database_copy`.compile(tx.build)));
}

/** The mark of an incomplete database; null: it is complete. */
export async function readMark(db: Reader): Promise<Mark | null> {
  const words = {
    sqlite: sql`SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'database_copy'`,
    postgres: sql`SELECT count(*) AS tables FROM pg_class
      WHERE relname = 'database_copy' AND relnamespace = current_schema()::text::regnamespace`,
  };
  const found = await db.first(sql<{ tables: number }>`${spelled(words)}`.compile(db.build));
  if (found!.tables === 0) return null;
  const rows = await db.all(
    sql<{ name: string; value: string }>`SELECT name, value FROM database_copy`.compile(db.build),
  );
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? '';
  return { what: value('what') === 'restore' ? 'restore' : 'copy', from: value('from'), progress: value('progress') };
}

/** Throws if a database is incomplete. */
export async function requireWhole(db: Reader): Promise<void> {
  const found = await readMark(db);
  if (found === null) return;
  throw new Error(
    found.what === 'copy'
      ? `It holds an unfinished copy of ${found.from}. Run « db copy » again until it says « Copied », or empty it.`
      : `It holds ${found.from}, which was not restored to its end. Empty it, and restore again.`,
  );
}
