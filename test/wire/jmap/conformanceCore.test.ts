/** The core (RFC 8620): lines J193 to J195 of docs/conformance.md, with the methods that people use. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, folder, share, stateOf } from '../../kit/calls.ts';
import type { Result } from '../../kit/person.ts';
import { basicHeader, everything, postJson } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

async function post(body: unknown): Promise<[status: number, answer: Result]> {
  const response = await app.ada.fetch('/jmap/api', postJson(body));
  return [response.status, (await response.json()) as Result];
}

test('J193 a request that is none is refused as a whole, with the problem that it has', async () => {
  const type = async (body: unknown) =>
    String((await post(body))[1]['type']).replace('urn:ietf:params:jmap:error:', '');
  assert.equal(await type({ using: everything }), 'notRequest');
  assert.equal(await type({ using: ['urn:demo:unknown'], methodCalls: [] }), 'unknownCapability');
  const response = await app.ada.fetch('/jmap/api', { ...postJson(null), body: '{"using":' });
  assert.equal(((await response.json()) as Result)['type'], 'urn:ietf:params:jmap:error:notJSON');
});

test('J193 an error of one call does not stop the next, and a result is used through * in a path', async () => {
  const { ada } = app;
  const id = await folder(ada, 'Par référence');
  const ids = [await card(ada, id, 'Un'), await card(ada, id, 'Deux')];
  const ref = (resultOf: string, name: string, path: string) => ({ resultOf, name, path });
  const answers = await ada.jmap([
    ['AddressBook/nothing', {}, 'a'],
    ['ContactCard/query', { accountId: ada.id, filter: { inAddressBook: id } }, 'b'],
    ['ContactCard/get', { accountId: ada.id, '#ids': ref('b', 'ContactCard/query', '/ids'), properties: ['uid'] }, 'c'],
    [
      'ContactCard/get',
      { accountId: ada.id, '#ids': ref('c', 'ContactCard/get', '/list/*/id'), properties: ['name'] },
      'd',
    ],
    ['ContactCard/get', { accountId: ada.id, '#ids': ref('a', 'AddressBook/nothing', '/ids') }, 'e'],
    ['Core/echo', { still: 'here' }, 'f'],
  ]);
  assert.deepEqual(
    answers.map(([name, , callId]) => `${callId} ${name}`),
    ['a error', 'b ContactCard/query', 'c ContactCard/get', 'd ContactCard/get', 'e error', 'f Core/echo'],
  );
  const found = (answers[3]![1]['list'] as unknown as { id: string }[]).map((item) => item.id);
  assert.deepEqual(found.toSorted(), ids.toSorted());
  assert.equal(answers[4]![1]['type'], 'invalidResultReference');
});

test('J194 createdIds of the request can be used, and come back with those that were made', async () => {
  const { ada } = app;
  const id = await folder(ada, 'Connu d’avant');
  const create = { c: { addressBookIds: { '#known': true } } };
  const [, answer] = await post({
    using: everything,
    createdIds: { known: id },
    methodCalls: [
      ['ContactCard/set', { accountId: ada.id, create }, '0'],
      ['ContactCard/get', { accountId: ada.id, ids: ['#c'], properties: ['addressBookIds'] }, '1'],
    ],
  });
  const made = answer['methodResponses']![0]![1]!['created']!['c']!['id']!;
  assert.deepEqual(answer['createdIds'], { known: id, c: made });
  assert.deepEqual(answer['methodResponses']![1]![1]!['list'], [{ id: made, addressBookIds: { [id]: true } }]);
});

test('J195 the limits of the session hold for the methods that people use', async () => {
  const { ada } = app;
  const calls = Array.from({ length: 65 }, () => ['Core/echo', {}, 'c']);
  const [status, answer] = await post({ using: everything, methodCalls: calls });
  assert.deepEqual([status, answer['type'], answer['limit']], [
    400,
    'urn:ietf:params:jmap:error:limit',
    'maxCallsInRequest',
  ] as unknown[]);
  const ids = Array.from({ length: 1001 }, (_, index) => `c${index}`);
  for (const method of ['ContactCard/get', 'AddressBook/get'])
    assert.equal((await ada.call(method, { ids }))['type'], 'requestTooLarge');
  const state = await stateOf(ada, 'ContactCard');
  assert.equal((await ada.call('ContactCard/set', { destroy: ids }))['type'], 'requestTooLarge');
  // As well for our own methods that write: meanwhile nobody else does.
  for (const method of ['TrashItem/restore', 'HeldMail/retry', 'Share/resend', 'Merge/undo'])
    assert.equal((await ada.call(method, { ids }))['type'], 'requestTooLarge', method);
  assert.equal(await stateOf(ada, 'ContactCard'), state);
});

test('whoever guesses passwords is told by JMAP, too, how long to wait', async () => {
  const attempt = (password: string) =>
    fetch(`${app.url}/jmap/session`, { headers: { Authorization: basicHeader(app.chloe.email, password) } });
  let answer = await attempt('guess');
  for (let turn = 0; answer.status === 401 && turn < 20; turn++) answer = await attempt(`guess ${turn}`);
  assert.equal(answer.status, 429);
  assert.match(answer.headers.get('Retry-After') ?? '', /^[1-9]\d*$/u);
});

test('no type tells a time with fractions, however it came in (RFC 8620 §1.4)', async () => {
  const { ada, ben } = app;
  const id = await folder(ada, 'À l’heure');
  const gone = await card(ada, id, 'Partie');
  await share(ada, id, ben, 'viewer', { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  await ada.call('ContactCard/set', { destroy: [gone] });
  const types = [
    'Share',
    'TrashItem',
    'ContactCard',
    'Preferences',
    'ShareInvitation',
    'ShareNotification',
    'Principal',
  ];
  const calls = types.map((type, index) => [`${type}/get`, { accountId: index < 4 ? ada.id : ben.id }] as const);
  const own = await ada.jmap(calls.slice(0, 4));
  const told = JSON.stringify([...own, ...(await ben.jmap(calls.slice(4)))]);
  assert.match(told, /T\d\d:\d\d:\d\dZ/u);
  assert.doesNotMatch(told, /T\d\d:\d\d:\d\d\.\d+Z/u);
  assert.doesNotMatch(told, /"error"/u);
});
