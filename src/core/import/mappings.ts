import { createHash } from 'node:crypto';
import type { Reader } from '../../db/database.ts';
import type { ColumnField, DateOrder } from '../../format/csv/layouts/layout.ts';
import type { ReadingChoices } from '../../format/import/readFile.ts';
import { headingKey } from '../../format/import/matchHeadings.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import type { OpenImport } from './openImport.ts';

const mostRemembered = 50;

/** What a person said of a table with these headings. */
export type Mapping = { readonly fields: readonly ColumnField[]; readonly dates: DateOrder };

function keyOf(headings: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(headings.map(headingKey)))
    .digest('base64url')
    .slice(0, 27);
}

/** The headings of the one table that an upload is; null: it is none, or several. */
export function headingsOf({ files }: OpenImport): readonly string[] | null {
  const plan = files.length === 1 ? files[0]!.file.plan : null;
  return plan?.hasHeader ? plan.headings : null;
}

/** What the person said the last time that they brought such a table. */
export async function findMapping(
  reader: Reader,
  context: Context,
  headings: readonly string[],
): Promise<Mapping | undefined> {
  const row = await reader.first(
    reader.build
      .selectFrom('import_mapping')
      .select(['fields', 'dates'])
      .where('principal_id', '=', context.actor.principalId)
      .where('headings_key', '=', keyOf(headings)),
  );
  return row && { fields: JSON.parse(row.fields) as ColumnField[], dates: row.dates as DateOrder };
}

/** Remembers what was chosen; the oldest is forgotten. */
export async function rememberMapping(
  tx: Transaction,
  context: Context,
  headings: readonly string[],
  { fields, dates }: Pick<ReadingChoices, 'fields' | 'dates'>,
): Promise<void> {
  if (fields === null) return;
  const { principalId } = context.actor;
  const row = {
    principal_id: principalId,
    headings_key: keyOf(headings),
    fields: JSON.stringify(fields),
    dates: dates ?? 'dmy',
    used_at: context.now().toISOString(),
  };
  const insert = tx.build.insertInto('import_mapping').values(row);
  const { fields: chosen, dates: order, used_at } = row;
  await tx.run(
    insert.onConflict((conflict) =>
      conflict.columns(['principal_id', 'headings_key']).doUpdateSet({ fields: chosen, dates: order, used_at }),
    ),
  );
  const kept = tx.build
    .selectFrom('import_mapping')
    .select('headings_key')
    .where('principal_id', '=', principalId)
    .orderBy('used_at', 'desc')
    .limit(mostRemembered);
  await tx.run(
    tx.build.deleteFrom('import_mapping').where('principal_id', '=', principalId).where('headings_key', 'not in', kept),
  );
}
