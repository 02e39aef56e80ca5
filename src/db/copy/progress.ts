import { sql } from 'kysely';
import type { Database, Writer } from '../database.ts';
import { missingMigrations } from '../migrate.ts';
import { statementsOf } from '../postgres/spelling.ts';
import { CopyError } from './copyError.ts';
import { mark, readMark } from './mark.ts';
import { countRows } from './rows.ts';
import type { Position } from './rows.ts';
import type { Table } from './tables.ts';

/** How far a copy has come: the table, and its last row that is there; a null table: not begun. */
export type Progress = { readonly table: string | null; readonly after: Position | null };

/** Begins a copy in a database that is empty, or finds how far one of the same source has come. */
export async function beginCopy(target: Database, tables: readonly Table[], from: string): Promise<Progress> {
  const marked = await readMark(target);
  if (marked) {
    if (marked.what === 'restore') throw new CopyError(`The target holds ${marked.from}, restored in part: empty it.`);
    if (marked.from !== from)
      throw new CopyError(`The target holds an unfinished copy of ${marked.from}: empty it, or go on with that.`);
    return JSON.parse(marked.progress) as Progress;
  }
  const made = await tablesOfMigrations();
  for (const table of tables)
    if (!made.has(table.name) && (await countRows(target, table)) > 0)
      throw new CopyError(`The target is not empty (${table.name} has rows): name a new database.`);
  const progress: Progress = { table: null, after: null };
  await target.transaction(async (tx) => {
    await emptyTables(tx, tables);
    await mark(tx, { what: 'copy', from, progress: JSON.stringify(progress) });
  });
  return progress;
}

/** Keeps how far a copy has come, with the rows that it has brought. */
export async function keepProgress(tx: Writer, progress: Progress): Promise<void> {
  await tx.run(
    sql`UPDATE database_copy SET value = ${JSON.stringify(progress)} WHERE name = 'progress'`.compile(tx.build),
  );
}

/** Takes out the rows that a new database has by itself. */
export async function emptyTables(tx: Writer, tables: readonly Table[]): Promise<void> {
  const made = await tablesOfMigrations();
  for (const { name } of tables)
    if (made.has(name)) await tx.run(sql`DELETE FROM ${sql.table(name)}`.compile(tx.build));
}

/** The tables that have rows in a new database. */
async function tablesOfMigrations(): Promise<Set<string>> {
  const statements = (await missingMigrations(new Set(), 'sqlite')).flatMap(({ script }) => statementsOf(script));
  const made = statements.map((statement) => /^INSERT INTO (\w+)(?!.*\bSELECT\b)/su.exec(statement)?.[1]);
  return new Set(made.filter((name) => name !== undefined));
}
