import type { Readable } from 'node:stream';

/** What is kept of a message while it passes, and how long it was. */
export type Beginning = { readonly kept: Uint8Array; readonly size: number };

/**
 * Reads a stream to its end and keeps its first octets; the rest is counted and gone. `isEnough` ends the keeping early,
 * so that of an ordinary message the header is all that is ever held.
 */
export async function beginningOf(
  stream: Readable,
  most: number,
  isEnough: (chunk: Uint8Array, before: Uint8Array | undefined) => boolean,
): Promise<Beginning> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let size = 0;
  let isKeeping = true;
  for await (const piece of stream) {
    const chunk = piece as Buffer;
    size += chunk.length;
    if (!isKeeping) continue;
    const part = chunk.subarray(0, most - length);
    isKeeping = part.length === chunk.length && !isEnough(part, chunks.at(-1));
    chunks.push(part);
    length += part.length;
  }
  return { kept: Buffer.concat(chunks), size };
}

/** Whether the empty line that ends a header (RFC 5322 §2.1) is in this chunk, or where it meets the one before. */
export function endsHeader(chunk: Uint8Array, before: Uint8Array | undefined): boolean {
  const seam = before ? Buffer.concat([before.subarray(-3), chunk.subarray(0, 3)]) : Buffer.alloc(0);
  return [seam, chunk].some((octets) => {
    const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
    return text.includes('\r\n\r\n') || text.includes('\n\n');
  });
}
