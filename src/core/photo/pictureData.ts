import { mediaTypeOf, readDataUri } from '../../format/jscontact/media.ts';
import type { MediaBlob } from '../../format/jscontact/media.ts';
import { blobIdOf } from '../blob/blobId.ts';

/** What a data: URI holds, and its name as a blob. */
export type Embedded = MediaBlob & { readonly id: string };

type Decoded = { readonly octets: Uint8Array; readonly id: string };

// A picture that comes with a card is looked at for whether it is a small one of another, and then kept.
let latest: (Decoded & { readonly base64: string }) | null = null;

/** What a data: URI holds; undefined where it is broken. As `readDataUri`, five times as fast for what is usual. */
export function readEmbedded(uri: string): Embedded | undefined {
  const header = /^data:([^,;]*);base64,/iu.exec(uri.slice(0, 1000));
  const decoded = header && decode(uri.slice(header[0].length));
  if (decoded) return { id: decoded.id, bytes: decoded.octets, mediaType: mediaTypeOf(decoded.octets, header[1]!) };
  const blob = readDataUri(uri);
  return blob && { ...blob, id: blobIdOf(blob.bytes) };
}

/** The octets of a data: URI alone. */
export function readPicture(uri: string): Uint8Array | undefined {
  return readEmbedded(uri)?.bytes;
}

function decode(base64: string): Decoded | null {
  if (latest?.base64 === base64) return latest;
  const octets = Buffer.from(base64, 'base64');
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  // Shorter: there is something in it that is no base64.
  if (octets.length !== (base64.length / 4) * 3 - padding) return null;
  latest = { base64, octets, id: blobIdOf(octets) };
  return latest;
}

/** A data: URI of octets. */
export function writePicture(octets: Uint8Array, mediaType: string): string {
  return `data:${mediaType};base64,${Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('base64')}`;
}
