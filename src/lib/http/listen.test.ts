import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { createLog } from '../log.ts';
import type { Door } from './http.ts';
import { pathSegments } from './http.ts';
import { listen } from './listen.ts';
import type { Listener } from './listen.ts';
import { json, text } from './reply.ts';

const lines: string[] = [];
const listeners: Listener[] = [];
after(() => Promise.all(listeners.map((listener) => listener.close(0))));

async function open(door: Door, trustProxy = false): Promise<string> {
  const log = createLog({ level: 'info', write: (line) => lines.push(line) });
  const listener = await listen(door, { host: '127.0.0.1', port: 0, log, trustProxy, shownPaths: {} });
  listeners.push(listener);
  return `http://127.0.0.1:${listener.port}`;
}

function head(url: string): Promise<{ headers: IncomingHttpHeaders; length: number }> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'HEAD' }, (response) => {
      let length = 0;
      response
        .on('data', (chunk: Buffer) => (length += chunk.length))
        .on('end', () => resolve({ headers: response.headers, length }));
    })
      .on('error', reject)
      .end();
  });
}

test('a large text is compressed for those who accept it, and its tag becomes a weak one', async () => {
  const url = await open(async () => text(200, 'abc '.repeat(1000), { ETag: '"1"' }));
  for (const coding of ['br', 'gzip']) {
    const response = await fetch(url, { headers: { 'Accept-Encoding': coding } });
    assert.equal(response.headers.get('Content-Encoding'), coding);
    assert.equal(response.headers.get('Vary'), 'Accept-Encoding');
    assert.equal(response.headers.get('ETag'), 'W/"1"');
    assert.equal((await response.text()).length, 4000);
  }
  const refused = await fetch(url, { headers: { 'Accept-Encoding': 'br;q=0, gzip;q=0' } });
  assert.equal(refused.headers.get('Content-Encoding'), null);
});

test('a small text and an image are not compressed', async () => {
  const url = await open(async (incoming) =>
    incoming.url.pathname === '/small'
      ? json(200, {})
      : { status: 200, headers: { 'Content-Type': 'image/png' }, body: new Uint8Array(5000) },
  );
  for (const path of ['/small', '/image']) {
    const response = await fetch(url + path, { headers: { 'Accept-Encoding': 'br' } });
    assert.equal(response.headers.get('Content-Encoding'), null);
    await response.arrayBuffer();
  }
});

test('a body that comes in parts is sent, compressed or not', async () => {
  async function* parts() {
    yield 'first,';
    yield new TextEncoder().encode('second');
  }
  const url = await open(async () => ({ status: 200, headers: { 'Content-Type': 'text/csv' }, body: parts() }));
  assert.equal(await (await fetch(url, { headers: { 'Accept-Encoding': 'identity' } })).text(), 'first,second');
  assert.equal(await (await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } })).text(), 'first,second');
});

test('HEAD is GET without the body', async () => {
  const url = await open(async (incoming) => text(200, incoming.method));
  const { headers, length } = await head(url);
  assert.equal(headers['content-length'], '3');
  assert.equal(length, 0);
});

test('a body over the limit is 413, whether its length was told or not', async () => {
  const url = await open(async (incoming) => text(200, String((await incoming.body(10)).length)));
  const post = (body: string | ReadableStream) =>
    fetch(url, { method: 'POST', body, ...(typeof body === 'string' ? {} : { duplex: 'half' as const }) });
  assert.equal(await (await post('0123456789')).text(), '10');
  assert.equal((await post('0123456789a')).status, 413);
  assert.equal((await post(new Blob(['x'.repeat(100_000)]).stream())).status, 413);
});

test('a fault is 500 with the id of the request and nothing else', async () => {
  const url = await open(async () => {
    throw new Error('the inner life');
  });
  const response = await fetch(url);
  assert.equal(response.status, 500);
  const body = await response.text();
  assert.ok(!body.includes('inner life'));
  assert.equal((JSON.parse(body) as { requestId: string }).requestId, response.headers.get('X-Request-Id'));
});

test('the log has the path without query and without the secret of a link', async () => {
  const url = await open(async () => text(200, ''));
  lines.length = 0;
  await (await fetch(`${url}/shared/very-secret.csv?key=hidden`)).text();
  await (await fetch(`${url}/open?key=hidden`)).text();
  await new Promise((resolve) => setImmediate(resolve));
  const all = lines.join('\n');
  assert.match(all, /"path":"\/shared\/…"/u);
  assert.match(all, /"path":"\/open"/u);
  assert.ok(!all.includes('secret.csv') && !all.includes('hidden'));
});

test('forwarded addresses are believed only behind a proxy, and only the last of them', async () => {
  const door: Door = async (incoming) => json(200, incoming.remoteAddress);
  const headers = { 'X-Forwarded-For': '10.0.0.1, 10.0.0.2' };
  assert.deepEqual(await (await fetch(await open(door), { headers })).json(), '127.0.0.1');
  assert.deepEqual(await (await fetch(await open(door, true), { headers })).json(), '10.0.0.2');
});

test('a live reply is written as it happens; closing the server ends it', async () => {
  let ended = false;
  const url = await open(async (incoming) => ({
    status: 200,
    headers: { 'Content-Type': 'text/event-stream' },
    body: {
      stream(write, close) {
        write(': hello\n\n');
        incoming.signal.addEventListener('abort', () => {
          ended = true;
          close();
        });
      },
    },
  }));
  const response = await fetch(url);
  const reader = response.body!.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), ': hello\n\n');
  await listeners.at(-1)!.close(1000);
  assert.equal((await reader.read()).done, true);
  assert.ok(ended);
});

test('a target that is no path is refused, and a doubled slash is no other host', async () => {
  const url = await open(async (incoming) => text(200, incoming.url.host + incoming.url.pathname));
  assert.equal(await (await fetch(`${url}//elsewhere.example/x`)).text(), 'localhost//elsewhere.example/x');
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () =>
      socket.write('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    );
    let all = '';
    socket.on('data', (chunk) => (all += chunk.toString())).on('end', () => resolve(all));
  });
  assert.match(answer, /^HTTP\/1.1 400/u);
});

test('segments of a path are decoded one by one; broken encoding is no path', () => {
  assert.deepEqual(pathSegments(new URL('http://localhost/a/b%2Fc/')), ['a', 'b/c', '']);
  assert.equal(pathSegments(new URL('http://localhost/%E0%A4')), null);
});
