import type { MediaBlob } from '../jscontact/media.ts';
import { sniffImage } from '../jscontact/media.ts';

const mostParts = 20;
const mostHeader = 10_000;
const ascii = new TextDecoder('latin1');
const bytesOf = (text: string) => new TextEncoder().encode(text);
const lineEnd = bytesOf('\r\n\r\n');

/**
 * The photo in what Zimbra keeps beside a contact: a multipart message (RFC 2046 §5.1) in which each part names its
 * attribute (`field="image"`) and is not encoded. Null: there is none that is an image.
 */
export function photoOf(message: Uint8Array): MediaBlob | null {
  for (const part of partsOf(message)) {
    if (!/;\s*field\s*=\s*"?image"?\s*(;|$)/imu.test(part.header)) continue;
    const bytes = /^content-transfer-encoding\s*:\s*base64/imu.test(part.header) ? fromBase64(part.body) : part.body;
    const mediaType = bytes && sniffImage(bytes);
    if (bytes && mediaType) return { bytes, mediaType };
  }
  return null;
}

type Part = { readonly header: string; readonly body: Uint8Array };

function partsOf(message: Uint8Array): Part[] {
  const { header, body } = split(message) ?? {};
  const [, quoted, bare] =
    /^content-type\s*:[^\0]*?boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/imu.exec(header ?? '') ?? [];
  const boundary = quoted ?? bare;
  if (!body || boundary === undefined) return [];
  const delimiter = bytesOf(`--${boundary}`);
  const parts: Part[] = [];
  let start = find(body, delimiter, 0);
  while (start >= 0 && parts.length < mostParts) {
    const from = start + delimiter.length;
    const end = find(body, delimiter, from);
    if (end < 0) break;
    // The line break before a delimiter belongs to it, that behind it to the line.
    const part = split(body.subarray(from, end >= 2 && body[end - 2] === 0x0d ? end - 2 : end - 1));
    if (part) parts.push(part);
    start = end;
  }
  return parts;
}

function split(bytes: Uint8Array): Part | undefined {
  const end = find(bytes.subarray(0, mostHeader), lineEnd, 0);
  if (end < 0) return undefined;
  const header = ascii.decode(bytes.subarray(0, end)).replaceAll(/\r\n[ \t]+/gu, ' ');
  return { header, body: bytes.subarray(end + lineEnd.length) };
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0]!, from); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1))
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at;
  return -1;
}

function fromBase64(body: Uint8Array): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(ascii.decode(body).replaceAll(/\s/gu, '')), (one) => one.charCodeAt(0));
  } catch {
    return undefined;
  }
}
