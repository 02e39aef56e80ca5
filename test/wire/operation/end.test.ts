import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request as ask } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { createDataFolder } from '../../../e2e/kit/server.ts';
import { freePort } from '../../kit/daemon.ts';
import { cookiesOf, everything, postJson } from '../../kit/person.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

type Running = AsyncDisposable & {
  readonly url: string;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
};

async function start(data: string, settings: Readonly<Record<string, string>> = {}): Promise<Running> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], COTERIE_DATA: data, COTERIE_PORT: '0', COTERIE_DEMO: 'on', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /Coterie is open: (\S+)/u.exec(output)?.[1];
        if (found) resolve(found);
      });
    void ended.then((code) => reject(new Error(`It ended with ${code}:\n${output}`)));
  });
  return {
    url,
    ended,
    output: () => output,
    signal: (name) => void child.kill(name),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Signs Ada of the demonstration in; her cookie and the id of her account. */
async function enter(url: string): Promise<{ readonly cookie: string; readonly accountId: string }> {
  const demo = (await (await fetch(`${url}/site/context`)).json()) as { demo: { password: string } };
  const body = { email: 'ada@demo.example', password: demo.demo.password };
  const cookie = cookiesOf(await fetch(`${url}/site/sign-in`, postJson(body)));
  const session = (await (await fetch(`${url}/jmap/session`, { headers: { Cookie: cookie } })).json()) as {
    primaryAccounts: Record<string, string>;
  };
  return { cookie, accountId: session.primaryAccounts['urn:ietf:params:jmap:contacts']! };
}

type Answer = { readonly status: number; readonly text: string };

/** One request by a kept connection; null: nobody listens any more. */
function post(agent: Agent, url: string, headers: Record<string, string>, body: string): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const sent = ask(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response
        .on('data', (chunk: Buffer) => (text += chunk.toString()))
        .on('end', () => resolve({ status: response.statusCode!, text }))
        .on('error', reject);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? resolve(null) : reject(error)));
    sent.end(body);
  });
}

test('who is told to end under load fails no request, keeps what it acknowledged, sends windows away politely, and ends with 0', async () => {
  const data = await createDataFolder();
  try {
    await using first = await start(data.path, { COTERIE_DRAIN_SECONDS: '10' });
    const { cookie, accountId } = await enter(first.url);
    const headers = { Cookie: cookie, Origin: first.url, 'Content-Type': 'application/json' };
    const books = await post(
      new Agent(),
      `${first.url}/jmap/api`,
      headers,
      jmap('AddressBook/get', { accountId, ids: null }),
    );
    const { list } = resultOf(books!.text) as { list: { id: string; isDefault: boolean }[] };
    const bookId = list.find(({ isDefault }) => isDefault)!.id;

    const stream = await fetch(`${first.url}/jmap/eventsource?types=*&closeafter=no&ping=0`, {
      headers: { Cookie: cookie },
    });
    const events = new Response(stream.body).text();
    const socket = new WebSocket(first.url.replace('http', 'ws') + '/jmap/ws', ['jmap'], {
      headers: { Cookie: cookie, Origin: first.url },
    });
    const closed = once(socket, 'close');
    await once(socket, 'open');

    const made: string[] = [];
    let answered = 0;
    let isDraining = false;
    const worker = async (number: number) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let count = 0; !isDraining; count++) {
        const uid = `urn:x:${number}-${count}`;
        const create = {
          accountId,
          create: {
            c: { '@type': 'Card', version: '1.0', uid, addressBookIds: { [bookId]: true }, name: { full: 'Qui Vive' } },
          },
        };
        const answer = await post(agent, `${first.url}/jmap/api`, headers, jmap('ContactCard/set', create));
        if (answer === null) return agent.destroy();
        assert.equal(answer.status, 200, answer.text);
        const { created } = resultOf(answer.text) as { created: Record<string, { id: string }> };
        made.push(created['c']!.id);
        answered += 1;
      }
    };
    const load = Promise.all([0, 1, 2, 3, 4, 5].map(worker));
    while (answered < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = answered;
    first.signal('SIGTERM');
    // While it drains, it says so, and works on, until the load balancer in front has noticed.
    await untilDraining(first.url);
    const whenTold = answered;
    while (answered < whenTold + 6) await new Promise((resolve) => setTimeout(resolve, 10));
    isDraining = true;
    await load;
    assert.ok(answered > before, 'it went on answering');
    assert.match(await events, /retry: [2-5]\d{3}\n\n$/u);
    const [code] = (await closed) as [number];
    assert.equal(code, 1001);
    assert.equal(await first.ended, 0, first.output());

    await using second = await start(data.path);
    const again = await enter(second.url);
    const got = await post(
      new Agent(),
      `${second.url}/jmap/api`,
      { Cookie: again.cookie, Origin: second.url, 'Content-Type': 'application/json' },
      jmap('ContactCard/get', { accountId, ids: made.slice(0, 1000), properties: ['id'] }),
    );
    assert.deepEqual((resultOf(got!.text) as { notFound: string[] }).notFound, []);
    second.signal('SIGTERM');
    assert.equal(await second.ended, 0);
  } finally {
    await data.remove();
  }
});

