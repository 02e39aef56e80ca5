import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { createTestWorld, defaultBook, grant } from './coreWorld.ts';
import type { Person, TestWorld } from './coreWorld.ts';

let app: TestWorld;
let ada: Person;
let ben: Person;
before(async () => {
  app = await createTestWorld();
  ada = await app.person('Ada');
  ben = await app.person('Ben');
});
after(() => app.close());

type Session = {
  capabilities: Record<string, Record<string, unknown>>;
  accounts: Record<
    string,
    {
      name: string;
      isPersonal: boolean;
      isReadOnly: boolean;
      accountCapabilities: Record<string, Record<string, unknown>>;
    }
  >;
  primaryAccounts: Record<string, string>;
  username: string;
  state: string;
} & Record<'apiUrl' | 'downloadUrl' | 'uploadUrl' | 'eventSourceUrl', string>;

const contacts = 'urn:ietf:params:jmap:contacts';
const principals = 'urn:ietf:params:jmap:principals';

const session = async (person: Person) => (await (await person.fetch('/jmap/session')).json()) as Session;

function post(body: string | Uint8Array<ArrayBuffer>, type = 'application/json', person = ada): Promise<Response> {
  return person.fetch('/jmap/api', { method: 'POST', headers: { 'Content-Type': type }, body });
}

async function problemOf(response: Response): Promise<(number | string)[]> {
  assert.match(response.headers.get('Content-Type')!, /^application\/problem\+json/u);
  const { type, limit } = (await response.json()) as { type: string; limit?: string };
  return [response.status, type.replace('urn:ietf:params:jmap:error:', ''), ...(limit === undefined ? [] : [limit])];
}

test('the session tells capabilities, limits and one own account that is primary for all of them', async () => {
  const response = await ada.fetch('/jmap/session');
  assert.equal(response.headers.get('Cache-Control'), 'no-cache, no-store, must-revalidate');
  const value = (await response.json()) as Session;
  const core = value.capabilities['urn:ietf:params:jmap:core']!;
  for (const name of [
    'maxSizeUpload',
    'maxConcurrentUpload',
    'maxSizeRequest',
    'maxConcurrentRequests',
    'maxCallsInRequest',
    'maxObjectsInGet',
    'maxObjectsInSet',
  ]) {
    assert.ok(Number.isInteger(core[name]) && Number(core[name]) > 0, name);
  }
  assert.deepEqual(core['collationAlgorithms'], []);
  assert.deepEqual(value.capabilities[contacts], {});
  const account = value.accounts[ada.id]!;
  assert.deepEqual([account.isPersonal, account.isReadOnly], [true, false]);
  assert.deepEqual(account.accountCapabilities[contacts], { maxAddressBooksPerCard: 1, mayCreateAddressBook: true });
  assert.deepEqual(account.accountCapabilities[principals], { currentUserPrincipalId: ada.id });
  assert.deepEqual(account.accountCapabilities[`${principals}:owner`], {
    accountIdForPrincipal: ada.id,
    principalId: ada.id,
  });
  assert.deepEqual([value.primaryAccounts[contacts], value.primaryAccounts[principals]], [ada.id, ada.id]);
  assert.ok(!(`${principals}:owner` in value.capabilities) && !('urn:ietf:params:jmap:core' in value.primaryAccounts));
  assert.equal(value.username, 'ada@demo.example');
});

test('the addresses in the session are absolute and hold the variables of the RFC', async () => {
  const value = await session(ada);
  const variables = {
    apiUrl: [],
    downloadUrl: ['accountId', 'blobId', 'type', 'name'],
    uploadUrl: ['accountId'],
    eventSourceUrl: ['types', 'closeafter', 'ping'],
  };
  for (const [name, all] of Object.entries(variables)) {
    const url = value[name as keyof typeof variables];
    assert.ok(url.startsWith('https://contacts.demo.example/'), url);
    for (const variable of all) assert.ok(url.includes(`{${variable}}`), `${variable} in ${url}`);
  }
});

test('/.well-known/jmap leads to the session', async () => {
  const response = await ada.fetch('/.well-known/jmap');
  assert.ok(response.redirected && response.url.endsWith('/jmap/session'));
  assert.equal(((await response.json()) as Session).username, 'ada@demo.example');
});

