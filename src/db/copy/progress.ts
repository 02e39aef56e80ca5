import { sql } from 'kysely';
import type { Database, Reader, Writer } from '../database.ts';
import { spelled } from '../dialect.ts';
import { missingMigrations } from '../migrate.ts';
import { statementsOf } from '../postgres/spelling.ts';
import { CopyError } from './copyError.ts';
import { countRows } from './rows.ts';
import type { Position } from './rows.ts';
import type { Table } from './tables.ts';

/** How far a copy has come: the table, and its last row that is there; a null table: not begun. */
export type Progress = { readonly table: string | null; readonly after: Position | null };

/** Begins a copy in a database that is empty, or finds how far one of the same source has come. */
export async function beginCopy(target: Database, tables: readonly Table[], from: string): Promise<Progress> {
  if (await isUnderWay(target)) {
    const state = new Map((await readState(target)).map(({ name, value }) => [name, value]));
    if (state.get('from') !== from)
      throw new CopyError(`The target holds an unfinished copy of ${state.get('from')}: empty it, or go on with that.`);
    return JSON.parse(state.get('progress')!) as Progress;
  }
  const made = await tablesOfMigrations();
  for (const table of tables)
    if (!made.has(table.name) && (await countRows(target, table)) > 0)
      throw new CopyError(`The target is not empty (${table.name} has rows): name a new database.`);
  const progress: Progress = { table: null, after: null };
  await target.transaction(async (tx) => {
    for (const name of made) await tx.run(sql`DELETE FROM ${sql.table(name)}`.compile(tx.build));
    await tx.run(sql`CREATE TABLE database_copy (name TEXT PRIMARY KEY, value TEXT NOT NULL)`.compile(tx.build));
    await tx.run(
      sql`INSERT INTO database_copy VALUES ('from', ${from}), ('progress', ${JSON.stringify(progress)})`.compile(
        tx.build,
      ),
    );
  });
  return progress;
}

/** Keeps how far a copy has come, with the rows that it has brought. */
export async function keepProgress(tx: Writer, progress: Progress): Promise<void> {
  await tx.run(
    sql`UPDATE database_copy SET value = ${JSON.stringify(progress)} WHERE name = 'progress'`.compile(tx.build),
  );
}

/** The copy is whole: nothing reminds of it. */
export async function endCopy(target: Database): Promise<void> {
  await target.transaction((tx) => tx.run(sql`DROP TABLE database_copy`.compile(tx.build)));
}

/** Whether a database holds a copy that is not whole. */
async function isUnderWay(db: Reader): Promise<boolean> {
  const words = {
    sqlite: sql`SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'database_copy'`,
    postgres: sql`SELECT count(*) AS tables FROM pg_class
      WHERE relname = 'database_copy' AND relnamespace = current_schema()::text::regnamespace`,
  };
  return (await db.first(sql<{ tables: number }>`${spelled(words)}`.compile(db.build)))!.tables > 0;
}

function readState(db: Reader): Promise<{ name: string; value: string }[]> {
  return db.all(sql<{ name: string; value: string }>`SELECT name, value FROM database_copy`.compile(db.build));
}

/** The tables that have rows in a new database. */
async function tablesOfMigrations(): Promise<Set<string>> {
  const statements = (await missingMigrations(new Set(), 'sqlite')).flatMap(({ script }) => statementsOf(script));
  const made = statements.map((statement) => /^INSERT INTO (\w+)(?!.*\bSELECT\b)/su.exec(statement)?.[1]);
  return new Set(made.filter((name) => name !== undefined));
}
