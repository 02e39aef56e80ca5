import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import { convertPicture, isPicture, withPicture } from '../../format/vcard/pictures.ts';
import type { VCard, VCardLine } from '../../format/vcard/types.ts';
import { getBlob } from '../blob/getBlob.ts';
import type { Blob } from '../blob/readBlobData.ts';
import type { Context } from '../context.ts';
import { writePicture } from './pictureData.ts';
import { mostPictures, pictureIdOf } from './pictureIds.ts';

const wholeOf = statement((build, value: { smallId: string }) =>
  build
    .selectFrom('small_photo')
    .innerJoin('card_blob', 'card_blob.blob_id', 'small_photo.blob_id')
    .innerJoin('card', 'card.id', 'card_blob.card_id')
    .select(['small_photo.blob_id as blobId', 'card.account_id as accountId'])
    .where('small_photo.small_id', '=', value.smallId)
    .distinct()
    .limit(50),
);

/** Whether one of these pictures is a small one of another that is kept here. */
export async function isAnySmall(reader: Reader, pictureIds: readonly string[]): Promise<boolean> {
  for (const smallId of pictureIds) if (await reader.first(wholeOf(reader, { smallId }))) return true;
  return false;
}

/**
 * The card with full-size photos where a program sends back the small ones that it was given: taken from the card that
 * was there before, or, if it creates a new card from one that it had, from wherever the person may still see them.
 */
export async function restorePhotos(reader: Reader, context: Context, card: VCard, before?: VCard): Promise<VCard> {
  const lines: VCardLine[] = [];
  let left = mostPictures;
  for (const line of card.lines) lines.push(isPicture(line) && left-- > 0 ? await restore(line) : line);
  return lines.every((line, at) => line === card.lines[at]) ? card : { ...card, lines };

  async function restore(line: VCardLine): Promise<VCardLine> {
    const smallId = pictureIdOf(line, card.version);
    const known = smallId === undefined ? [] : await reader.all(wholeOf(reader, { smallId }));
    const ids = new Set(known.map(({ blobId }) => blobId));
    if (ids.size === 0) return line;
    const old = before?.lines.find((each) => isPicture(each) && ids.has(pictureIdOf(each, before.version) ?? ''));
    if (old) return { ...convertPicture(old, before!.version, card.version), group: line.group };
    for (const { blobId, accountId } of known) {
      const whole = await findBlob(reader, context, accountId, blobId);
      if (whole) return withPicture(line, card.version, writePicture(whole.data, whole.type));
    }
    return line;
  }
}

async function findBlob(
  reader: Reader,
  context: Context,
  accountId: string,
  blobId: string,
): Promise<Blob | undefined> {
  return getBlob(context, accountId, blobId, reader).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'notFound') return undefined;
    throw error;
  });
}
