import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { SocketBody } from './http.ts';

/** A request to become a WebSocket that the door has agreed to. */
type Accepted = { readonly head: Uint8Array; readonly body: SocketBody; readonly signal: AbortSignal };

/** While so much waits for the reader, nothing more is read from it; with more it is called slow. */
const pauseOctets = 1_000_000;
const slowReaderOctets = 16_000_000;
/** How long the other side has to answer a closing before the line is cut. */
const farewellMilliseconds = 1000;

const goingAway = 1001;
const unsupportedData = 1003;

/** Turns the connection into a WebSocket; resolves when it has ended. */
export function acceptSocket(
  incoming: IncomingMessage,
  response: ServerResponse,
  { head, body, signal }: Accepted,
): Promise<void> {
  const { socket } = incoming;
  response.statusCode = 101;
  response.detachSocket(socket);
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: body.maxMessage,
    // A window of compression for each of a thousand connections would cost more than it saves.
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(body.protocol) ? body.protocol : false),
  });
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    server.handleUpgrade(incoming, socket, Buffer.from(head), (connection) => serve(connection, body, signal));
  });
}

function serve(connection: WebSocket, body: SocketBody, signal: AbortSignal): void {
  const close = (code: number, reason: string) => {
    connection.close(code, reason);
    setTimeout(() => connection.terminate(), farewellMilliseconds).unref();
  };
  const send = (text: string) => {
    if (connection.readyState !== connection.OPEN) return false;
    // What waited before: a long message by itself makes nobody slow.
    const isSlow = connection.bufferedAmount >= slowReaderOctets;
    connection.send(text, () => {
      if (connection.isPaused && connection.bufferedAmount < pauseOctets) connection.resume();
    });
    if (connection.bufferedAmount >= pauseOctets) connection.pause();
    return !isSlow;
  };
  const receive = body.open(send, close);
  connection.on('message', (data, isBinary) => {
    // RFC 8887 §4.3.1, and nobody else here has a use for them.
    if (isBinary) close(unsupportedData, 'Text only');
    else if (Buffer.isBuffer(data)) receive(data);
  });
  keepAlive(connection, body.pingMilliseconds);
  // A frame that breaks the rules: the library answers it and closes.
  connection.on('error', () => undefined);
  if (signal.aborted) close(goingAway, '');
  signal.addEventListener('abort', () => close(goingAway, ''));
}

/** A line that is dead without a word looks open for ever: whoever does not answer a ping is gone. */
function keepAlive(connection: WebSocket, every: number): void {
  let isAlive = true;
  connection.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    // While nothing is read, no answer can be seen.
    if (connection.isPaused) return;
    if (!isAlive) {
      connection.terminate();
      return;
    }
    isAlive = false;
    connection.ping();
  }, every);
  timer.unref();
  connection.on('close', () => clearInterval(timer));
}
