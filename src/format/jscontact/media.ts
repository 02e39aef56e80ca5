import type { Card, Id, Media } from './types.ts';

/** The content of a photo, logo or sound. */
export type MediaBlob = { readonly bytes: Uint8Array; readonly mediaType: string };

/**
 * Replaces each data: URI in a card's media with a blobId (RFC 9610 §3); `nameBlob` gives the id. `read` may be a
 * faster decoder than the one every browser has.
 */
export function splitMedia<Blob extends MediaBlob = MediaBlob>(
  card: Card,
  nameBlob: (blob: Blob) => Id,
  read: (uri: string) => Blob | undefined = readDataUri as (uri: string) => Blob | undefined,
): Card {
  return mapMedia(card, (media) => {
    const blob = media.uri === undefined ? undefined : read(media.uri);
    if (!blob) return media;
    const { uri: _, ...others } = media;
    return { ...others, blobId: nameBlob(blob), mediaType: blob.mediaType };
  });
}

/** Puts data: URIs back; an entry whose blob is not found keeps its blobId. */
export function joinMedia(card: Card, findBlob: (blobId: Id) => MediaBlob | undefined): Card {
  return mapMedia(card, (media) => {
    const blob = media.blobId === undefined ? undefined : findBlob(media.blobId);
    if (!blob) return media;
    // The URI says the media type; said twice the two could differ.
    const { blobId: _, mediaType: __, ...others } = media;
    return { ...others, uri: writeDataUri({ ...blob, mediaType: media.mediaType ?? blob.mediaType }) };
  });
}

/** The blobs that a card's media refer to. */
export function blobIdsIn(card: Card): Id[] {
  return Object.values(card.media ?? {}).flatMap(({ blobId }) => (blobId === undefined ? [] : [blobId]));
}

function mapMedia(card: Card, change: (media: Media) => Media): Card {
  if (!card.media) return card;
  return { ...card, media: Object.fromEntries(Object.entries(card.media).map(([key, media]) => [key, change(media)])) };
}

/** Parses a data: URI (RFC 2397); undefined if it is none or malformed. */
export function readDataUri(uri: string): MediaBlob | undefined {
  const header = /^data:([^,;]*)((?:;[^,;]*)*),/i.exec(uri.slice(0, 1_000));
  if (!header) return undefined;
  const data = uri.slice(header[0].length);
  try {
    if (!/;base64$/i.test(header[2]!)) {
      const octets = new TextEncoder().encode(decodeURIComponent(data));
      return { mediaType: mediaTypeOf(octets, header[1]!), bytes: octets };
    }
    const binary = atob(data.includes('%') ? decodeURIComponent(data) : data);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return { mediaType: mediaTypeOf(bytes, header[1]!), bytes };
  } catch {
    return undefined;
  }
}

/** What octets are of which a data: URI says this; nothing said: what they are seen to be, else text (RFC 2397 §2). */
export function mediaTypeOf(octets: Uint8Array, said: string): string {
  return said.trim().toLowerCase() || (sniffImage(octets) ?? 'text/plain');
}

/** Writes a data: URI. */
export function writeDataUri({ bytes, mediaType }: MediaBlob): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000)
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  return `data:${mediaType};base64,${btoa(pieces.join(''))}`;
}

type ImageType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

// The bytes with which these formats begin; a null may be anything.
const signatures: readonly [ImageType, readonly (number | null)[]][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38, null, 0x61]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** The image format of these bytes, whatever they are called; null if it is none that browsers show safely. */
export function sniffImage(bytes: Uint8Array): ImageType | null {
  return (
    signatures.find(([, start]) => start.every((byte, index) => byte === null || bytes[index] === byte))?.[0] ?? null
  );
}