test('an account of somebody else appears with the first accepted folder, and the session state moves', async () => {
  const [carl, dora] = [await app.person('Carl'), await app.person('Dora')];
  const before = await session(dora);
  const book = await defaultBook(carl);
  await grant(carl, book, dora, { mayWrite: false }, null);
  assert.deepEqual(
    Object.keys((await session(dora)).accounts),
    [dora.id, 'directory'],
    'a waiting invitation is no subscription',
  );
  const db = carl.context.db;
  const subscription = {
    principal_id: dora.id,
    book_id: book,
    account_id: carl.id,
    status: 'accepted' as const,
    name: null,
    color: null,
    sort_order: 0,
    decided_at: '',
  };
  await db.transaction((tx) => tx.run(tx.build.insertInto('subscription').values(subscription)));
  const after = await session(dora);
  assert.notEqual(after.state, before.state);
  const account = after.accounts[carl.id]!;
  assert.deepEqual([account.name, account.isPersonal, account.isReadOnly], ['Carl', false, true]);
  assert.ok(!(principals in account.accountCapabilities));
  assert.deepEqual(account.accountCapabilities[`${principals}:owner`], {
    accountIdForPrincipal: dora.id,
    principalId: carl.id,
  });
});

test('without signing in everything is 401, with a challenge for programs and none for the web app', async () => {
  for (const [path, init] of [
    ['session', {}],
    ['api', { method: 'POST' }],
    ['upload/x', { method: 'POST' }],
    ['download/a/b/c', {}],
    ['eventsource?types=*', {}],
  ] as const) {
    const response = await fetch(`${app.url}/jmap/${path}`, init);
    assert.equal(response.status, 401, path);
    await response.text();
  }
  const challenge = 'Basic realm="Coterie", charset="UTF-8"';
  assert.equal(await challengeFor({}), challenge);
  assert.equal(await challengeFor({ 'Sec-Fetch-Mode': 'navigate' }), challenge);
  for (const webApp of [
    { 'X-Requested-With': 'coterie' },
    { 'Sec-Fetch-Mode': 'cors' },
    { 'Sec-Fetch-Mode': 'same-origin' },
  ]) {
    assert.equal(await challengeFor(webApp), undefined);
  }
});

/** By hand: `fetch` always says that it is a browser's. */
function challengeFor(headers: Record<string, string>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    get(`${app.url}/jmap/session`, { headers }, (response) => {
      response.resume();
      resolve(response.headers['www-authenticate']);
    }).on('error', reject);
  });
}

test('other paths are 404, other methods 405 with what is allowed', async () => {
  for (const path of ['/jmap', '/jmap/nothing', '/jmap/session/x', '/jmap/constructor', '/jmap/upload'])
    assert.equal((await ada.fetch(path)).status, 404, path);
  const response = await ada.fetch('/jmap/api');
  assert.deepEqual([response.status, response.headers.get('Allow')], [405, 'POST']);
});

test('what is no JSON, or not sent as JSON, is notJSON', async () => {
  const good = '{"using":[],"methodCalls":[]}';
  assert.deepEqual(await problemOf(await post('{"using":')), [400, 'notJSON']);
  assert.deepEqual(await problemOf(await post(good, 'text/plain')), [400, 'notJSON']);
  assert.deepEqual(await problemOf(await post(Uint8Array.from([0x22, 0xff, 0x22]))), [400, 'notJSON']);
  assert.deepEqual(await problemOf(await post('{"using":["\\ud800"],"methodCalls":[]}')), [400, 'notJSON']);
  assert.deepEqual(await problemOf(await post('{"using":[1e999],"methodCalls":[]}')), [400, 'notJSON']);
  // RFC 7493 §2.3: who reads the first and who reads the last of two would read different requests.
  assert.deepEqual(await problemOf(await post('{"using":[],"methodCalls":[],"methodCalls":[]}')), [400, 'notJSON']);
  assert.equal((await post(good, 'application/json; charset=utf-8')).status, 200);
});

test('what is no request is notRequest, and members that nobody knows are ignored', async () => {
  const wrong = [
    '[]',
    'null',
    '{}',
    '{"using":[]}',
    '{"using":[1],"methodCalls":[]}',
    '{"using":[],"methodCalls":[["a",{}]]}',
    '{"using":[],"methodCalls":[["a",[],"c"]]}',
    '{"using":[],"methodCalls":[],"createdIds":{"a":1}}',
  ];
  for (const body of wrong) assert.deepEqual(await problemOf(await post(body)), [400, 'notRequest'], body);
  const deep = `{"using":[],"methodCalls":[["a",{"x":${'['.repeat(5000)}${']'.repeat(5000)}},"c"]]}`;
  assert.deepEqual(await problemOf(await post(deep)), [400, 'notRequest']);
  assert.equal((await post('{"using":[],"methodCalls":[],"future":true}')).status, 200);
});

