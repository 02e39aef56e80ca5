import type { IncomingMessage } from 'node:http';
import { BodyTooLarge, RequestAborted } from './http.ts';

/** How much more than the limit is read and thrown away, so that the client has sent all when it gets the refusal. */
const patience = 4_000_000;

/** Reads the whole body, at most `limit` octets of it into memory. */
export function readBody(incoming: IncomingMessage, limit: number): Promise<Uint8Array> {
  const declared = Number(incoming.headers['content-length'] ?? 0);
  // A body of known length is put together while it arrives: at its end, fifty megabytes would take long.
  const whole = declared > 0 && declared <= limit ? Buffer.allocUnsafe(declared) : null;
  if (declared > limit + patience) return Promise.reject(new BodyTooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        if (whole) whole.set(chunk, size - chunk.length);
        else chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      if (size > limit + patience) {
        incoming.pause();
        reject(new BodyTooLarge(limit));
      }
    });
    incoming.on('end', () => {
      isWhole = true;
      if (size > limit) reject(new BodyTooLarge(limit));
      else resolve(whole ?? Buffer.concat(chunks, size));
    });
    incoming.on('error', () => reject(new RequestAborted()));
    incoming.on('close', () => isWhole || reject(new RequestAborted()));
  });
}
