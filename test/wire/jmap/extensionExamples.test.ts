/** docs/jmap-extension.md by its word: every example is sent and answered so, every method and property stands in it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import type { Json } from '../../../src/lib/json.ts';
import { isObject } from '../../../src/lib/json.ts';
import { methods } from '../../../src/protocol/jmap/methods.ts';
import { capability } from '../../../src/protocol/jmap/capabilities.ts';
import { card, create, folder, shareAccepted, destroy, upload } from '../../kit/calls.ts';
import { createClient, everything } from '../../kit/person.ts';
import type { Invocation, Person } from '../../kit/person.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const text = readFileSync('docs/jmap-extension.md', 'utf8');
const blocks = [...text.matchAll(/^```json\n(.*?)^```$/gmsu)].map(([, json = '']) => JSON.parse(json) as Json[]);
const pairs = blocks.flatMap((block, index) => (index % 2 === 0 ? [[block, blocks[index + 1]!] as const] : []));

let app: TestApp;
const people = new Map<string, Person>();
/** What the words of the examples (`pAda`, `f1`) are called on this server, and the other way. */
const ids = new Map<string, string>();
before(async () => {
  app = await createTestApp({ empty: true });
  for (const [word, name, email] of [
    ['pAda', 'Ada Démo', 'ada@demo.example'],
    ['pBen', 'Ben Démo', 'ben@demo.example'],
    ['pChloe', 'Chloé Démo', 'chloe@demo.example'],
  ] as const) {
    const password = `password of ${name}`;
    const { id } = await createPerson(app.world, { name, email, password, passwordCost: cheapPassword });
    const person = createClient(app.url, { id, name, email, password });
    await person.signIn();
    people.set(word, person);
    ids.set(word, id);
  }
});
after(() => app.close());

/** Ids of the examples; states and addresses are everybody's own. */
const isWord = (value: string) => /^(p[A-Z][a-z]+|[fscvoBdm]\d)$/u.test(value);
const ignored = new Set(['oldState', 'newState', 'state', 'downloadUrl', 'existingId']);

function toReal(value: Json): Json {
  if (typeof value === 'string') return isWord(value) ? (ids.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map(toReal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [toReal(name) as string, toReal(item)]));
}

/** Everything that the example says is in what came; a word that is met for the first time is what stands there. */
function expectSaid(said: Json, came: Json | undefined, where: string): void {
  if (typeof said === 'string' && isWord(said) && !ids.has(said)) {
    assert.equal(typeof came, 'string', where);
    ids.set(said, came as string);
    return;
  }
  if (Array.isArray(said)) {
    assert.ok(Array.isArray(came), `${where}: ${JSON.stringify(came)}`);
    assert.equal(came.length, said.length, `${where}: ${JSON.stringify(came)}`);
    for (const [index, item] of said.entries()) expectSaid(item as Json, came[index] as Json, `${where}/${index}`);
    return;
  }
  if (!isObject(said)) {
    assert.deepEqual(came, toReal(said), where);
    return;
  }
  assert.ok(isObject(came), `${where}: ${JSON.stringify(came)}`);
  for (const [name, item] of Object.entries(said)) {
    if (!ignored.has(name)) expectSaid(item, came[toReal(name) as string], `${where}/${name}`);
  }
}

/** Each person sends what speaks of their own account: of several, the last names who asks. */
function senderOf(request: readonly Json[]): Person {
  const accounts = request.map((call) => (call as [string, { accountId: string }])[1].accountId);
  return people.get(accounts.at(-1)!)!;
}

