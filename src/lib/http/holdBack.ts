import type { HttpReply } from './http.ts';

/** Made, or done: what tells nothing but that a change has succeeded. */
const done: ReadonlySet<number> = new Set([201, 204]);

/**
 * The same reply; neither its beginning nor any later part of it leaves before `ready` has returned. A change that has
 * succeeded and tells nothing else waited for itself, and for all that came before it: not for those that came after.
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
