import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { folder, shareAccepted, stateOf } from '../../kit/calls.ts';
import { basicHeader, everything } from '../../kit/person.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let ada: Person;
before(async () => {
  app = await createTestApp();
  ada = app.ada;
});
after(() => app.close());

type Line = {
  readonly socket: WebSocket;
  /** The next message. */
  next(): Promise<Result>;
  say(message: object | string): void;
  /** Runs a method and gives its result. */
  call(name: string, args: object): Promise<Result>;
  /** Settles with the code of the closing. */
  readonly closed: Promise<number>;
};

type How = { headers?: Record<string, string>; protocols?: string[] };

function dial(person: Person, { headers, protocols = ['jmap'] }: How = {}): WebSocket {
  const own = headers ?? { Cookie: person.cookie, Origin: app.url };
  return new WebSocket(`${app.url.replace('http', 'ws')}/jmap/ws`, protocols, { headers: own });
}

/** The status with which the handshake is answered. */
function refusal(person: Person, how: How): Promise<number> {
  const socket = dial(person, how);
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode!);
      response.destroy();
    });
    socket.on('open', () => reject(new Error('It opened')));
    socket.on('error', () => undefined);
  });
}

async function connect(person: Person, how: How = {}): Promise<Line> {
  const socket = dial(person, how);
  const waiting: Result[] = [];
  const asking: ((message: Result) => void)[] = [];
  const give = (message: Result) => {
    const ask = asking.shift();
    if (ask) ask(message);
    else waiting.push(message);
  };
  socket.on('message', (data: Buffer) => give(JSON.parse(data.toString()) as Result));
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const line: Line = {
    socket,
    closed,
    next: () =>
      waiting.length > 0 ? Promise.resolve(waiting.shift()!) : new Promise((resolve) => asking.push(resolve)),
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async call(name, args) {
      line.say({
        '@type': 'Request',
        using: everything,
        methodCalls: [[name, { accountId: person.id, ...args }, 'c0']],
      });
      return (await line.next())['methodResponses']![0]![1]!;
    },
  };
  return line;
}

const echo = (id: string) => ({
  '@type': 'Request',
  id,
  using: ['urn:ietf:params:jmap:core'],
  methodCalls: [['Core/echo', { hello: true, high: 5 }, 'b3ff']],
});

test('the session tells the address, and that changes are pushed', async () => {
  const session = (await (await ada.get('/jmap/session')).json()) as Result;
  const told = session['capabilities']!['urn:ietf:params:jmap:websocket'];
  assert.deepEqual(told, { url: `${app.url.replace('http', 'ws')}/jmap/ws`, supportsPush: true });
});

test('a request is answered with its id, as over HTTP', async () => {
  const line = await connect(ada);
  assert.equal(line.socket.protocol, 'jmap');
  line.say(echo('R1'));
  const { sessionState, ...response } = (await line.next()) as unknown as Record<string, unknown>;
  assert.deepEqual(response, {
    '@type': 'Response',
    requestId: 'R1',
    methodResponses: [['Core/echo', { hello: true, high: 5 }, 'b3ff']],
  });
  assert.equal(sessionState, ((await (await ada.get('/jmap/session')).json()) as Result)['state']);
  line.socket.close();
});

test('a long answer cuts nobody off', async () => {
  const line = await connect(ada);
  const again = { resultOf: 'a', name: 'Core/echo', path: '/text' };
  line.say({
    '@type': 'Request',
    using: everything,
    methodCalls: [
      ['Core/echo', { text: 'x'.repeat(9_000_000) }, 'a'],
      ['Core/echo', { '#text': again }, 'b'],
    ],
  });
  const { methodResponses } = (await line.next()) as unknown as { methodResponses: [string, { text: string }][] };
  assert.deepEqual(
    methodResponses.map(([, { text }]) => text.length),
    [9_000_000, 9_000_000],
  );
  line.say(echo('R2'));
  assert.equal((await line.next())['requestId'], 'R2');
  line.socket.close();
});

test('what is no request is told as such, with the id where there is one, and the line stays open', async () => {
  const line = await connect(ada);
  const refused = async (message: object | string) => {
    line.say(message);
    const { '@type': type, requestId, type: error, status } = (await line.next()) as unknown as Record<string, string>;
    assert.deepEqual([type, status], ['RequestError', 400]);
    return [requestId, error!.replace('urn:ietf:params:jmap:error:', '')];
  };
  assert.deepEqual(await refused('The quick brown fox jumps\n over the lazy dog.'), [null, 'notJSON']);
  assert.deepEqual(await refused({ '@type': 'Request', id: 'a' }), ['a', 'notRequest']);
  assert.deepEqual(await refused({ ...echo('b'), '@type': 'Reqest' }), ['b', 'notRequest']);
  assert.deepEqual(await refused({ ...echo('c'), using: ['urn:example:none'] }), ['c', 'unknownCapability']);
  assert.deepEqual(await refused({ ...echo('d'), filler: 'x'.repeat(10_000_000) }), [null, 'limit']);
  line.say(echo('e'));
  assert.equal((await line.next())['requestId'], 'e');
  line.socket.close();
});

test('binary frames end the line', async () => {
  const line = await connect(ada);
  line.socket.send(Buffer.from(JSON.stringify(echo('R1'))), { binary: true });
  assert.equal(await line.closed, 1003);
});

test('with HTTP Basic a program may come from anywhere; with a cookie only our own pages may', async () => {
  const basic = basicHeader(ada.email, ada.password);
  const line = await connect(ada, { headers: { Authorization: basic } });
  line.say(echo('R1'));
  assert.equal((await line.next())['requestId'], 'R1');
  line.socket.close();
  const elsewhere = 'https://elsewhere.example';
  assert.equal(await refusal(ada, { headers: { Cookie: ada.cookie, Origin: elsewhere } }), 403);
  assert.equal(await refusal(ada, { headers: { Cookie: ada.cookie } }), 403);
  assert.equal(await refusal(ada, { headers: { Authorization: basic, Origin: elsewhere } }), 403);
  assert.equal(await refusal(ada, { headers: {} }), 401);
});

