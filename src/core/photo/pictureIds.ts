import { isPicture, pictureUri } from '../../format/vcard/pictures.ts';
import type { VCard, VCardLine } from '../../format/vcard/types.ts';
import { readEmbedded } from './pictureData.ts';

/** So many pictures of a card are looked at; nobody has more. */
export const mostPictures = 20;

/** The blobIds of the pictures that are in a card. */
export function pictureIdsOf({ lines, version }: VCard): string[] {
  return lines
    .filter(isPicture)
    .slice(0, mostPictures)
    .map((line) => pictureIdOf(line, version))
    .filter((id) => id !== undefined);
}

/** The blobId of the picture in such a line; undefined where it lies elsewhere. */
export function pictureIdOf(line: VCardLine, version: VCard['version']): string | undefined {
  const uri = pictureUri(line, version);
  return uri === undefined ? undefined : readEmbedded(uri)?.id;
}
