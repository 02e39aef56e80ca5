import type { Reader, Writer } from '../../../db/database.ts';
import type { ZimbraItemRow } from '../../../db/rows/importRows.ts';
import { statement } from '../../../db/statement.ts';

type Key = Pick<ZimbraItemRow, 'principal_id' | 'source' | 'kind' | 'item_id'>;

const itemOf = statement((build, key: Key) =>
  build
    .selectFrom('zimbra_item')
    .selectAll()
    .where('principal_id', '=', key.principal_id)
    .where('source', '=', key.source)
    .where('kind', '=', key.kind)
    .where('item_id', '=', key.item_id),
);
const itemOfObject = statement((build, value: { objectId: string; source: string }) =>
  build
    .selectFrom('zimbra_item')
    .select('item_id')
    .where('object_id', '=', value.objectId)
    .where('source', '=', value.source),
);

/** What became of something when it was moved in before. */
export function findItem(reader: Reader, key: Key): Promise<ZimbraItemRow | undefined> {
  return reader.first(itemOf(reader, key));
}

/** Whether a folder or card is what something of this mailbox became. */
export async function isOfMailbox(reader: Reader, objectId: string, source: string): Promise<boolean> {
  return (await reader.first(itemOfObject(reader, { objectId, source }))) !== undefined;
}

/** Remembers what something became. */
export async function keepItem(tx: Writer, row: ZimbraItemRow): Promise<void> {
  const insert = tx.build.insertInto('zimbra_item').values(row);
  await tx.run(
    insert.onConflict((conflict) => conflict.columns(['principal_id', 'source', 'kind', 'item_id']).doUpdateSet(row)),
  );
}

/** Forgets what was taken back: the next time it comes anew. */
export async function forgetObject(tx: Writer, principalId: string, objectId: string): Promise<void> {
  const rows = tx.build.deleteFrom('zimbra_item').where('principal_id', '=', principalId);
  await tx.run(rows.where('object_id', '=', objectId));
}

/** A card is as it was before what changed there came: the next time that comes again. */
export async function noteTakenBack(tx: Writer, principalId: string, cardId: string, etag: string): Promise<void> {
  const rows = tx.build.updateTable('zimbra_item').set({ mark: '', etag }).where('principal_id', '=', principalId);
  await tx.run(rows.where('object_id', '=', cardId));
}
