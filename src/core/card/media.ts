import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { CardRow, Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { AppError, invalid } from '../../errors.ts';
import { blobIdsIn, joinMedia, readDataUri, sniffImage } from '../../format/jscontact/media.ts';
import type { MediaBlob } from '../../format/jscontact/media.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { getBlob } from '../blob/getBlob.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import type { Embedded } from '../photo/pictureData.ts';

const insertBlob = statement((build, { row }: { row: Schema['blob'] }) =>
  build
    .insertInto('blob')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);
const referToBlob = statement((build, { row }: { row: Schema['card_blob'] }) =>
  build
    .insertInto('card_blob')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);
const forgetBlobs = statement((build, value: { cardId: string; accountId: string }) =>
  build.deleteFrom('card_blob').where('card_id', '=', value.cardId).where(inAccount(value.accountId)),
);

/**
 * The card with the data of its blobs embedded, as the record stores it. The person must be able to read each blob in
 * this account, otherwise its content would leak through the card; a photo must be an image (RFC 9610 §3.5).
 */
export async function putInMedia(reader: Reader, context: Context, accountId: string, card: Card): Promise<Card> {
  if (card.media === undefined) return card;
  const found = new Map<string, MediaBlob>();
  for (const blobId of blobIdsIn(card)) {
    found.set(blobId, await findBlob(reader, context, accountId, blobId));
  }
  const whole = joinMedia(card, (blobId) => found.get(blobId));
  for (const [key, { kind, uri }] of Object.entries(whole.media ?? {})) {
    const embedded = kind === 'photo' && uri !== undefined ? readDataUri(uri) : undefined;
    if (embedded && sniffImage(embedded.bytes) === null)
      throw invalid(`media/${key}`, 'This is no image', { reason: 'notAnImage' });
  }
  return whole;
}

async function findBlob(reader: Reader, context: Context, accountId: string, blobId: string): Promise<MediaBlob> {
  const blob = await getBlob(context, accountId, blobId, reader).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.kind !== 'notFound') throw error;
    throw invalid('media', `There is no blob ${blobId}`, { reason: 'blobNotFound' });
  });
  // Octets are kept once: what somebody else called them must not matter.
  return { mediaType: sniffImage(blob.data) ?? blob.type, bytes: blob.data };
}

/** Stores the embedded data of a card as blobs, so that lists and other clients only load a photo when they show it. */
export async function storeMedia(
  tx: Transaction,
  context: Context,
  { id: cardId, account_id: accountId }: Pick<CardRow, 'id' | 'account_id'>,
  { blobs, isNew }: { readonly blobs: readonly Embedded[]; readonly isNew: boolean },
): Promise<void> {
  if (!isNew) await tx.run(forgetBlobs(tx, { cardId, accountId }));
  for (const { id, mediaType, bytes } of blobs) {
    const type = sniffImage(bytes) ?? mediaType;
    const blob = { id, type, size: bytes.length, created_at: context.now().toISOString(), data: bytes };
    await tx.run(insertBlob(tx, { row: blob }));
    await tx.run(referToBlob(tx, { row: { card_id: cardId, blob_id: id, account_id: accountId } }));
  }
}