test('without the subprotocol, or without asking for a WebSocket, there is none', async () => {
  assert.equal(await refusal(ada, { protocols: ['chat'] }), 400);
  const plain = await ada.get('/jmap/ws');
  assert.deepEqual([plain.status, plain.headers.get('Upgrade')], [426, 'websocket']);
});

test('changes are pushed when asked for, of the wanted types only, until asked to stop', async () => {
  const dora = await app.person('Dora');
  const line = await connect(dora);
  line.say({ '@type': 'WebSocketPushEnable', dataTypes: ['AddressBook'] });
  await line.call('Core/echo', {});
  await dora.call('Preferences/set', { update: { singleton: { theme: 'dark' } } });
  await folder(dora, 'News');
  const told = (await line.next()) as unknown as Record<string, unknown>;
  assert.equal(told['@type'], 'StateChange');
  assert.deepEqual(told['changed'], { [dora.id]: { AddressBook: await stateOf(dora, 'AddressBook') } });
  assert.equal(typeof told['pushState'], 'string');
  line.say({ '@type': 'WebSocketPushDisable' });
  await line.call('Core/echo', {});
  await folder(dora, 'Silence');
  await new Promise((resolve) => setTimeout(resolve, 150));
  line.say(echo('after'));
  assert.equal((await line.next())['requestId'], 'after');
  line.socket.close();
});

test('a client that comes back with its pushState is told at once how everything stands', async () => {
  const emma = await app.person('Emma');
  const line = await connect(emma);
  line.say({ '@type': 'WebSocketPushEnable', dataTypes: null, pushState: 'abc' });
  const told = await line.next();
  assert.equal(told['changed']![emma.id]!['AddressBook'], await stateOf(emma, 'AddressBook'));
  line.socket.close();
});

test('of others one is told what happens in accepted folders', async () => {
  const [owner, reader] = [await app.person('Farid'), await app.person('Gaëlle')];
  const book = await folder(owner, 'Shared');
  await shareAccepted(owner, book, reader, 'viewer');
  const line = await connect(reader);
  line.say({ '@type': 'WebSocketPushEnable', dataTypes: ['ContactCard'] });
  await line.call('Core/echo', {});
  await owner.call('ContactCard/set', { create: { new: { name: { full: 'New' }, addressBookIds: { [book]: true } } } });
  assert.deepEqual(Object.keys((await line.next())['changed']!), [owner.id]);
  line.socket.close();
});

test('the limit of requests at the same time is one for both ways', async () => {
  const line = await connect(ada);
  const headers = { Cookie: ada.cookie, Origin: app.url, 'Content-Type': 'application/json' };
  const unfinished: ReturnType<typeof request>[] = [];
  /** Begins one that never comes to its end. */
  const begin = () => {
    const one = request(`${app.url}/jmap/api`, { method: 'POST', headers });
    one.on('error', () => undefined).write('{');
    unfinished.push(one);
  };
  for (let count = 0; count < 8; count++) begin();
  const askUntil = async (type: string, meanwhile: () => void = () => undefined) => {
    for (;;) {
      line.say(echo('R1'));
      const answer = await line.next();
      if (answer['@type'] === type) return answer;
      meanwhile();
    }
  };
  // One that came while the line was asking has been refused itself: then another takes its place.
  const refused = await askUntil('RequestError', begin);
  assert.deepEqual([refused['limit'], refused['requestId']], ['maxConcurrentRequests', 'R1']);
  for (const each of unfinished) each.destroy();
  assert.equal((await askUntil('Response'))['requestId'], 'R1');
  line.socket.close();
});

test('whoever signs out is not answered any more', async () => {
  const hugo = await app.person('Hugo');
  const line = await connect(hugo);
  await hugo.fetch('/site/sign-out', { method: 'POST' });
  line.say(echo('R1'));
  assert.equal(await line.closed, 1008);
});

test('a line on which nobody answers pings is cut; one that answers stays', async () => {
  // Client and server share a processor here: it must be able to do something else for a while between two pings.
  await using quick = await createTestApp({ second: 30 });
  const url = `${quick.url.replace('http', 'ws')}/jmap/ws`;
  const headers = { Cookie: quick.ada.cookie, Origin: quick.url };
  const dead = new WebSocket(url, ['jmap'], { headers, autoPong: false });
  const alive = new WebSocket(url, ['jmap'], { headers });
  let pings = 0;
  alive.on('ping', () => pings++);
  const code = await new Promise<number>((resolve) => dead.on('close', resolve));
  assert.equal(code, 1006);
  assert.ok(pings > 0 && alive.readyState === WebSocket.OPEN);
  alive.terminate();
});

test('when the server closes, the lines are told that it goes away', async () => {
  const closing = await createTestApp();
  const socket = new WebSocket(`${closing.url.replace('http', 'ws')}/jmap/ws`, ['jmap'], {
    headers: { Cookie: closing.ada.cookie, Origin: closing.url },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const code = new Promise<number>((resolve) => socket.on('close', resolve));
  await closing.close();
  assert.equal(await code, 1001);
});

test('one person has thirty-two connections at most', async () => {
  const ines = await app.person('Inès');
  const lines = await Promise.all(Array.from({ length: 32 }, () => connect(ines)));
  assert.equal(await refusal(ines, {}), 429);
  for (const line of lines) line.socket.close();
  await Promise.all(lines.map((line) => line.closed));
});