test('an unknown capability refuses the whole request', async () => {
  assert.deepEqual(await problemOf(await post('{"using":["urn:x"],"methodCalls":[]}')), [400, 'unknownCapability']);
  assert.deepEqual(await problemOf(await post(`{"using":["${principals}:owner"],"methodCalls":[]}`)), [
    400,
    'unknownCapability',
  ]);
});

test('without any capability every method is unknown', async () => {
  const response = await post('{"using":[],"methodCalls":[["Core/echo",{},"c"]]}');
  assert.deepEqual(((await response.json()) as { methodResponses: unknown }).methodResponses, [
    ['error', { type: 'unknownMethod' }, 'c'],
  ]);
});

test('the limits of the session hold: calls, size, requests at the same time', async () => {
  const calls = (count: number) =>
    JSON.stringify({ using: [], methodCalls: Array.from({ length: count }, () => ['Core/echo', {}, 'c']) });
  assert.equal((await post(calls(64))).status, 200);
  assert.deepEqual(await problemOf(await post(calls(65))), [400, 'limit', 'maxCallsInRequest']);
  assert.deepEqual(await problemOf(await post(' '.repeat(10_000_001))), [400, 'limit', 'maxSizeRequest']);
  const slow = Array.from({ length: 9 }, () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    void writer.write(new TextEncoder().encode('{"using":[],"methodCalls":[]'));
    const response = ben.fetch('/jmap/api', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: readable,
      duplex: 'half',
    } as RequestInit);
    return { response, finish: () => writer.write(new TextEncoder().encode('}')).then(() => writer.close()) };
  });
  const refused = await Promise.race(slow.map(({ response }) => response));
  assert.deepEqual(await problemOf(refused), [400, 'limit', 'maxConcurrentRequests']);
  await Promise.allSettled(slow.map(({ finish }) => finish()));
  const statuses = (await Promise.allSettled(slow.map(({ response }) => response))).map((result) =>
    result.status === 'fulfilled' ? result.value.status : 0,
  );
  assert.equal(statuses.filter((status) => status === 200).length, 8);
});

test('createdIds come back only when they were given; every response has the session state', async () => {
  const without = (await (await post('{"using":[],"methodCalls":[]}')).json()) as Record<string, unknown>;
  assert.deepEqual(without, { methodResponses: [], sessionState: (await session(ada)).state });
  const given = (await (await post('{"using":[],"methodCalls":[],"createdIds":{"k":"x"}}')).json()) as Record<
    string,
    unknown
  >;
  assert.deepEqual(given['createdIds'], { k: 'x' });
});

test('an account that does not exist, or that one has no business with, is accountNotFound', async () => {
  const responses = await ada.jmap(
    ['Principal/get', { accountId: 'nobody' }],
    ['Principal/get', { accountId: ben.id }],
    ['Preferences/get', { accountId: ben.id }],
  );
  assert.deepEqual(
    responses.map(([, result]) => result['type']),
    ['accountNotFound', 'accountNotFound', 'accountNotFound'],
  );
});

test('types of the own account are not supported in an account that is shared', async () => {
  const [emil, fay] = [await app.person('Emil'), await app.person('Fay')];
  await grant(emil, await defaultBook(emil), fay, { mayWrite: true }, null);
  const [answer] = await fay.jmap(['Preferences/get', { accountId: emil.id }]);
  assert.equal(answer![1]['type'], 'accountNotSupportedByMethod');
});

test('whatever is sent, the answer is a response or a problem, never a fault', async () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const call = fc.tuple(
    fc.constantFrom('Core/echo', 'Principal/get', 'Principal/query', 'Preferences/set', 'Blob/copy', 'x'),
    fc.dictionary(
      fc.constantFrom('accountId', 'ids', '#ids', 'filter', 'sort', 'create', 'update', 'limit', '__proto__'),
      json,
    ),
    fc.string(),
  );
  const request = fc.record({
    using: fc.constant(['urn:ietf:params:jmap:core', principals, 'https://coterie.example/jmap/contacts']),
    methodCalls: fc.array(fc.oneof({ weight: 5, arbitrary: call }, { weight: 1, arbitrary: json }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(request, json), async (value) => {
      const response = await post(JSON.stringify(value));
      assert.ok(response.status === 200 || response.status === 400, String(response.status));
      const body = (await response.json()) as { methodResponses?: [string, { type?: string }][] };
      for (const [, result] of body.methodResponses ?? []) assert.notEqual(result.type, 'serverFail');
    }),
    { numRuns: 150 },
  );
  assert.deepEqual(app.faults, []);
});
