import { randomUUID } from 'node:crypto';
import { createServer, ServerResponse } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { networkPrefix } from '../networkPrefix.ts';
import { acceptSocket } from './acceptSocket.ts';
import { BodyTooLarge, ReplyCutShort, RequestAborted, wantsSocket } from './http.ts';
import type { Door, HttpReply, HttpRequest, SocketBody } from './http.ts';
import { pathPattern } from './pathPattern.ts';
import type { ShownPaths } from './pathPattern.ts';
import { readBody } from './readBody.ts';
import { problem } from './reply.ts';
import { sendReply } from './sendReply.ts';

/** How to listen. */
export type ListenOptions = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Log;
  /** Believe `X-Forwarded-For`: only behind a proxy that sets it. */
  readonly trustProxy?: boolean;
  /** How much of paths stands in the log. */
  readonly shownPaths?: ShownPaths;
  readonly maxConnections?: number;
};

/** A listener that runs. */
export type Listener = {
  readonly port: number;
  /** From now on each connection ends with the answer that is given on it: whoever has another question makes a new one. */
  drain(): void;
  /** Takes no new requests, lets those under way end for the given time, then cuts. */
  close(graceMilliseconds?: number): Promise<void>;
};

/** Listens for HTTP/1.1 and lets the door answer. */
export async function listen(door: Door, options: ListenOptions): Promise<Listener> {
  const closing = new AbortController();
  let isDraining = false;
  const server = createServer({
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    // Longer than programs keep what they do not use (aiohttp 15 s): who closes must not be who is being written to.
    keepAliveTimeout: 20_000,
    maxHeaderSize: 16_384,
    // Other upgrades (to HTTP/2, say) may be ignored: RFC 9110 §7.8.
    shouldUpgradeCallback: wantsSocket,
  });
  server.maxConnections = options.maxConnections ?? 4000;
  server.timeout = 120_000;
  const open = new Set<Ending>();
  closing.signal.addEventListener('abort', () => open.forEach((each) => each.come()));
  const begin = (incoming: IncomingMessage, response: ServerResponse, head?: Uint8Array) => {
    const ending = new Ending();
    // The last twelve digits are chance alone (RFC 9562 §5.4); Node makes many of them at once.
    const id = sentId(incoming) ?? randomUUID().slice(24);
    const request = requestOf(incoming, id, ending, options.trustProxy ?? false);
    const exchange = {
      door,
      options,
      incoming,
      response,
      id,
      request,
      head,
      ending,
      started: performance.now(),
      isLast: () => isDraining,
    };
    open.add(ending);
    (head ? incoming.socket : response).once('close', () => {
      open.delete(ending);
      ending.come();
      note(exchange);
    });
    void answer(exchange);
  };
  server.on('request', (incoming, response) => begin(incoming, response));
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    // Until the door has agreed it is a request like any other, and may be refused as one.
    const response = new ServerResponse(incoming);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.destroySoon());
    socket.on('error', () => socket.destroy());
    begin(incoming, response, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    drain: () => {
      isDraining = true;
    },
    close(grace = 5000) {
      const linger = isDraining ? Math.min(grace, lingerMilliseconds) : 0;
      isDraining = true;
      return closeServer(server, closing, { grace, linger });
    },
  };
}

/** Who has just come through the door has not asked yet: so long they may, when it is closed behind them. */
const lingerMilliseconds = 100;

async function closeServer(
  server: Server,
  closing: AbortController,
  { grace, linger }: { readonly grace: number; readonly linger: number },
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    // Of node:http it would cut the connections on which nothing has been asked yet, at once.
    NetServer.prototype.close.call(server, () => resolve());
  });
  closing.abort();
  if (linger > 0) await wait(linger);
  server.close(() => undefined);
  const cut = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearTimeout(cut);
}

/** The end of an exchange: hardly any door looks at it, and a signal for each would cost more than the rest of it. */
class Ending {
  #controller: AbortController | null = null;
  hasCome = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.hasCome) this.#controller.abort();
    return this.#controller.signal;
  }

  come(): void {
    this.hasCome = true;
    this.#controller?.abort();
  }
}

