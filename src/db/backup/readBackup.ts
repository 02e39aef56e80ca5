import { createHash } from 'node:crypto';
import type { Row, Value } from '../copy/rows.ts';
import { BackupError } from './backupError.ts';
import { parse, readHeader } from './header.ts';
import type { Header, TableHeader, Trailer } from './header.ts';
import { linesOf } from './lines.ts';

/** A row of a backup, and the length of its line. */
export type BackupRow = { readonly table: TableHeader; readonly row: Row; readonly octets: number };

/**
 * A backup that is being read: its header and its rows, which end with an error if anything is missing or was changed.
 */
export type Backup = { readonly header: Header; readonly rows: AsyncIterable<BackupRow> };

const cut = 'The backup is cut off or damaged: take another one.';

/** Reads a backup. If the rows can be read to the end without an error, they are exactly what was written. */
export async function readBackup(octets: AsyncIterable<Uint8Array>): Promise<Backup> {
  const lines = linesOf(octets);
  const first = await lines.next();
  if (first.done) throw new BackupError(cut);
  const header = readHeader(first.value.toString());
  return { header, rows: readRows(header, first.value, lines) };
}

async function* readRows(header: Header, first: Buffer, lines: AsyncIterable<Buffer>): AsyncGenerator<BackupRow> {
  const hash = createHash('sha256').update(first).update('\n');
  const waiting = header.tables.values();
  let [table, left, rows]: [TableHeader | undefined, number, number] = [undefined, 0, 0];
  let trailer: Partial<Trailer> | null = null;
  for await (const line of lines) {
    const value = parse(line.toString());
    // Nothing comes behind the end.
    if (trailer !== null || value === null) throw new BackupError(cut);
    if (Array.isArray(value)) {
      if (!table || left === 0) throw new BackupError(cut);
      yield { table, row: rowOf(table, value), octets: line.length };
      [left, rows] = [left - 1, rows + 1];
    } else if (typeof value === 'string') {
      table = waiting.next().value;
      if (left > 0 || table?.name !== value) throw new BackupError(cut);
      left = table.rows;
    } else {
      trailer = value as Partial<Trailer>;
      continue;
    }
    hash.update(line).update('\n');
  }
  const isWhole = trailer?.end === true && left === 0 && waiting.next().done === true && trailer.rows === rows;
  if (!isWhole || trailer?.sha256 !== hash.digest('hex')) throw new BackupError(cut);
}

function rowOf({ columns }: TableHeader, values: readonly unknown[]): Row {
  if (values.length !== columns.length) throw new BackupError(cut);
  return Object.fromEntries(columns.map((column, index) => [column, valueOf(values[index])]));
}

function valueOf(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  const { base64 } = value as { base64?: unknown };
  if (typeof base64 !== 'string') throw new BackupError(cut);
  return Buffer.from(base64, 'base64');
}
