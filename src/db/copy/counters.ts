import { sql } from 'kysely';
import type { Reader, Writer } from '../database.ts';
import { spelled } from '../dialect.ts';
import type { Table } from './tables.ts';

/** The last number that a table which numbers its rows has given, also when that row is gone; 0: none. */
export async function readCounter(source: Reader, { name, numbered }: Table): Promise<number> {
  if (numbered === null) return 0;
  const given = {
    sqlite: sql`SELECT max(seq) AS last FROM sqlite_sequence WHERE name = ${name}`,
    postgres: sql`SELECT pg_sequence_last_value(pg_get_serial_sequence(${name}, ${numbered})::regclass) AS last`,
  };
  const counter = await source.first(sql<{ last: number | null }>`${spelled(given)}`.compile(source.build));
  return counter?.last ?? 0;
}

/** The table goes on counting behind this number: one that was given is not given again. */
export async function writeCounter(tx: Writer, { name, numbered }: Table, given: number): Promise<void> {
  if (numbered === null) return;
  const column = sql.ref(numbered);
  const greatest = await tx.first(
    sql<{ last: number | null }>`SELECT max(${column}) AS last FROM ${sql.table(name)}`.compile(tx.build),
  );
  const last = Math.max(given, greatest?.last ?? 0);
  if (last === 0) return;
  const forgotten = {
    sqlite: sql`DELETE FROM sqlite_sequence WHERE name = ${name}`,
    postgres: sql`SELECT setval(pg_get_serial_sequence(${name}, ${numbered}), ${last})`,
  };
  await tx.run(sql`${spelled(forgotten)}`.compile(tx.build));
  const kept = {
    sqlite: sql`INSERT INTO sqlite_sequence SELECT name, ${last} FROM sqlite_schema
      WHERE name = ${name} AND instr(sql, 'AUTOINCREMENT') > 0`,
    postgres: sql`SELECT`,
  };
  await tx.run(sql`${spelled(kept)}`.compile(tx.build));
}
