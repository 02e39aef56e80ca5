import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { WebSocket } from 'ws';
import { silentLog } from '../log.ts';
import type { Door, SocketBody } from './http.ts';
import { listen } from './listen.ts';
import type { Listener } from './listen.ts';
import { text } from './reply.ts';

const listeners: Listener[] = [];
after(() => Promise.all(listeners.map((listener) => listener.close(0))));

async function open(door: Door): Promise<number> {
  const listener = await listen(door, { host: '127.0.0.1', port: 0, log: silentLog });
  listeners.push(listener);
  return listener.port;
}

const socketDoor =
  (open_: SocketBody['open']): Door =>
  async () => ({
    status: 101,
    body: { protocol: 'test', maxMessage: 1000, pingMilliseconds: 60_000, open: open_ },
  });

function dial(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, ['test']);
  return new Promise((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject));
}

test('messages go both ways, and the end is seen at the signal', async () => {
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const port = await open(async (request) => {
    request.signal.addEventListener('abort', ended);
    return socketDoor((send) => (message) => void send(`heard ${Buffer.from(message).toString()}`))(request);
  });
  const socket = await dial(port);
  socket.send('élan');
  const heard = await new Promise<string>((resolve) =>
    socket.once('message', (data: Buffer) => resolve(data.toString())),
  );
  assert.equal(heard, 'heard élan');
  socket.close();
  await end;
});

test('a message that is too long ends the connection', async () => {
  const socket = await dial(await open(socketDoor(() => () => assert.fail('It arrived'))));
  const code = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.send('x'.repeat(1001));
  assert.equal(await code, 1009);
});

test('whoever does not read is told apart from the others', async () => {
  let sent = 0;
  const port = await open(
    socketDoor((send, close) => () => {
      const block = 'x'.repeat(1_000_000);
      while (send(block)) sent++;
      close(1008, 'Too slow');
    }),
  );
  const socket = await dial(port);
  const code = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.pause();
  socket.send('go');
  setTimeout(() => socket.resume(), 1500);
  assert.ok([1006, 1008].includes(await code));
  assert.ok(sent >= 14 && sent < 100, String(sent));
});

test('a door that refuses answers as to any other request', async () => {
  const port = await open(async () => text(403, 'not here'));
  const answer = await ask(port, 'Upgrade: websocket');
  assert.match(answer, /^HTTP\/1.1 403 [\s\S]*Connection: close[\s\S]*not here$/u);
});

test('a wish to become something else than a WebSocket is not heard', async () => {
  const port = await open(async () => text(200, 'still HTTP/1.1'));
  assert.match(await ask(port, 'Upgrade: h2c'), /^HTTP\/1.1 200 [\s\S]*still HTTP\/1.1$/u);
});

test('a handshake without its key is refused', async () => {
  const port = await open(socketDoor(() => () => undefined));
  assert.match(await ask(port, 'Upgrade: websocket'), /^HTTP\/1.1 400 /u);
});

test('HEAD makes no WebSocket', async () => {
  const port = await open(socketDoor(() => () => undefined));
  assert.match(await ask(port, 'Upgrade: websocket', 'HEAD'), /^HTTP\/1.1 400 /u);
});

/** Sends a request by hand and gives all that comes back. */
function ask(port: number, upgrade: string, method = 'GET'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${method} / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\n${upgrade}\r\n\r\n`),
    );
    let all = '';
    socket.on('data', (chunk) => (all += chunk.toString())).on('close', () => resolve(all));
  });
}
