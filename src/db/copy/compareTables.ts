import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { Reader } from '../database.ts';
import { CopyError } from './copyError.ts';
import { countRows, nextBatch, rowsWithKeysOf } from './rows.ts';
import type { Position, Row, Value } from './rows.ts';
import type { Table } from './tables.ts';

/** What was compared, and found to be equal. */
export type Compared = {
  readonly rows: number;
  /** SHA-256 over all rows in one form; the same for the same data in any database. */
  readonly hash: string;
  /** The rows in which U+0000 has become U+FFFD: how many, and the first of them. */
  readonly replaced: { readonly count: number; readonly first: readonly string[] };
};

const mostNamed = 20;

/** Compares all rows of two databases; throws with the table and key of the first row that differs. */
export async function compareTables(source: Reader, target: Reader, tables: readonly Table[]): Promise<Compared> {
  const [hash, replaced] = [createHash('sha256'), { count: 0, first: [] as string[] }];
  let rows = 0;
  for (const table of tables) {
    hash.update(`${table.name}\n`);
    const found = await compareTable(source, target, { table, hash });
    rows += found.rows;
    replaced.count += found.replaced.length;
    replaced.first.push(...found.replaced.slice(0, mostNamed - replaced.first.length));
  }
  return { rows, hash: hash.digest('hex'), replaced };
}

async function compareTable(
  source: Reader,
  target: Reader,
  { table, hash }: { readonly table: Table; readonly hash: Hash },
): Promise<{ rows: number; replaced: string[] }> {
  const replaced: string[] = [];
  let [rows, after]: [number, Position | null] = [0, null];
  for (;;) {
    const batch = await nextBatch(source, table, after);
    if (!batch) break;
    const there = Map.groupBy(await rowsWithKeysOf(target, table, batch.rows), (row) => nameOf(table, row));
    for (const row of batch.rows) {
      const name = nameOf(table, row);
      // Of rows without a key several may be the same.
      const copy = there.get(name)?.pop();
      if (!copy) throw difference(`${table.name} ${name} is missing in the target.`);
      const form = formOf(table, copy);
      if (form !== formOf(table, row)) {
        if (form !== formOf(table, readable(row))) throw difference(`${table.name} ${name} is not the same in both.`);
        replaced.push(`${table.name} ${name}`);
      }
      hash.update(form);
    }
    [rows, after] = [rows + batch.rows.length, batch.last];
  }
  if ((await countRows(target, table)) !== rows)
    throw difference(`${table.name} ${await surplus(source, target, table)} is in the target alone.`);
  return { rows, replaced };
}

function difference(what: string): CopyError {
  return new CopyError(`The copy is not the same, do not use it: ${what}`);
}

/** The first row of the target that the source does not have. */
async function surplus(source: Reader, target: Reader, table: Table): Promise<string> {
  for (let after: Position | null = null; ;) {
    const batch = await nextBatch(target, table, after);
    if (!batch) return '(a row more than once)';
    const there = new Set((await rowsWithKeysOf(source, table, batch.rows)).map((row) => nameOf(table, row)));
    const extra = batch.rows.map((row) => nameOf(table, row)).find((name) => !there.has(name));
    if (extra !== undefined) return extra;
    after = batch.last;
  }
}

/** The key of a row, for people. */
function nameOf({ key }: Table, row: Row): string {
  return JSON.stringify(key.map((column) => readableValue(row[column]!)));
}

function readableValue(value: Value): Value {
  return typeof value === 'string' ? value.replaceAll('\0', '\u{fffd}') : value;
}

/** A text as a database stores it that cannot hold U+0000. */
export function readable(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, readableValue(value)]));
}

/** A row in one canonical form: each value with its type and length. */
export function formOf({ columns }: Pick<Table, 'columns'>, row: Row): string {
  return `${columns.map((column) => `${column}=${formOfValue(row[column]!)}`).join(';')}\n`;
}

function formOfValue(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return `number ${value}`;
  if (typeof value === 'string') return `text ${value.length} ${value}`;
  return `octets ${value.length} ${Buffer.from(value).toString('base64')}`;
}
