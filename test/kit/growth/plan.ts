import type { Client } from 'pg';
import { spellQuery } from '../../../src/db/postgres/spelling.ts';
import { partitionedTables } from './partition.ts';
import type { Said } from './recorder.ts';

/** What a plan does with one table. */
export type Access = {
  readonly table: string;
  /** The partition; null: the table is not cut into any, or rows go to whichever they belong to. */
  readonly partition: number | null;
  /** How rows are found: by the condition of an index, or by reading all. */
  readonly isBounded: boolean;
};

type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Node[];
};

/** Reading all of a table is the last way; by itself the database would read the few rows of a test so. */
export async function preferIndexes(client: Client): Promise<void> {
  await client.query('SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off');
}

/** How the database would run a statement, with the values that it had. */
export async function planOf(client: Client, { sql, parameters }: Said): Promise<Access[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Node }[] }>({
    text: `EXPLAIN (FORMAT JSON) ${spellQuery(sql)}`,
    values: [...parameters],
  });
  return accesses(rows[0]!['QUERY PLAN'][0]!.Plan);
}

function accesses(node: Node): Access[] {
  const inner = (node.Plans ?? []).flatMap(accesses);
  const name = node['Relation Name'];
  // What is written is found by what is below it; a new row goes where it belongs.
  if (name === undefined || node['Node Type'] === 'ModifyTable') return inner;
  const [, table, number] = /^(.*?)(?:_p(\d+))?$/u.exec(name)!;
  const isCut = partitionedTables.includes(table!);
  // Of a bitmap, the condition stands in the scan of the index below.
  const isBounded = hasCondition(node);
  return [{ table: table!, partition: isCut ? Number(number) : null, isBounded }, ...inner];
}

function hasCondition(node: Node): boolean {
  return (
    node['Index Cond'] !== undefined ||
    (node.Plans ?? []).some((part) => part['Node Type'].startsWith('Bitmap') && hasCondition(part))
  );
}
