import { isDeepStrictEqual } from 'node:util';
import { readable } from '../copy/compareTables.ts';
import { writeCounter } from '../copy/counters.ts';
import { unmark } from '../copy/mark.ts';
import { emptyTables } from '../copy/progress.ts';
import { insertRows, nextBatch } from '../copy/rows.ts';
import type { Position } from '../copy/rows.ts';
import { readTables } from '../copy/tables.ts';
import type { Table } from '../copy/tables.ts';
import type { Database, Writer } from '../database.ts';
import { openDatabase } from '../openDatabase.ts';
import type { DatabasePlace } from '../openDatabase.ts';
import { wholeSchema } from '../target.ts';
import { BackupError } from './backupError.ts';
import { inBatches } from './batches.ts';
import { beginRestore } from './beginRestore.ts';
import type { Header } from './header.ts';
import type { Backup } from './readBackup.ts';
import { createSum } from './rowSum.ts';
import type { RowSum } from './rowSum.ts';

/** What has been restored: so many rows, and of them those that held U+0000, which PostgreSQL cannot hold. */
export type Restored = { readonly rows: number; readonly replaced: number };

/** What a restore is told: whom to tell how far it is, and what is done, in the newest schema, when all rows are there. */
export type RestoreOptions = { tell(step: string): void; finish(tx: Writer): Promise<void> };

type Tell = RestoreOptions['tell'];

/**
 * Restores a backup into an empty database: creates the tables as they were when it was taken, fills them, reads
 * everything again and compares, and migrates the schema. Until the last step the database is marked, and no server
 * starts on it.
 */
export async function restoreBackup(backup: Backup, place: DatabasePlace, options: RestoreOptions): Promise<Restored> {
  const { tell, finish } = options;
  const restored = await using(openDatabase(place, { target: await beginRestore(backup.header, place) }), (db) =>
    fill(db, backup, { place, tell }),
  );
  tell('Brings the schema up to date.');
  // Opened anew it gets what the schema has that came after the backup.
  await using(openDatabase(place, { target: wholeSchema }), async (db) => {
    await db.transaction(finish);
    await unmark(db);
  });
  return restored;
}

async function using<T>(opening: Promise<Database>, task: (db: Database) => Promise<T>): Promise<T> {
  const db = await opening;
  try {
    return await task(db);
  } finally {
    await db.close();
  }
}

async function fill(
  db: Database,
  { header, rows }: Backup,
  { place, tell }: { readonly place: DatabasePlace; readonly tell: Tell },
): Promise<Restored> {
  const tables = await tablesOf(db, header);
  await db.transaction((tx) => emptyTables(tx, tables));
  const sums = new Map(tables.map((table) => [table, createSum(table)]));
  let [count, replaced, last]: [number, number, Table | null] = [0, 0, null];
  for await (const { table, rows: read } of inBatches(rows, tables)) {
    if (table !== last) tell(`Restores ${table.name}.`);
    const kept = place.url === null ? read : read.map(readable);
    replaced += kept.filter((row, index) => !isDeepStrictEqual(row, read[index])).length;
    for (const row of kept) sums.get(table)!.add(row);
    // Triggers fill the others.
    if (!table.isFilled) await db.transaction((tx) => insertRows(tx, table, kept));
    [count, last] = [count + read.length, table];
  }
  const counters = new Map(header.tables.map(({ name, counter }) => [name, counter]));
  await db.transaction(async (tx) => {
    for (const table of tables) await writeCounter(tx, table, counters.get(table.name)!);
  });
  for (const [table, sum] of sums) {
    tell(`Compares ${table.name}.`);
    await compare(db, table, sum);
  }
  return { rows: count, replaced };
}

/** The tables of the target, which are those of the backup. */
async function tablesOf(db: Database, header: Header): Promise<Table[]> {
  const tables = await readTables(db);
  const shape = (all: readonly { readonly name: string; readonly columns: readonly string[] }[]) =>
    Object.fromEntries(all.map(({ name, columns }) => [name, columns.toSorted()]));
  if (!isDeepStrictEqual(shape(tables), shape(header.tables)))
    throw new BackupError('The tables of the backup are not those of its version of Coterie.');
  return tables;
}

/** What a table holds, read again, is what the backup says. */
async function compare(db: Database, table: Table, said: RowSum): Promise<void> {
  const there = createSum(table);
  for (let after: Position | null = null; ;) {
    const batch = await nextBatch(db, table, after);
    if (!batch) break;
    for (const row of batch.rows) there.add(row);
    after = batch.last;
  }
  if (there.value() === said.value()) return;
  throw new BackupError(`What is in ${table.name} is not what the backup says: empty the database, and restore again.`);
}
