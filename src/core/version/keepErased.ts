import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';
import { isLong, keepText } from './versionText.ts';

/**
 * Called when cards are about to be erased: moves their records to the versions that deleted them, with which they
 * expire. Cards deleted before the history existed, or longer ago than it is kept, leave nothing.
 */
export async function keepErased(tx: Transaction, world: World, cardIds: readonly string[]): Promise<void> {
  const rows = await tx.all(lastOf(tx, { cardIds: JSON.stringify(cardIds) }));
  for (const { version_id: versionId, card_id: cardId, account_id: accountId, size, data } of rows) {
    if (isLong(size)) await keepText(tx, { versionId, card: { id: cardId, account_id: accountId }, now: world.now() });
    else await tx.run(takeText(tx, { versionId, cardId }));
    if (data.includes('"blobId"')) await tx.run(takePhotos(tx, { versionId, cardId }));
  }
}

type Place = { readonly versionId: number; readonly cardId: string };

const lastOf = statement((build, value: { cardIds: string }) =>
  sql<{ version_id: number; card_id: string; account_id: string; size: number; data: string }>`
    SELECT version.id AS version_id, version.card_id, version.account_id, card.size, card.data
    FROM json_each(${value.cardIds}) AS wanted
    JOIN card ON card.id = wanted.value
    JOIN card_version AS version
      ON version.id = (SELECT max(id) FROM card_version WHERE card_id = card.id AND action = 'deleted')
    WHERE version.vcard IS NULL`.compile(build),
);
const takeText = statement((build, value: Place) =>
  sql<unknown>`
    UPDATE card_version SET vcard = (SELECT vcard FROM card_record WHERE card_id = ${value.cardId})
    WHERE id = ${value.versionId}`.compile(build),
);
const takePhotos = statement((build, value: Place) =>
  sql<unknown>`
    INSERT INTO version_blob (version_id, position, blob_id, account_id)
    SELECT ${value.versionId}, -1, blob_id, account_id FROM card_blob WHERE card_id = ${value.cardId}
    ON CONFLICT DO NOTHING`.compile(build),
);