test('a request that is under way is finished, up to a bound', async () => {
  const data = await createDataFolder();
  try {
    await using running = await start(data.path, { COTERIE_STOP_SECONDS: '60' });
    const { cookie, accountId } = await enter(running.url);
    const headers = { Cookie: cookie, Origin: running.url, 'Content-Type': 'text/plain' };
    const answer = new Promise<number>((resolve, reject) => {
      const upload = ask(`${running.url}/jmap/upload/${accountId}`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      upload.on('error', reject);
      upload.write('first half, ');
      upload.once('socket', (connection) =>
        connection.once('connect', () => {
          running.signal('SIGTERM');
          void untilRefused(running.url).then(() => upload.end('second half'));
        }),
      );
    });
    assert.equal(await answer, 201);
    assert.equal(await running.ended, 0);

    await using impatient = await start(data.path, { COTERIE_STOP_SECONDS: '0' });
    const { port } = new URL(impatient.url);
    const hanging = ask({
      port,
      method: 'POST',
      path: '/site/sign-in',
      headers: { 'Content-Length': '100', 'Content-Type': 'application/json' },
    });
    const cut = once(hanging, 'error');
    hanging.write('x');
    await once(hanging, 'socket').then(([connection]) => once(connection as NodeJS.EventEmitter, 'connect'));
    impatient.signal('SIGTERM');
    await cut;
    assert.equal(await impatient.ended, 0);
  } finally {
    await data.remove();
  }
});

test('metrics are read on a port of their own and stop with the program; a taken port stops the start with a sentence', async () => {
  const data = await createDataFolder();
  try {
    const port = await freePort();
    await using running = await start(data.path, { COTERIE_METRICS_PORT: String(port), COTERIE_LOG: 'info' });
    const { cookie } = await enter(running.url);
    await fetch(`${running.url}/jmap/session`, { headers: { Cookie: cookie, 'X-Request-Id': 'proxy-4711-a' } });
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    assert.match(text, /^coterie_requests_total\{protocol="jmap",operation="GET session",status="2xx"\} \d+$/mu);
    assert.match(text, /^coterie_transaction_wait_seconds_count \d+$/mu);
    assert.match(text, /^nodejs_eventloop_lag_seconds /mu);
    assert.equal(
      (await fetch(`${running.url}/metrics`)).headers.get('content-type')?.startsWith('text/html') ?? false,
      true,
    );
    const second = spawn(process.execPath, [main], {
      env: {
        PATH: process.env['PATH'],
        COTERIE_DATA: join(data.path, 'b'),
        COTERIE_PORT: '0',
        COTERIE_METRICS_PORT: String(port),
      },
    });
    let said = '';
    second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    assert.deepEqual(await once(second, 'close').then(([code]) => code as number), 1);
    assert.match(said, /Metrics cannot be opened .*EADDRINUSE.*COTERIE_METRICS_PORT/u);
    running.signal('SIGTERM');
    assert.equal(await running.ended, 0);
    assert.match(running.output(), /"id":"proxy-4711-a","method":"GET","path":"\/jmap\/session"/u);
    assert.ok(!running.output().includes('ada@demo.example","'), 'nobody stands in the log');
    assert.ok((await readFile(join(data.path, 'secret.key'))).length > 0);
  } finally {
    await data.remove();
  }
});

function jmap(name: string, args: object): string {
  return JSON.stringify({ using: everything, methodCalls: [[name, args, '0']] });
}

function resultOf(text: string): unknown {
  return (JSON.parse(text) as { methodResponses: [string, unknown, string][] }).methodResponses[0]![1];
}

async function untilDraining(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/health/ready`);
    const text = await response.text();
    if (response.status === 503) return assert.equal(text, 'draining\n');
  }
}

async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const isRefused = await fetch(`${url}/health/live`).then(
      (response) => response.text().then(() => false),
      () => true,
    );
    if (isRefused) return;
  }
}
