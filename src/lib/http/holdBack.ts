import type { HttpReply } from './http.ts';

/** Made, or done: what tells nothing but that a change has succeeded. */
const done: ReadonlySet<number> = new Set([201, 204]);

/**
 * The same reply, but neither its beginning nor any later part leaves before `ready` has resolved. A successful change
 * that tells nothing else has already waited for itself and for everything before it; it does not wait for later
 * changes.
 */
export async function holdBack(reply: HttpReply, ready: () => Promise<void>): Promise<HttpReply> {
  const { body, status } = reply;
  if (body === undefined && done.has(status)) return reply;
  await ready();
  if (typeof body !== 'object' || !(Symbol.asyncIterator in body)) return reply;
  return { ...reply, body: heldBack(body, ready) };
}

async function* heldBack<T>(parts: AsyncIterable<T>, ready: () => Promise<void>): AsyncGenerator<T> {
  for await (const part of parts) {
    await ready();
    yield part;
  }
}
