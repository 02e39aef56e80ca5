import { isDeepStrictEqual } from 'node:util';
import type { Database, Reader } from '../database.ts';
import { compareTables } from './compareTables.ts';
import type { Compared } from './compareTables.ts';
import { CopyError } from './copyError.ts';
import { readCounter, writeCounter } from './counters.ts';
import { unmark } from './mark.ts';
import { beginCopy, keepProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { insertRows, nextBatch } from './rows.ts';
import { readTables } from './tables.ts';
import type { Table } from './tables.ts';

/**
 * Options of a copy: where its source is (an interrupted copy resumes only from the same source), and whom to tell of
 * its progress.
 */
export type CopyOptions = { readonly from: string; tell(step: string): void };

/**
 * Copies everything in a database into another one, of the same or the other kind, and compares the two. The source is
 * read as one snapshot; a source file cannot be written meanwhile. Each batch is stored together with a note of the
 * progress: an interrupted copy resumes there.
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
      for (const table of tables) await writeCounter(tx, table, await readCounter(state, table));
    });
    tell('Compares.');
    const compared = await compareTables(state, target, tables);
    await unmark(target);
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
