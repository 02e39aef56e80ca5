import { sql } from 'kysely';
import type { Reader } from './database.ts';
import { spelled } from './dialect.ts';
import { readCounter } from './copy/counters.ts';
import { readReferences, readTables } from './copy/tables.ts';

/** Rows that refer to other rows, and those whose target does not exist. */
export type References = {
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  readonly dangling: number;
};

/** What SQLite reports about its file; PostgreSQL looks after its own. */
export async function readDamage(db: Reader): Promise<string[]> {
  const words = {
    sqlite: sql`SELECT integrity_check AS said FROM pragma_integrity_check`,
    postgres: sql`SELECT 'ok' AS said`,
  };
  const rows = await db.all(sql<{ said: string }>`${spelled(words)}`.compile(db.build));
  return rows.map(({ said }) => said).filter((said) => said !== 'ok');
}

/** Checks all references between tables. */
export async function* readDangling(db: Reader): AsyncGenerator<References> {
  const keys = new Map((await readTables(db)).map(({ name, key }) => [name, key]));
  for (const { table, column, referred } of await readReferences(db)) {
    const [key, ...more] = keys.get(referred) ?? [];
    if (key === undefined || more.length > 0) continue;
    const here = sql.ref(`here.${column}`);
    const found = await db.first(
      sql<{ rows: number; dangling: number }>`SELECT count(*) AS rows,
        sum(CASE WHEN there.${sql.ref(key)} IS NULL THEN 1 ELSE 0 END) AS dangling
        FROM ${sql.table(table)} AS here LEFT JOIN ${sql.table(referred)} AS there ON there.${sql.ref(key)} = ${here}
        WHERE ${here} IS NOT NULL`.compile(db.build),
    );
    yield { table, column, rows: found!.rows, dangling: found!.dangling ?? 0 };
  }
}

/** Tables that number their rows, and whether they would give out a number again. */
export async function* readNumbering(
  db: Reader,
): AsyncGenerator<{ readonly table: string; readonly isBehind: boolean }> {
  for (const table of await readTables(db)) {
    const given = await readCounter(db, table);
    if (table.numbered === null || given === 0) continue;
    const greatest = await db.first(
      sql<{ last: number | null }>`SELECT max(${sql.ref(table.numbered)}) AS last
        FROM ${sql.table(table.name)}`.compile(db.build),
    );
    yield { table: table.name, isBehind: (greatest?.last ?? 0) > given };
  }
}
