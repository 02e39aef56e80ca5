import { createHash } from 'node:crypto';
import { appliedMigrations } from '../appliedMigrations.ts';
import { countRows, nextBatch } from '../copy/rows.ts';
import type { Position, Row, Value } from '../copy/rows.ts';
import { readCounter } from '../copy/counters.ts';
import { readTables } from '../copy/tables.ts';
import type { Table } from '../copy/tables.ts';
import type { Reader } from '../database.ts';
import type { Snapshot } from '../openSnapshot.ts';
import { format, formatVersion } from './header.ts';
import type { Header, TableHeader, Trailer } from './header.ts';

/** What a backup says about itself, and whom to tell how far it is. */
export type BackupOptions = { readonly made: Date; readonly key: string | null; tell(step: string): void };

/**
 * All that a database holds, as lines of JSON: a header, each table (a line with its name, then its rows) behind those to which its
 * rows refer, and a trailer with the hash of all lines before. A part is as large as a batch of rows.
 */
export async function* writeBackup(
  { reader, database }: Snapshot,
  { made, key, tell }: BackupOptions,
): AsyncGenerator<Buffer> {
  const [hash, tables] = [createHash('sha256'), await readTables(reader)];
  const part = (lines: readonly unknown[]) => {
    const octets = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    hash.update(octets);
    return octets;
  };
  const headers: TableHeader[] = [];
  for (const table of tables) headers.push(await headerOf(reader, table));
  const migrations = await appliedMigrations(reader);
  const header: Header = {
    format,
    version: formatVersion,
    made: made.toISOString(),
    database,
    migrations,
    tables: headers,
    key,
  };
  yield part([header]);
  let rows = 0;
  for (const table of tables) {
    tell(`Reads ${table.name}.`);
    yield part([table.name]);
    for (let after: Position | null = null; ;) {
      const batch = await nextBatch(reader, table, after);
      if (!batch) break;
      yield part(batch.rows.map((row) => lineOf(table, row)));
      [rows, after] = [rows + batch.rows.length, batch.last];
    }
  }
  const trailer: Trailer = { end: true, rows, sha256: hash.digest('hex') };
  yield Buffer.from(`${JSON.stringify(trailer)}\n`);
}

async function headerOf(reader: Reader, table: Table): Promise<TableHeader> {
  const { name, columns } = table;
  return { name, columns, rows: await countRows(reader, table), counter: await readCounter(reader, table) };
}

function lineOf({ columns }: Table, row: Row): unknown[] {
  return columns.map((column) => inJson(row[column]!));
}

function inJson(value: Value): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}
