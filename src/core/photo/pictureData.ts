import { readDataUri } from '../../format/jscontact/media.ts';

/** The octets of a data: URI; undefined where it is broken. As `readDataUri`, five times as fast for what is usual. */
export function readPicture(uri: string): Uint8Array | undefined {
  const header = /^data:[^,;]*;base64,/iu.exec(uri.slice(0, 1000));
  if (header) {
    const base64 = uri.slice(header[0].length);
    const octets = Buffer.from(base64, 'base64');
    const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
    // Shorter: there is something in it that is no base64.
    if (octets.length === (base64.length / 4) * 3 - padding) return octets;
  }
  return readDataUri(uri)?.bytes;
}

/** A data: URI of octets. */
export function writePicture(octets: Uint8Array, mediaType: string): string {
  return `data:${mediaType};base64,${Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('base64')}`;
}
