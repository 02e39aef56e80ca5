import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What came back. */
export type WireReply = {
  readonly status: number;
  /** Status line and headers as they came. */
  readonly head: string;
  readonly body: Buffer;
};

/** One connection that stays open, and asks one thing after the other. */
export type Wire = { readonly host: WireHost; ask(request: Buffer): Promise<WireReply>; close(): void };

/** Where to, and on whose behalf. */
export type WireHost = { readonly host: string; readonly port: number; readonly authorization: string };

/** The octets of a request. */
export function wireRequest(
  { host, port, authorization }: WireHost,
  method: string,
  path: string,
  { body = '', headers = {} }: { body?: string; headers?: Readonly<Record<string, string>> } = {},
): Buffer {
  const length =
    body === '' && (method === 'GET' || method === 'DELETE')
      ? {}
      : { 'Content-Length': String(Buffer.byteLength(body)) };
  const all = { Host: `${host}:${port}`, Authorization: authorization, ...headers, ...length };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/**
 * A client that costs little beside the server that it measures: no parsing beyond what tells where an answer ends. A
 * connection that the server closes after an answer (as some do) is opened anew, which is part of what its clients pay. So is a
 * question that meets a connection as it is closed without a word: it is asked again on a new one (RFC 9110 §9.2.2).
 */
export function openWire(to: WireHost): Wire {
  const { host, port } = to;
  let socket: Socket | null = null;
  let chunks: Buffer[] = [];
  let size = 0;
  let ends: ((reply: WireReply) => void) | null = null;
  let fails: ((error: Error) => void) | null = null;
  // What is being asked, if it may be asked again: on a connection that has answered before.
  let again: Buffer | null = null;

  function receive(chunk: Buffer): void {
    chunks.push(chunk);
    size += chunk.length;
    const reply = readReply(chunks, size, false);
    if (reply) finish(reply);
  }

  function finish({ reply, keeps }: Read): void {
    chunks = [];
    size = 0;
    if (!keeps) {
      socket?.destroy();
      socket = null;
    }
    const done = ends;
    ends = fails = null;
    done?.(reply);
  }

  function open(): Socket {
    const opened = connect({ host, port, noDelay: true });
    opened.on('data', receive);
    opened.on('error', (error) => lose(opened, error));
    opened.on('close', () => lose(opened, new Error('The server closed the connection')));
    return opened;
  }

  function lose(lost: Socket, error: Error): void {
    if (socket !== lost) return;
    socket = null;
    const rest = size > 0 ? readReply(chunks, size, true) : null;
    if (rest) return finish(rest);
    if (size === 0 && again) {
      const request = again;
      again = null;
      socket = open();
      socket.write(request);
      return;
    }
    chunks = [];
    size = 0;
    const fail = fails;
    ends = fails = null;
    fail?.(error);
  }

  return {
    host: to,
    ask: (request) =>
      new Promise((resolve, reject) => {
        ends = resolve;
        fails = reject;
        again = socket && request;
        socket ??= open();
        socket.write(request);
      }),
    close: () => {
      const open = socket;
      socket = null;
      open?.destroy();
    },
  };
}

type Read = { readonly reply: WireReply; readonly keeps: boolean };

/** Reads an answer from what has arrived; null: not all of it is there. */
function readReply(chunks: Buffer[], size: number, isOver: boolean): Read | null {
  const first = chunks[0]!;
  let headEnd = first.indexOf('\r\n\r\n');
  if (headEnd === -1) {
    if (chunks.length === 1) return null;
    chunks.splice(0, chunks.length, Buffer.concat(chunks));
    headEnd = chunks[0]!.indexOf('\r\n\r\n');
    if (headEnd === -1) return null;
  }
  const head = chunks[0]!.subarray(0, headEnd).toString('latin1');
  const status = Number(head.slice(9, 12));
  const keeps = !/^connection: *close/imu.test(head) && head.startsWith('HTTP/1.1');
  const start = headEnd + 4;
  const length = /^content-length: *(\d+)/imu.exec(head)?.[1];
  if (status === 204 || status === 304) return { reply: { status, head, body: Buffer.alloc(0) }, keeps };
  if (length !== undefined) {
    if (size - start < Number(length)) return null;
    return { reply: { status, head, body: Buffer.concat(chunks).subarray(start, start + Number(length)) }, keeps };
  }
  if (/^transfer-encoding: *chunked/imu.test(head)) {
    const last = chunks.at(-1)!;
    // The end of the last chunk, before anything is put together.
    if (last.length >= 5 && last.subarray(-5).toString('latin1') !== '0\r\n\r\n') return null;
    const body = readChunks(Buffer.concat(chunks), start);
    return body && { reply: { status, head, body }, keeps };
  }
  return isOver ? { reply: { status, head, body: Buffer.concat(chunks).subarray(start) }, keeps: false } : null;
}

function readChunks(all: Buffer, start: number): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const end = all.indexOf('\r\n', at);
    if (end === -1) return null;
    const length = Number.parseInt(all.subarray(at, end).toString('latin1'), 16);
    if (all.length < end + 2 + length + 2) return null;
    if (length === 0) return Buffer.concat(parts);
    parts.push(all.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
