import type { HttpReply } from './http.ts';

/** The same reply; neither its beginning nor any later part of it leaves before `ready` has returned. */
export async function holdBack(reply: HttpReply, ready: () => Promise<void>): Promise<HttpReply> {
  await ready();
  const { body } = reply;
  if (typeof body !== 'object' || !(Symbol.asyncIterator in body)) return reply;
  return { ...reply, body: heldBack(body, ready) };
}

async function* heldBack<T>(parts: AsyncIterable<T>, ready: () => Promise<void>): AsyncGenerator<T> {
  for await (const part of parts) {
    await ready();
    yield part;
  }
}
