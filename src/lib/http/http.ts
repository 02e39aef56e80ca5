import type { IncomingHttpHeaders } from 'node:http';

/** A request as the doors see it. A HEAD request arrives as GET: the listener drops the body of the reply. */
export type HttpRequest = {
  /** Names this request in the log and in the reply (`X-Request-Id`). */
  readonly id: string;
  readonly method: string;
  /** Whether it came as HEAD: for the few doors to which that makes a difference (ranges). */
  readonly isHead: boolean;
  /** `pathname` is still percent-encoded (see `pathSegments`). The host is a placeholder: never build links from it. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
  /** The body, to be read once; throws `BodyTooLarge` when it is longer than `limit` octets. */
  body(limit: number): Promise<Uint8Array>;
  /** Aborts when the client has gone or the server closes. */
  readonly signal: AbortSignal;
};

/**
 * An endless reply, for event streams. `stream` is called once after the headers are sent; `write` returns false when
 * the client does not keep up (then close). However it ends, `request.signal` aborts.
 */
export type LiveBody = { stream(write: (text: string) => boolean, close: () => void): void };

/** A reply with status 101 that turns the connection into a WebSocket (RFC 6455). */
export type SocketBody = {
  /** The subprotocol, one of those that the client offers. */
  readonly protocol: string;
  /** A longer message closes the connection. */
  readonly maxMessage: number;
  /** How often the other side has to show that it is still there. */
  readonly pingMilliseconds: number;
  /**
   * Called once when the connection is open; the returned function receives the messages. `send` returns false when the
   * client does not keep up (then close). However it ends, `request.signal` aborts.
   */
  open(send: (text: string) => boolean, close: (code: number, reason: string) => void): (message: Uint8Array) => void;
};

/** The possible bodies of a reply. */
export type HttpBody = string | Uint8Array | AsyncIterable<string | Uint8Array> | LiveBody | SocketBody;

/** The reply to a request. `Content-Length`, compression and `X-Request-Id` are added by the listener. */
export type HttpReply = {
  readonly status: number;
  /** By their names as the standards spell them: they are not looked for under any other. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: HttpBody;
};

/** Something that answers requests: one protocol, or the whole program. */
export type Door = (request: HttpRequest) => Promise<HttpReply>;

/** The rest of a reply is not available at the moment: the reply ends early, and that is not a bug. */
export class ReplyCutShort extends Error {}

/** The body of a request is longer than its reader allows; becomes a 413 unless the door catches it. */
export class BodyTooLarge extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`The body is longer than ${limit} octets`);
    this.name = 'BodyTooLarge';
    this.limit = limit;
  }
}

/** The client went away before its request was complete. */
export class RequestAborted extends Error {
  constructor() {
    super('The client has gone');
    this.name = 'RequestAborted';
  }
}

/** Whether a client wants the connection to become a WebSocket. */
export function wantsSocket(request: {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}): boolean {
  const { upgrade, connection } = request.headers;
  return request.method === 'GET' && /^websocket$/iu.test(upgrade ?? '') && /\bupgrade\b/iu.test(connection ?? '');
}

/** The decoded segments of a path: `/a/b%2Fc` is `['a', 'b/c']`; null when the percent-encoding is broken. */
export function pathSegments(url: URL): string[] | null {
  try {
    return url.pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
}
