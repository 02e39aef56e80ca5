import SqliteDatabase from 'better-sqlite3';

/** The values of a row, in the order of the columns. */
type Row = (string | number | null)[];

/** A table, and the column by which its rows belong to what is copied. */
type Table = { readonly name: string; readonly key: string };

/** What is written in a copy in the place of what stands in the original: ids, names. */
export type Substitution = ReadonlyMap<string, string>;

/** What to copy, how often, and how each copy differs; all words are plain letters and digits. */
export type Multiplication = {
  readonly tables: readonly Table[];
  readonly ids: readonly string[];
  /** How many copies in all; the originals are copied in turn. */
  readonly copies: number;
  substitution(id: string, copy: number): Substitution;
  /** A number that has to be another one in each row: of which table, in which column. */
  readonly numbered?: { readonly table: string; readonly column: string; next(): number };
};

/**
 * Copies what the program's own operations have made, row by row and under other names: a hundred thousand cards in
 * seconds, each as it would have been written one by one.
 */
export function multiply(file: string, { tables, ids, copies, substitution, numbered }: Multiplication): void {
  const database = new SqliteDatabase(file);
  for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -262144']) database.pragma(pragma);
  const writers = tables.map(({ name, key }) => {
    const columns = database.pragma(`table_info(${name})`) as { name: string; pk: number }[];
    database.exec(`CREATE TEMP TABLE copy_of_${name} AS SELECT * FROM ${name} WHERE 0`);
    return {
      read: database.prepare<[string], Row>(`SELECT * FROM ${name} WHERE ${key} = ?`).raw(),
      write: database.prepare<(string | number | null)[]>(
        `INSERT INTO copy_of_${name} VALUES (${columns.map(() => '?').join()})`,
      ),
      numberAt: numbered?.table === name ? columns.findIndex((column) => column.name === numbered.column) : -1,
    };
  });
  // Values alone, without the names of the columns: a name may be a part of those.
  const originals = ids.map((id) => JSON.stringify(writers.map(({ read }) => read.all(id))));
  database.transaction(() => {
    for (let copy = 0; copy < copies; copy++) {
      const place = copy % ids.length;
      const copied = substitute(originals[place]!, substitution(ids[place]!, copy));
      for (const [index, rows] of (JSON.parse(copied) as Row[][]).entries()) {
        const { write, numberAt } = writers[index]!;
        for (const row of rows) write.run(...(numberAt < 0 ? row : row.with(numberAt, numbered!.next())));
      }
    }
    for (const { name } of tables) moveIn(database, name);
  })();
  database.close();
}

/** In the order of the key, and its indexes made anew afterwards: rows that come at random cost ten times as much. */
function moveIn(database: SqliteDatabase.Database, table: string): void {
  const columns = database.pragma(`table_info(${table})`) as { name: string; pk: number }[];
  const key = columns.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);
  const indexes = database
    .prepare<[string], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    )
    .all(table);
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  database.exec(`INSERT INTO ${table} SELECT * FROM copy_of_${table} ORDER BY ${key.map(({ name }) => name).join()}`);
  for (const { sql } of indexes) database.exec(sql);
  database.exec(`DROP TABLE copy_of_${table}`);
}

function substitute(text: string, words: Substitution): string {
  return text.replace(new RegExp([...words.keys()].join('|'), 'gu'), (word) => words.get(word)!);
}
