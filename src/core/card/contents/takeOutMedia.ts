import { splitMedia } from '../../../format/jscontact/media.ts';
import type { Card } from '../../../format/jscontact/types.ts';
import { readEmbedded } from '../../photo/pictureData.ts';
import type { Embedded } from '../../photo/pictureData.ts';

/** The card with blobIds in place of embedded data (RFC 9610 §3), and that data. */
export function takeOutMedia(card: Card): { data: Card; blobs: Embedded[] } {
  const blobs: Embedded[] = [];
  const keep = (blob: Embedded) => {
    blobs.push(blob);
    return blob.id;
  };
  return { data: splitMedia(card, keep, readEmbedded), blobs };
}
