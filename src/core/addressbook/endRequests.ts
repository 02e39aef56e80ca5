import type { Transaction } from '../change/transaction.ts';

/**
 * A folder goes into the trash or to another owner: it can no longer be found by its owner's listing, and unanswered
 * requests for access to it are void.
 */
export async function endRequests(tx: Transaction, bookIds: readonly string[]): Promise<void> {
  if (bookIds.length === 0) return;
  const { build } = tx;
  await tx.run(build.deleteFrom('folder_listing').where('book_id', 'in', [...bookIds]));
  const offers = build.selectFrom('folder_handover').select(['id', 'from_id', 'to_id']).where('status', '=', 'waiting');
  for (const { id, from_id: fromId, to_id: toId } of await tx.all(offers.where('book_id', 'in', [...bookIds]))) {
    await tx.run(build.deleteFrom('folder_handover').where('id', '=', id));
    for (const accountId of [fromId, toId]) tx.changed({ accountId, type: 'FolderHandover', id, kind: 'destroyed' });
  }
  const asked = build
    .selectFrom('access_request')
    .select(['id', 'owner_id', 'asked_by'])
    .where('status', '=', 'waiting');
  for (const { id, owner_id: ownerId, asked_by: askerId } of await tx.all(asked.where('book_id', 'in', [...bookIds]))) {
    await tx.run(build.deleteFrom('access_request').where('id', '=', id));
    for (const accountId of [ownerId, askerId]) tx.changed({ accountId, type: 'AccessRequest', id, kind: 'destroyed' });
  }
}
