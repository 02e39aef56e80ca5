import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chooseCoding, compress, compressor } from './compress.ts';
import type { HttpReply, LiveBody } from './http.ts';

/** What a live reader may have waiting before it is called slow. */
const slowReaderOctets = 64 * 1024;

/** Writes a reply to the wire; settles when it is out (of a live one: when it has ended). */
export async function sendReply(incoming: IncomingMessage, response: ServerResponse, reply: HttpReply): Promise<void> {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.statusCode = reply.status;
  const { body } = reply;
  if (body === undefined) return end(response);
  if (typeof body === 'string' || body instanceof Uint8Array) return sendWhole(incoming, response, body);
  if ('stream' in body) return sendLive(incoming, response, body);
  if ('open' in body) throw new Error('A WebSocket for a request that did not ask for one');
  return sendParts(incoming, response, body);
}

async function sendWhole(
  incoming: IncomingMessage,
  response: ServerResponse,
  body: string | Uint8Array,
): Promise<void> {
  const coding = codingFor(incoming, response, Buffer.byteLength(body));
  // A text goes out as it is: Node writes it in one piece with the headers.
  const whole = coding ? await compress(coding, Buffer.from(body)) : body;
  response.setHeader('Content-Length', Buffer.byteLength(whole));
  return end(response, incoming.method === 'HEAD' ? undefined : whole);
}

async function sendParts(
  incoming: IncomingMessage,
  response: ServerResponse,
  body: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  if (incoming.method === 'HEAD') {
    codingFor(incoming, response, undefined);
    return end(response);
  }
  const iterator = body[Symbol.asyncIterator]();
  const first = await iterator.next();
  // Most answers that may be long are short: those go out whole.
  const second = first.done ? first : await iterator.next();
  if (second.done) return sendWhole(incoming, response, first.done ? '' : first.value);
  const coding = codingFor(incoming, response, undefined);
  const parts = startingWith([first.value, second.value], iterator);
  if (!coding) return writeParts(response, parts);
  await pipeline(Readable.from(parts, { objectMode: true }), compressor(coding), response);
}

/** One part after the other, each when the reader has room for it. */
async function writeParts(response: ServerResponse, parts: AsyncIterable<string | Uint8Array>): Promise<void> {
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  for await (const part of parts) {
    if (response.destroyed) return;
    if (response.write(part)) continue;
    const drained = new Promise<void>((resolve) => response.once('drain', resolve));
    await Promise.race([drained, closed]);
  }
  response.end();
  await closed;
}

async function* startingWith<T>(beginning: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* beginning;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // Whoever hangs up ends what would have been told.
    await rest.return?.();
  }
}

/** Chooses the coding and says so in the headers. */
function codingFor(
  incoming: IncomingMessage,
  response: ServerResponse,
  size: number | undefined,
): ReturnType<typeof chooseCoding> {
  if (response.hasHeader('Content-Encoding') || response.statusCode === 206) return null;
  // RFC 9111 §5.2.2.6: what has a strong tag that clients hold on to is sent as it is.
  if (/\bno-transform\b/iu.test(String(response.getHeader('Cache-Control') ?? ''))) return null;
  const type = response.getHeader('Content-Type');
  const accepted = incoming.headers['accept-encoding'];
  const coding = chooseCoding(
    Array.isArray(accepted) ? accepted.join() : accepted,
    typeof type === 'string' ? type : undefined,
    size,
  );
  if (!coding) return null;
  response.setHeader('Content-Encoding', coding);
  response.appendHeader('Vary', 'Accept-Encoding');
  // Two codings of one resource are not the same octets: the tag can only be a weak one (RFC 9110 §8.8.1).
  const tag = response.getHeader('ETag');
  if (typeof tag === 'string' && tag.startsWith('"')) response.setHeader('ETag', `W/${tag}`);
  return coding;
}

function end(response: ServerResponse, body?: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.end(body);
  });
}

function sendLive(incoming: IncomingMessage, response: ServerResponse, body: LiveBody): Promise<void> {
  if (incoming.method === 'HEAD') return end(response);
  // No time-out for silence; the connection is not used for anything else afterwards.
  response.setHeader('Connection', 'close');
  incoming.socket.setTimeout(0);
  incoming.socket.setNoDelay(true);
  incoming.socket.setKeepAlive(true, 60_000);
  response.flushHeaders();
  return new Promise((resolve) => {
    response.once('close', resolve);
    body.stream(
      (text) => {
        if (response.writableEnded || response.destroyed) return false;
        response.write(text);
        return response.writableLength < slowReaderOctets;
      },
      () => {
        // Whoever does not read what is waiting will not read the end either.
        if (response.writableLength >= slowReaderOctets) response.destroy();
        else response.end();
      },
    );
  });
}
