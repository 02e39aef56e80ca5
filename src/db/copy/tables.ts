import { sql } from 'kysely';
import type { Reader } from '../database.ts';
import { spelled } from '../dialect.ts';
import { CopyError } from './copyError.ts';

/** A table of a database, as the database itself describes it. */
export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of text and of octets: what makes rows large. */
  readonly large: readonly string[];
  /** Columns of numbers. */
  readonly numbers: readonly string[];
  /** What tells its rows apart: its primary key, or all columns when it has none. */
  readonly key: readonly string[];
  /** The column that names another row of the same table, which must be there before. */
  readonly parent: string | null;
  /** The column that the database numbers itself. */
  readonly numbered: string | null;
  /** Triggers fill it from what is written into other tables. */
  readonly isFilled: boolean;
};

/** What belongs to one database, or holds for minutes, and is not copied into another. */
const ofItsOwn: ReadonlySet<string> = new Set([
  'migration',
  'database_copy',
  'commit_news',
  'throttle',
  'server_life',
  'server_here',
]);

/** The tables, each behind those to which its rows refer. */
export async function readTables(db: Reader): Promise<Table[]> {
  const [columns, references, filled] = [await readColumns(db), await readReferences(db), await readFilled(db)];
  const byTable = Map.groupBy(
    columns.filter(({ table }) => !ofItsOwn.has(table)),
    ({ table }) => table,
  );
  const tables = Array.from(byTable, ([name, own]) => {
    const parent = references.find(({ table, referred }) => table === name && referred === name)?.column ?? null;
    return describe(name, own, { parent, isFilled: filled.has(name) });
  });
  return inOrder(tables, references);
}

type Column = {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** The place in the primary key, from 1; 0: not in it. */
  readonly place: number;
};

function describe(
  name: string,
  own: readonly Column[],
  { parent, isFilled }: Pick<Table, 'parent' | 'isFilled'>,
): Table {
  const isNumber = ({ type }: Column) => /^(?:INTEGER|BIGINT)$/iu.test(type);
  const primary = own.filter(({ place }) => place > 0).sort((one, other) => one.place - other.place);
  const numbered = primary.length === 1 && isNumber(primary[0]!) ? primary[0]!.column : null;
  // Numbers that the database gives to rows which it makes itself are its own.
  const columns = own.map(({ column }) => column).filter((column) => !isFilled || column !== numbered);
  const key = primary.map(({ column }) => column).filter((column) => columns.includes(column));
  return {
    name,
    columns: columns.toSorted(),
    large: own.filter((each) => !isNumber(each)).map(({ column }) => column),
    numbers: own.filter(isNumber).map(({ column }) => column),
    key: key.length > 0 ? key : columns,
    parent,
    numbered: isFilled ? null : numbered,
    isFilled,
  };
}

/** A column of a table that names rows of another. */
export type Reference = { readonly table: string; readonly referred: string; readonly column: string };

function inOrder(tables: readonly Table[], references: readonly Reference[]): Table[] {
  const [ordered, waiting] = [[] as Table[], new Map(tables.map((table) => [table.name, table]))];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ name }) =>
      references.every(({ table, referred }) => table !== name || referred === name || !waiting.has(referred)),
    );
    if (ready.length === 0) throw new CopyError(`Tables refer to each other: ${[...waiting.keys()].join(', ')}.`);
    for (const table of ready.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      ordered.push(table);
      waiting.delete(table.name);
    }
  }
  return ordered;
}

function readColumns(db: Reader): Promise<Column[]> {
  const words = {
    sqlite: sql`SELECT t.name AS "table", c.name AS "column", c.type AS type, c.pk AS place
      FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
      WHERE t.schema = 'main' AND t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_'
      ORDER BY t.name, c.cid`,
    postgres: sql`SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS type,
        coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) AS place
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::text::regnamespace
      ORDER BY c.relname, a.attnum`,
  };
  return db.all(sql<Column>`${spelled(words)}`.compile(db.build));
}

/** The references between tables. */
export function readReferences(db: Reader): Promise<Reference[]> {
  const words = {
    sqlite: sql`SELECT t.name AS "table", f."table" AS referred, f."from" AS "column"
      FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS f
      WHERE t.schema = 'main' AND t.type = 'table'`,
    postgres: sql`SELECT one.relname AS "table", other.relname AS referred, a.attname AS "column"
      FROM pg_constraint AS f JOIN pg_class AS one ON one.oid = f.conrelid JOIN pg_class AS other ON other.oid = f.confrelid
      JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
      WHERE f.contype = 'f' AND one.relnamespace = current_schema()::text::regnamespace`,
  };
  return db.all(sql<Reference>`${spelled(words)}`.compile(db.build));
}

/** The tables into which triggers write when rows come into others. */
async function readFilled(db: Reader): Promise<Set<string>> {
  const words = {
    sqlite: sql`SELECT sql AS script FROM sqlite_schema WHERE type = 'trigger' AND instr(sql, ' INSERT ON ') > 0`,
    postgres: sql`SELECT p.prosrc AS script FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
      WHERE NOT t.tgisinternal AND (t.tgtype & 4) <> 0`,
  };
  const triggers = await db.all(sql<{ script: string }>`${spelled(words)}`.compile(db.build));
  return new Set(
    triggers.flatMap(({ script }) =>
      Array.from(script.matchAll(/\bINSERT (?:OR \w+ )?INTO (\w+)/gu), ([, table]) => table!),
    ),
  );
}