/** What has to be there before an example is sent. */
const preparations: Readonly<Record<string, () => Promise<void>>> = {
  'ContactCard/parse': async () => {
    const ada = people.get('pAda')!;
    const cardOf = (uid: string, name: string) =>
      `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:;;;;\r\nEND:VCARD\r\n`;
    const two = cardOf('urn:x:1', 'Zoé Exemple') + cardOf('urn:x:2', 'Yann Exemple');
    ids.set('B1', await upload(ada, Buffer.from(two), 'text/vcard'));
    ids.set('B2', await upload(ada, Buffer.from('nothing'), 'text/plain'));
    ids.set('B3', 'Bnone');
  },
  'ShareInvitation/get': async () => {
    await folder(people.get('pBen')!, 'Associations');
  },
  'Suggestion/query': async () => {
    const [ada, ben] = [people.get('pAda')!, people.get('pBen')!];
    const person = { uid: 'urn:x:1', name: { full: 'Zoé Exemple' }, addressBookIds: { [ids.get('f1')!]: true } };
    ids.set('c1', await create(ada, 'ContactCard', person));
    const { list } = (await ben.call('AddressBook/get')) as unknown as { list: { id: string; isDefault: boolean }[] };
    const group = { kind: 'group', name: { full: 'Le groupe' }, members: { 'urn:x:1': true } };
    const own = list.find(({ isDefault }) => isDefault)!.id;
    ids.set('c2', await create(ben, 'ContactCard', { ...group, addressBookIds: { [own]: true } }));
  },
};

for (const [index, [request, response]] of pairs.entries()) {
  const names = request.map((call) => (call as [string])[0]);
  test(`example ${index + 1} of the documentation is answered as it says: ${names.join(', ')}`, async () => {
    await preparations[names[0]!]?.();
    const sender = names[0] === 'AddressBook/set' && !ids.has('f1') ? people.get('pAda')! : senderOf(request);
    const by = needsBen(names, request) ? people.get('pBen')! : sender;
    const calls = toReal(request) as unknown as readonly [string, object, string][];
    const responses = (await by.jmap(calls, everything)) as readonly Invocation[];
    expectSaid(response, responses as unknown as Json, `example ${index + 1}`);
  });
}

/** The owner neither subscribes to what is theirs nor takes Ben's out of the trash; and Ben deletes. */
function needsBen(names: readonly string[], request: readonly Json[]): boolean {
  const text = JSON.stringify(request);
  return text.includes('isSubscribed') || text.includes('"destroy"') || names.includes('TrashItem/restore');
}

test('every method of ours, and every property that it gives, is documented', async () => {
  const ours = Object.entries(methods).filter(([, method]) => method.capability === capability.vendor);
  const missing = ours.map(([name]) => name).filter((name) => !text.includes(name.replace('/changes', '/')));
  assert.deepEqual(missing, []);
  const [ada, ben] = [people.get('pAda')!, people.get('pBen')!];
  const book = await folder(ada, 'Documented');
  await shareAccepted(ada, book, ben, 'manager');
  await destroy(ben, 'ContactCard', await card(ben, book, 'Gone', { accountId: ada.id }), { accountId: ada.id });
  const plain = new Set([
    'id',
    'name',
    'description',
    'sortOrder',
    'isDefault',
    'isSubscribed',
    'shareWith',
    'myRights',
  ]);
  const { ids: kept } = await ada.call('CardActivity/query', { filter: { inAddressBook: book } });
  for (const type of ['CardVersion', 'CardActivity']) {
    const { list } = await ada.call(`${type}/get`, { ids: kept });
    assert.deepEqual(
      Object.keys(list![0]!).filter((name) => !plain.has(name) && !text.includes(`\`${name}\``)),
      [],
      `${type}: properties without a word`,
    );
  }
  const asked = { AddressBook: ada.id, Share: ada.id, ShareInvitation: ben.id, TrashItem: ben.id, Preferences: ben.id };
  for (const [type, accountId] of Object.entries(asked)) {
    const by = accountId === ada.id ? ada : ben;
    const { list } = (await by.call(`${type}/get`, { accountId })) as unknown as { list: object[] };
    assert.ok(list.length > 0, `there is a ${type}`);
    const names = [...new Set(list.flatMap((object) => Object.keys(object)))].filter((name) => !plain.has(name));
    assert.deepEqual(
      names.filter((name) => !text.includes(`\`${name}\``)),
      [],
      `${type}: properties without a word`,
    );
  }
});
