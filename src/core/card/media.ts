import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { invalid } from '../../errors.ts';
import { dataUri, readDataUri, sniffImage } from '../../format/jscontact/media.ts';
import type { Card, Media } from '../../format/jscontact/types.ts';
import type { Transaction } from '../change/transact.ts';
import type { Context } from '../context.ts';

/** A card as JMAP sees it: embedded media stand beside it as blobs (RFC 9610 §3). */
export type MediaWithBlob = Omit<Media, 'uri'> & { readonly uri?: string; readonly blobId?: string };

type Stored = { readonly id: string; readonly type: string; readonly bytes: Uint8Array };

/** The id of binary data: the hash of its content. */
export function blobIdOf(bytes: Uint8Array): string {
  return `B${createHash('sha256').update(bytes).digest('base64url')}`;
}

/** The card with blobIds in place of embedded data, and the data. */
export function takeOutMedia(card: Card): { data: Card; blobs: Stored[] } {
  const blobs: Stored[] = [];
  const media: Record<string, MediaWithBlob> = {};
  for (const [key, entry] of Object.entries(card.media ?? {})) {
    const embedded = readDataUri(entry.uri);
    if (!embedded) {
      media[key] = entry;
      continue;
    }
    const type = entry.mediaType ?? embedded.mediaType;
    const id = blobIdOf(embedded.bytes);
    blobs.push({ id, type, bytes: embedded.bytes });
    const { uri: _uri, ...rest } = entry;
    media[key] = { ...rest, blobId: id, mediaType: type };
  }
  if (card.media === undefined) return { data: card, blobs };
  return { data: { ...card, media: media as unknown as NonNullable<Card['media']> }, blobs };
}

/**
 * The card with the data of its blobs embedded, as the record holds it. A blob must be one that the person uploaded, or
 * one of a card in the same account; a photo must be an image (RFC 9610 §3.5).
 */
export async function putInMedia(reader: Reader, context: Context, accountId: string, card: Card): Promise<Card> {
  if (card.media === undefined) return card;
  const media: Record<string, Media> = {};
  for (const [key, entry] of Object.entries(card.media) as [string, MediaWithBlob][]) {
    const { blobId, ...rest } = entry;
    if (blobId === undefined) {
      media[key] = rest as Media;
    } else {
      const blob = await findBlob(reader, context, accountId, blobId);
      if (!blob) throw invalid(`media/${key}/blobId`, 'No such blob', { reason: 'blobNotFound' });
      media[key] = { ...rest, uri: dataUri(blob.type, blob.data) } as Media;
    }
    requireImage(key, media[key]!);
  }
  return { ...card, media };
}

function requireImage(key: string, entry: Media): void {
  if (entry.kind !== 'photo') return;
  const embedded = readDataUri(entry.uri);
  if (embedded && sniffImage(embedded.bytes) === null) throw invalid(`media/${key}`, 'This is no image', { reason: 'notAnImage' });
}

async function findBlob(
  reader: Reader,
  context: Context,
  accountId: string,
  blobId: string,
): Promise<{ type: string; data: Uint8Array } | undefined> {
  return reader.first(
    sql<{ type: string; data: Uint8Array }>`
      SELECT type, data FROM blob WHERE id = ${blobId} AND (
        EXISTS (SELECT 1 FROM blob_upload WHERE blob_id = blob.id AND uploaded_by = ${context.actor.principalId})
        OR EXISTS (SELECT 1 FROM card_blob JOIN card ON card.id = card_blob.card_id
          WHERE card_blob.blob_id = blob.id AND card.account_id = ${accountId}))`.compile(reader.build),
  );
}

/** Keeps the embedded data of a card as blobs, so that lists and other clients load a photo only when they show it. */
export async function storeMedia(tx: Transaction, context: Context, cardId: string, blobs: readonly Stored[]): Promise<void> {
  await tx.run(tx.build.deleteFrom('card_blob').where('card_id', '=', cardId));
  for (const { id, type, bytes } of blobs) {
    const insert = tx.build.insertInto('blob').values({ id, type, size: bytes.length, created_at: context.now().toISOString(), data: bytes });
    await tx.run(insert.onConflict((conflict) => conflict.doNothing()));
    const refer = tx.build.insertInto('card_blob').values({ card_id: cardId, blob_id: id });
    await tx.run(refer.onConflict((conflict) => conflict.doNothing()));
  }
}
