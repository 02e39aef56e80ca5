import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { chooseCoding, compress, compressor } from './compress.ts';
import type { Coding } from './compress.ts';
import type { HttpReply, LiveBody } from './http.ts';

/** What a live reader may have waiting before it is called slow. */
const slowReaderOctets = 64 * 1024;

/** What the listener itself says of a reply, name by name: `['X-Request-Id', id]`. */
type OwnHeaders = readonly string[];
type Headers = NonNullable<HttpReply['headers']>;

/** A reply on its way to the wire. */
type Sending = {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly status: number;
  readonly headers: Headers;
  readonly own: OwnHeaders;
};

/** Sends a reply; resolves when its last byte has been handed over (for a live reply, when it has ended). */
export async function sendReply(
  incoming: IncomingMessage,
  response: ServerResponse,
  reply: HttpReply,
  own: OwnHeaders,
): Promise<void> {
  const { body, status, headers = {} } = reply;
  const sending = { incoming, response, status, headers, own };
  if (body === undefined) {
    // RFC 9110 §8.6: what has no content by its status says no length of it.
    begin(sending, status === 204 || status === 304 ? {} : { 'Content-Length': '0' });
    response.end();
  } else if (typeof body === 'string' || body instanceof Uint8Array) await sendWhole(sending, body);
  else if ('stream' in body) await sendLive(sending, body);
  else if ('open' in body) throw new Error('A WebSocket for a request that did not ask for one');
  else await sendParts(sending, body);
}

/**
 * The status line and the headers, in one list: to set them one by one costs a third of an answer. `added` replaces what
 * the reply says itself.
 */
function begin({ response, status, headers, own }: Sending, added: Headers = {}): void {
  const list = [...own];
  for (const name in headers) if (!(name in added)) addHeader(list, name, headers[name]!);
  for (const name in added) addHeader(list, name, added[name]!);
  response.writeHead(status, list);
}

function addHeader(list: string[], name: string, value: string | readonly string[]): void {
  if (typeof value === 'string') list.push(name, value);
  else for (const each of value) list.push(name, each);
}

async function sendWhole(sending: Sending, body: string | Uint8Array): Promise<void> {
  const { incoming, response } = sending;
  const coding = codingFor(sending, body);
  const whole = coding ? await compress(coding, Buffer.from(body)) : body;
  const length = { 'Content-Length': String(Buffer.byteLength(whole)) };
  begin(sending, coding ? { ...codedHeaders(sending.headers, coding), ...length } : length);
  // A text goes out as it is: Node writes it in one piece with the headers.
  response.end(incoming.method === 'HEAD' ? undefined : whole);
}

async function sendParts(sending: Sending, body: AsyncIterable<string | Uint8Array>): Promise<void> {
  const { incoming, response, headers } = sending;
  if (incoming.method === 'HEAD') {
    const coding = codingFor(sending, undefined);
    begin(sending, coding ? codedHeaders(headers, coding) : {});
    response.end();
    return;
  }
  const iterator = body[Symbol.asyncIterator]();
  const first = await iterator.next();
  // Most answers that may be long are short: those go out whole.
  const second = first.done ? first : await iterator.next();
  if (second.done) return sendWhole(sending, first.done ? '' : first.value);
  const coding = codingFor(sending, undefined);
  begin(sending, coding ? codedHeaders(headers, coding) : {});
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

/** The coding of a body (undefined: it is not whole yet); null: it goes out as it is. */
function codingFor({ incoming, status, headers }: Sending, body: string | Uint8Array | undefined): Coding | null {
  const accepted = incoming.headers['accept-encoding'];
  if (accepted === undefined || headers['Content-Encoding'] !== undefined || status === 206) return null;
  // RFC 9111 §5.2.2.6: what has a strong tag that clients hold on to is sent as it is.
  if (/\bno-transform\b/iu.test(String(headers['Cache-Control'] ?? ''))) return null;
  const type = headers['Content-Type'];
  return chooseCoding(
    Array.isArray(accepted) ? accepted.join() : accepted,
    typeof type === 'string' ? type : undefined,
    body === undefined ? undefined : Buffer.byteLength(body),
  );
}

/** What a coding changes in the headers. */
function codedHeaders({ Vary: varies, ETag: tag }: Headers, coding: Coding): Headers {
  return {
    'Content-Encoding': coding,
    Vary: varies === undefined ? 'Accept-Encoding' : `${String(varies)}, Accept-Encoding`,
    // Two codings of one resource are not the same octets: the tag can only be a weak one (RFC 9110 §8.8.1).
    ...(typeof tag === 'string' && { ETag: tag.startsWith('"') ? `W/${tag}` : tag }),
  };
}

async function sendLive(sending: Sending, body: LiveBody): Promise<void> {
  const { incoming, response } = sending;
  if (incoming.method === 'HEAD') {
    begin(sending);
    response.end();
    return;
  }
  // No time-out for silence; the connection is not used for anything else afterwards.
  begin(sending, { Connection: 'close' });
  incoming.socket.setTimeout(0);
  incoming.socket.setNoDelay(true);
  incoming.socket.setKeepAlive(true, 60_000);
  response.flushHeaders();
  await new Promise<void>((resolve) => {
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
