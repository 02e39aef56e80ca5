import { isTooMuch } from '../copy/rows.ts';
import type { Row } from '../copy/rows.ts';
import type { Table } from '../copy/tables.ts';
import type { BackupRow } from './readBackup.ts';

/** Rows of one table that are written together. */
type Batch = { readonly table: Table; readonly rows: readonly Row[] };

/** The rows of a backup, table by table, as many at once as are held at once. */
export async function* inBatches(rows: AsyncIterable<BackupRow>, tables: readonly Table[]): AsyncGenerator<Batch> {
  const byName = new Map(tables.map((table) => [table.name, table]));
  let [table, batch, octets]: [Table | undefined, Row[], number] = [undefined, [], 0];
  for await (const { table: of, row, octets: more } of rows) {
    const next = byName.get(of.name)!;
    if (table && (next !== table || isTooMuch(table, batch.length + 1, octets + more))) {
      yield { table, rows: batch };
      [batch, octets] = [[], 0];
    }
    [table, octets] = [next, octets + more];
    batch.push(row);
  }
  if (table) yield { table, rows: batch };
}
