/** ContactCard/set update and destroy, and groups: lines J090 to J113 of docs/conformance.md that no other test proves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, create, folder, get, items, refusal, stateOf, update } from '../../kit/calls.ts';
import { putRecord, recordsOf, vCard } from '../../kit/records.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let bookId: string;
before(async () => {
  app = await createTestApp();
  bookId = await folder(app.ada, 'Fiches');
});
after(() => app.close());

const make = (value: object) => create(app.ada, 'ContactCard', { addressBookIds: { [bookId]: true }, ...value });
const read = async (id: string) => (await get(app.ada, 'ContactCard', id))! as unknown as Record<string, unknown>;
const change = (id: string, patch: object) => update(app.ada, 'ContactCard', id, patch);
const refuse = (id: string, patch: object) => refusal(app.ada, 'ContactCard/set', { update: { [id]: patch } });

test('J090 J092 a patch adds, changes and removes exactly what it names', async () => {
  const emails = { a: { address: 'a@demo.example', pref: 1 }, b: { address: 'b@demo.example' } };
  const id = await make({ emails, keywords: { un: true }, notes: { n: { note: 'x' } } });
  await change(id, {
    'emails/a/pref': null,
    'emails/b/address': 'c@demo.example',
    'emails/z': { address: 'z@demo.example' },
    'keywords/deux': true,
    notes: null,
  });
  const after = await read(id);
  assert.deepEqual(after['emails'], {
    a: { address: 'a@demo.example' },
    b: { address: 'c@demo.example' },
    z: { address: 'z@demo.example' },
  });
  assert.deepEqual([after['keywords'], after['notes']], [{ un: true, deux: true }, undefined]);
  await change(id, { 'keywords/un': null });
  assert.deepEqual((await read(id))['keywords'], { deux: true });
  const error = await refuse(id, { 'keywords/deux': false });
  assert.deepEqual([error['type'], items(error['properties'])], ['invalidProperties', ['keywords/deux']]);
});

test('J095 J096 a card that is sent back as it is, and an empty patch, are done without writing', async () => {
  const text = vCard('3.0', 'FN:Ann Roy', 'N:Roy;Ann;;;', 'X-A;x=1:b', 'UID:unchanged');
  const own = await folder(app.ada, 'Intact');
  const id = await putRecord(app, app.ada, own, text);
  const state = await stateOf(app.ada, 'ContactCard');
  assert.equal(await change(id, await read(id)), null);
  assert.equal(await change(id, {}), null);
  assert.equal(await stateOf(app.ada, 'ContactCard'), state);
  assert.deepEqual(await recordsOf(app.ada, own), text.trimEnd().split('\r\n'));
  for (const [name, value] of Object.entries({ id: 'cother', fileAs: 'X' })) {
    assert.deepEqual(items((await refuse(id, { [name]: value }))['properties']), [name]);
  }
  await change(id, { id, kind: 'org' });
});

test('J110 J112 members come by uid of any form, from 4.0 and 3.0, each once', async () => {
  const own = await folder(app.ada, 'Groupes');
  const modern = [
    'KIND:group',
    'FN:Équipe',
    'MEMBER:urn:uuid:1',
    'MEMBER:urn:uuid:1',
    'MEMBER;VALUE=text:bare',
    'MEMBER:mailto:a@demo.example',
  ];
  const apple = [
    'N:Équipe;;;;',
    'FN:Équipe',
    'X-ADDRESSBOOKSERVER-KIND:group',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1',
    'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1',
  ];
  const first = await read(await putRecord(app, app.ada, own, vCard('4.0', ...modern)));
  assert.deepEqual(
    [first['kind'], first['members']],
    ['group', { 'urn:uuid:1': true, bare: true, 'mailto:a@demo.example': true }],
  );
  const second = await read(await putRecord(app, app.ada, own, vCard('3.0', ...apple)));
  assert.deepEqual([second['kind'], second['members']], ['group', { 'urn:uuid:1': true }]);
  const written = await folder(app.ada, 'Groupes écrits');
  await create(app.ada, 'ContactCard', {
    kind: 'group',
    members: { 'urn:uuid:2': true },
    addressBookIds: { [written]: true },
  });
  const lines = await recordsOf(app.ada, written);
  assert.ok(lines.includes('KIND:group') && lines.includes('MEMBER:urn:uuid:2'), lines.join('\n'));
});

test('J111 J113 members come and go by patch, again and again, and the group is found by who is in it', async () => {
  const group = await make({ kind: 'group', members: { 'urn:uuid:a': true } });
  const found = async (uid: string) =>
    items((await app.ada.call('ContactCard/query', { filter: { hasMember: uid, kind: 'group' } }))['ids']);
  for (let turn = 0; turn < 3; turn++) {
    await change(group, { 'members/urn:uuid:b': true, 'members/urn:uuid:a': null });
    assert.deepEqual([await found('urn:uuid:b'), await found('urn:uuid:a')], [[group], []]);
    await change(group, { 'members/urn:uuid:a': true, 'members/urn:uuid:b': null });
    assert.deepEqual((await read(group))['members'], { 'urn:uuid:a': true });
  }
  await change(group, { 'members/urn:uuid:a': null });
  assert.deepEqual(await found('urn:uuid:a'), []);
  assert.ok(await card(app.ada, bookId, 'Seul'));
});
