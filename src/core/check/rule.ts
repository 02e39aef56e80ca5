import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import type { Finding } from './finding.ts';

/** Something that is always true of the rows of a table, as a query for the rows that break it. */
export type Rule = {
  readonly holds: string;
  readonly table: keyof Schema;
  /** A query with one column, `id`: what the rows are called for which it does not hold. */
  readonly broken: RawBuilder<unknown>;
};

/** Checks a rule: the database counts, and returns only the first of the rows. */
export async function askRule(reader: Reader, { holds, table, broken }: Rule): Promise<Finding> {
  const found = await reader.first(
    sql<{ checked: number; faults: number; first: string | null }>`
      SELECT (SELECT count(*) FROM ${sql.table(table)}) AS checked, count(*) AS faults, min(id) AS first
      FROM (${broken}) AS broken`.compile(reader.build),
  );
  const { checked, faults, first } = found!;
  return { holds, checked, faults, first: first === null ? null : `${table} ${first}` };
}