type Exchange = {
  readonly door: Door;
  readonly options: ListenOptions;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  /** null: what it asks for is no address. */
  readonly request: HttpRequest | null;
  /** What came behind the headers of a request for a WebSocket. */
  readonly head: Uint8Array | undefined;
  readonly ending: Ending;
  readonly started: number;
  /** Whether the connection ends with the answer. */
  readonly isLast: () => boolean;
};

async function answer({
  door,
  options,
  incoming,
  response,
  id,
  request,
  head,
  ending,
  isLast,
}: Exchange): Promise<void> {
  try {
    const reply = request ? await replyOf(door, request, options.log) : badRequest;
    if (response.destroyed) ending.signal.throwIfAborted();
    const own = ['X-Request-Id', id];
    // What is left of a refused body would be taken for the next request.
    if (!incoming.complete || isLast()) own.push('Connection', 'close');
    if (!isSocket(reply.body)) await sendReply(incoming, response, reply, own);
    else if (head) await acceptSocket(incoming, response, { head, body: reply.body, signal: ending.signal });
    // A HEAD, for one: whatever its headers say, Node has not handed the connection over.
    else await sendReply(incoming, response, badRequest, own);
  } catch (error) {
    const level = error instanceof ReplyCutShort ? 'warn' : 'error';
    if (!ending.hasCome) options.log[level]('reply failed', { id, error });
    response.destroy();
  }
}

/** A line in the log for each exchange that is over. */
function note({ options, incoming, response, id, request, started }: Exchange): void {
  if (!options.log.isOn('info')) return;
  options.log.info('request', {
    id,
    method: incoming.method,
    path: request ? pathPattern(request.url.pathname, options.shownPaths ?? {}) : '?',
    status: response.statusCode,
    milliseconds: Math.round(performance.now() - started),
    // Of whom there is a record is told by the audit log; here it is enough to see where much comes from.
    from: request && networkPrefix(request.remoteAddress),
  });
}

const badRequest = problem(400, { type: 'about:blank', title: 'Bad Request' });

function isSocket(body: HttpReply['body']): body is SocketBody {
  return typeof body === 'object' && 'open' in body;
}

async function replyOf(door: Door, request: HttpRequest, log: Log): Promise<HttpReply> {
  try {
    return await door(request);
  } catch (error) {
    if (error instanceof BodyTooLarge)
      return problem(413, { type: 'about:blank', title: 'Content Too Large', detail: error.message });
    if (error instanceof RequestAborted) return badRequest;
    log.error('request failed', { id: request.id, error });
    return problem(500, { type: 'about:blank', title: 'Internal Server Error', requestId: request.id });
  }
}

function requestOf(incoming: IncomingMessage, id: string, ending: Ending, trustProxy: boolean): HttpRequest | null {
  const url = urlOf(incoming.url ?? '');
  if (!url) return null;
  const proxied = trustProxy ? incoming.headers['x-forwarded-for'] : undefined;
  // The last address was added by our proxy; those before it were claimed by the client.
  const forwarded = (Array.isArray(proxied) ? proxied.join() : proxied)?.split(',').at(-1)?.trim();
  return {
    id,
    method: incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET'),
    isHead: incoming.method === 'HEAD',
    url,
    headers: incoming.headers,
    remoteAddress: forwarded || (incoming.socket.remoteAddress ?? ''),
    body: (limit) => readBody(incoming, limit),
    get signal() {
      return ending.signal;
    },
  };
}

function urlOf(target: string): URL | null {
  // A fragment is no part of a request (RFC 9110 §7.1): without it the request would mean something else.
  if (!target.startsWith('/') || target.includes('#')) return null;
  return URL.parse(`http://localhost${target}`);
}

/** The name that a proxy has given the request, when it is one that can stand in a log and in a header. */
function sentId({ headers }: IncomingMessage): string | undefined {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && /^[\w.:-]{8,64}$/u.test(sent) ? sent : undefined;
}
