import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Database, Reader, Writer } from '../database.ts';
import { spelled } from '../dialect.ts';
import { compareTables } from './compareTables.ts';
import type { Compared } from './compareTables.ts';
import { CopyError } from './copyError.ts';
import { beginCopy, endCopy, keepProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { insertRows, nextBatch } from './rows.ts';
import { readTables } from './tables.ts';
import type { Table } from './tables.ts';

/** What a copy is told: where its source is (a copy that was interrupted goes on only from there), and whom to tell how far it is. */
export type CopyOptions = { readonly from: string; tell(step: string): void };

/**
 * Copies all that a database holds into another one, of the same or another kind, and compares the two. The source is read in one
 * state, and nobody writes a file while it is read. Each batch is kept with the note of how far the copy has come: one that was
 * interrupted goes on there.
 */
export async function copyDatabase(source: Database, target: Database, { from, tell }: CopyOptions): Promise<Compared> {
  return source.transaction(async (state) => {
    const tables = await sameTables(state, target);
    const progress = await beginCopy(target, tables, from);
    if (progress.table !== null) tell(`Goes on behind the rows of ${progress.table} that are there.`);
    for (const [table, after] of remaining(tables, progress)) {
      tell(`Copies ${table.name}.`);
      await copyTable(state, target, { table, after });
    }
    await target.transaction(async (tx) => {
      for (const table of tables) await copyCounter(state, tx, table);
    });
    tell('Compares.');
    const compared = await compareTables(state, target, tables);
    await endCopy(target);
    return compared;
  });
}

/** The tables of both; what the triggers of the target fill counts as filled. */
async function sameTables(source: Reader, target: Reader): Promise<Table[]> {
  const [one, other] = [await readTables(source), await readTables(target)];
  const shape = (tables: readonly Table[]) =>
    tables.map(({ name, columns, key, parent, isFilled }) => ({ name, columns, key, parent, isFilled }));
  if (!isDeepStrictEqual(shape(one), shape(other)))
    throw new CopyError('The tables of the two databases are not the same.');
  return one;
}

/** The tables that are to be copied, and behind which row. */
function remaining(tables: readonly Table[], { table, after }: Progress): [Table, Progress['after']][] {
  const begun = tables.findIndex(({ name }) => name === table);
  return tables
    .slice(Math.max(begun, 0))
    .filter(({ isFilled }) => !isFilled)
    .map((each) => [each, each.name === table ? after : null]);
}

async function copyTable(
  source: Reader,
  target: Database,
  { table, after }: { readonly table: Table; readonly after: Progress['after'] },
): Promise<void> {
  for (let reached = after; ;) {
    const batch = await nextBatch(source, table, reached);
    if (!batch) return;
    await target.transaction(async (tx) => {
      await insertRows(tx, table, batch.rows);
      await keepProgress(tx, { table: table.name, after: batch.last });
    });
    reached = batch.last;
  }
}

/** The target goes on counting where the source is: a number that was given is not given again, also when its row is gone. */
async function copyCounter(source: Reader, tx: Writer, { name, numbered }: Table): Promise<void> {
  if (numbered === null) return;
  const given = {
    sqlite: sql`SELECT max(seq) AS last FROM sqlite_sequence WHERE name = ${name}`,
    postgres: sql`SELECT pg_sequence_last_value(pg_get_serial_sequence(${name}, ${numbered})::regclass) AS last`,
  };
  const column = sql.ref(numbered);
  const counter = await source.first(sql<{ last: number | null }>`${spelled(given)}`.compile(source.build));
  const greatest = await tx.first(
    sql<{ last: number | null }>`SELECT max(${column}) AS last FROM ${sql.table(name)}`.compile(tx.build),
  );
  const last = Math.max(counter?.last ?? 0, greatest?.last ?? 0);
  if (last === 0) return;
  const forgotten = {
    sqlite: sql`DELETE FROM sqlite_sequence WHERE name = ${name}`,
    postgres: sql`SELECT setval(pg_get_serial_sequence(${name}, ${numbered}), ${last})`,
  };
  await tx.run(sql`${spelled(forgotten)}`.compile(tx.build));
  const kept = {
    sqlite: sql`INSERT INTO sqlite_sequence SELECT name, ${last} FROM sqlite_schema
      WHERE name = ${name} AND instr(sql, 'AUTOINCREMENT') > 0`,
    postgres: sql`SELECT`,
  };
  await tx.run(sql`${spelled(kept)}`.compile(tx.build));
}
