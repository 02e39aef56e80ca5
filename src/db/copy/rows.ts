import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader, Writer } from '../database.ts';
import type { Table } from './tables.ts';

/** A value of a column. */
export type Value = string | number | Uint8Array | null;
/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;
/** The position of a row in the order in which a table is read: its key. */
export type Position = readonly Value[];
/** Rows that are handled together, and the position of the last. */
export type Batch = { readonly rows: readonly Row[]; readonly last: Position };

/** So much is held at once, unless a single row is larger; databases take some ten thousand values with a statement. */
const [mostRows, mostValues, mostOctets] = [500, 20_000, 8_000_000];

/** The rows behind a position (null: from the first one on), in the order of the key; null when there are none. */
export async function nextBatch(db: Reader, table: Table, after: Position | null): Promise<Batch | null> {
  const { prefix, from, position } = ordered(table);
  const behind = after === null ? sql`` : sql`WHERE (${sql.join(position)}) > (${sql.join(after)})`;
  const order = sql`ORDER BY ${sql.join(position)}`;
  const octets = table.large.map((column) => sql`coalesce(octet_length(${ofItem(column)}), 0)`);
  const places = position.map((place, index) => sql`${place} AS ${sql.ref(`place${index}`)}`);
  const limit = rowsAtOnce(table);
  // What comes is measured before it is read.
  const measured = await db.all(
    sql<Record<string, Value> & { octets: number }>`
      ${prefix} SELECT ${sql.join(places)}, ${sql.join([sql`0`, ...octets], sql` + `)} AS octets
      FROM ${from} ${behind} ${order} LIMIT ${sql.lit(limit)}`.compile(db.build),
  );
  let sum = 0;
  const fitting = measured.filter((each, index) => (sum += Number(each.octets)) <= mostOctets || index === 0);
  const end = fitting.at(-1);
  if (!end) return null;
  const last = position.map((_place, index) => end[`place${index}`]!);
  const until = sql`(${sql.join(position)}) <= (${sql.join(last)})`;
  const rows = await db.all(
    sql<Row>`${prefix} SELECT ${sql.join(table.columns.map(ofItem))}
      FROM ${from} ${after === null ? sql`WHERE` : sql`${behind} AND`} ${until} ${order}`.compile(db.build),
  );
  return { rows, last };
}

function rowsAtOnce({ columns }: Table): number {
  return Math.max(1, Math.min(mostRows, Math.floor(mostValues / columns.length)));
}

/** Whether so many rows, of so many octets, are more than are held at once. */
export function isTooMuch(table: Table, rows: number, octets: number): boolean {
  return rows > rowsAtOnce(table) || octets > mostOctets;
}

/** Those rows of a table that have the keys of these ones. */
export async function rowsWithKeysOf(db: Reader, table: Table, rows: readonly Row[]): Promise<Row[]> {
  const valueOf = (row: Row, column: string) =>
    table.numbers.includes(column) ? sql`CAST(${row[column]} AS INTEGER)` : sql`${row[column]}`;
  const keys = rows.map((row) => sql`(${sql.join(table.key.map((column) => valueOf(row, column)))})`);
  return db.all(
    sql<Row>`SELECT ${sql.join(table.columns.map(ofItem))} FROM ${sql.table(table.name)} AS item
      WHERE (${sql.join(table.key.map(ofItem))}) IN (VALUES ${sql.join(keys)})`.compile(db.build),
  );
}

/** Writes rows that are not there yet. */
export async function insertRows(tx: Writer, table: Table, rows: readonly Row[]): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(table.columns.map((column) => row[column]))})`);
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  await tx.run(sql`INSERT INTO ${sql.table(table.name)} (${columns}) VALUES ${sql.join(values)}`.compile(tx.build));
}

/** How many rows a table has. */
export async function countRows(db: Reader, { name }: Table): Promise<number> {
  const counted = await db.first(
    sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(name)}`.compile(db.build),
  );
  return counted!.rows;
}

const ofItem = (column: string) => sql.ref(`item.${column}`);

type Ordered = {
  readonly prefix: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
  readonly position: readonly RawBuilder<unknown>[];
};

/** A table in the order of its key; one whose rows refer to others of it, level by level, so that those come first. */
function ordered({ name, key, parent }: Table): Ordered {
  const table = sql.table(name);
  const places = key.map((column) => sql`${ofItem(column)}`);
  if (parent === null) return { prefix: sql``, from: sql`${table} AS item`, position: places };
  const [id] = places;
  return {
    prefix: sql`WITH RECURSIVE placed (id, depth) AS (
      SELECT ${id}, 0 FROM ${table} AS item WHERE ${ofItem(parent)} IS NULL
      UNION ALL SELECT ${id}, placed.depth + 1 FROM ${table} AS item JOIN placed ON ${ofItem(parent)} = placed.id)`,
    from: sql`${table} AS item JOIN placed ON placed.id = ${id}`,
    position: [sql`placed.depth`, ...places],
  };
}
