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
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -262144');
  const writers = tables.map(({ name, key }) => {
    const columns = (database.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name);
    return {
      read: database.prepare<[string], Row>(`SELECT * FROM ${name} WHERE ${key} = ?`).raw(),
      write: database.prepare<(string | number | null)[]>(
        `INSERT INTO ${name} VALUES (${columns.map(() => '?').join()})`,
      ),
      numberAt: numbered?.table === name ? columns.indexOf(numbered.column) : -1,
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
  })();
  database.close();
}

function substitute(text: string, words: Substitution): string {
  return text.replace(new RegExp([...words.keys()].join('|'), 'gu'), (word) => words.get(word)!);
}
