import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, create, destroy, folder, get, list, refusal, shareAccepted, stateOf, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let bookId: string;
before(async () => {
  app = await createTestApp({ environment: { COTERIE_MAX_CARD_SIZE: '100000' } });
  bookId = await folder(app.ada, 'Presse');
});
after(() => app.close());

const refuseNew = (value: object) =>
  refusal(app.ada, 'ContactCard/set', { create: { new: { addressBookIds: { [bookId]: true }, ...value } } });
const make = (value: object) => create(app.ada, 'ContactCard', { addressBookIds: { [bookId]: true }, ...value });
const refuseUpdate = (id: string, patch: object) => refusal(app.ada, 'ContactCard/set', { update: { [id]: patch } });

test('what a new card needs and does not say is filled in, and told', async () => {
  const { created } = await app.ada.call('ContactCard/set', { create: { new: { name: { full: 'Jean Dupont' } } } });
  const told = created!['new'] as unknown as Record<string, unknown>;
  assert.match(String(told['uid']), /^urn:uuid:[\da-f-]{36}$/u);
  const made = (await get(app.ada, 'ContactCard', String(told['id'])))! as unknown as Record<string, unknown>;
  assert.deepEqual([made['@type'], made['version']], ['Card', '1.0']);
  assert.match(String(made['created']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
  assert.equal(made['fileAs'], 'Jean Dupont');
  for (const [name, value] of Object.entries(told)) assert.deepEqual(made[name], value, name);
  const books = await list(app.ada, 'AddressBook');
  const defaultId = books.find((book) => book['isDefault'])!['id'] as string;
  assert.deepEqual(made['addressBookIds'], { [defaultId]: true });
});

test('a uid is kept, is there once in an account, and does not change', async () => {
  const uid = 'urn:uuid:0a1b2c3d-0000-4000-8000-000000000001';
  const id = await make({ uid });
  const again = await refuseNew({ uid });
  assert.deepEqual(
    [again['type'], again['properties'], again['reason'], again['existingId']],
    ['invalidProperties', ['uid'], 'uidTaken', id],
  );
  const changed = await refuseUpdate(id, { uid: 'urn:uuid:0a1b2c3d-0000-4000-8000-000000000002' });
  assert.deepEqual([changed['type'], changed['properties']], ['invalidProperties', ['uid']]);
  await update(app.ada, 'ContactCard', id, { uid, kind: 'org' });
  await create(app.ben, 'ContactCard', { uid });
});

test('a uid that is taken by a card that one cannot see does not tell which', async () => {
  const uid = 'urn:uuid:0a1b2c3d-0000-4000-8000-000000000003';
  const shared = await folder(app.ada, 'Partagé');
  await shareAccepted(app.ada, shared, app.ben, 'manager');
  await make({ uid });
  const value = { uid, addressBookIds: { [shared]: true } };
  const error = await refusal(app.ben, 'ContactCard/set', { accountId: app.ada.id, create: { new: value } });
  assert.deepEqual([error['reason'], error['existingId']], ['uidTaken', undefined]);
});

const wrongPlaces: readonly [what: string, value: unknown][] = [
  ['no folder', {}],
  ['two folders', { a: true, b: true }],
  ['false', { a: false }],
  ['a list', ['a']],
  ['null', null],
  ['a folder that is not there', { fnothing: true }],
];

test('a card is in exactly one folder that one may see', async () => {
  const secret = await folder(app.ben, 'Secret de Ben');
  for (const [what, addressBookIds] of [
    ...wrongPlaces,
    ['the folder of another account', { [secret]: true }] as const,
  ]) {
    const error = await refuseNew({ addressBookIds });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['addressBookIds']], what);
  }
});

test('what is no JSContact is refused with the paths that are wrong', async () => {
  const wrong: readonly [value: object, property: string][] = [
    [{ name: 'Jean' }, 'name'],
    [{ emails: { e: { address: 5 } } }, 'emails/e/address'],
    [{ emails: [] }, 'emails'],
    [{ keywords: { vip: false } }, 'keywords/vip'],
    [{ '@type': 'Event' }, '@type'],
    [{ version: '9.0' }, 'version'],
  ];
  for (const [value, property] of wrong) {
    const error = await refuseNew(value);
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', [property]], JSON.stringify(value));
  }
  const many = await refuseNew({ emails: { e: { address: 5 } }, phones: { p: { number: 6 } } });
  assert.deepEqual(new Set(many['properties']), new Set(['emails/e/address', 'phones/p/number'] as never[]));
  for (const name of ['id', 'fileAs']) assert.deepEqual((await refuseNew({ [name]: 'x' }))['properties'], [name]);
});

test('a card that is too large is refused, made or changed', async () => {
  const notes = Object.fromEntries(
    Array.from({ length: 12 }, (_, number) => [`n${number}`, { note: 'x'.repeat(10_000) }]),
  );
  assert.equal((await refuseNew({ notes }))['type'], 'tooLarge');
  const id = await make({});
  assert.equal((await refuseUpdate(id, { notes }))['type'], 'tooLarge');
  assert.equal((await get(app.ada, 'ContactCard', id))!['notes'], undefined);
});

test('a patch changes exactly what it names', async () => {
  const id = await make({
    name: { full: 'Jean Dupont' },
    emails: { a: { address: 'a@demo.example' }, b: { address: 'b@demo.example' } },
    keywords: { vip: true },
  });
  await update(app.ada, 'ContactCard', id, {
    'emails/a/address': 'c@demo.example',
    'emails/b': null,
    'emails/d': { address: 'd@demo.example', contexts: { work: true } },
    'keywords/vip': null,
    'keywords/press': true,
  });
  const { emails, keywords, name } = (await get(app.ada, 'ContactCard', id))! as unknown as Record<string, object>;
  assert.deepEqual(keywords, { press: true });
  assert.deepEqual(name, { full: 'Jean Dupont' });
  assert.deepEqual(emails, {
    a: { address: 'c@demo.example' },
    d: { address: 'd@demo.example', contexts: { work: true } },
  });
});

test('a patch into nothing, or into what it replaces, is invalid', async () => {
  const id = await make({ name: { full: 'Jean' } });
  for (const patch of [
    { 'emails/a/address': 'x@demo.example' },
    { name: { full: 'A' }, 'name/full': 'B' },
    { 'addressBookIds/x/y': true },
  ]) {
    assert.equal((await refuseUpdate(id, patch))['type'], 'invalidPatch', JSON.stringify(patch));
  }
});

test('an empty patch, and sending a card back as it is, change nothing', async () => {
  const id = await make({ name: { full: 'Jean' }, kind: 'individual' });
  const before = (await get(app.ada, 'ContactCard', id)) as unknown as object;
  const state = await stateOf(app.ada, 'ContactCard');
  await update(app.ada, 'ContactCard', id, {});
  await update(app.ada, 'ContactCard', id, before);
  assert.equal(await stateOf(app.ada, 'ContactCard'), state);
  assert.deepEqual(await get(app.ada, 'ContactCard', id), before);
});

test('a change moves `updated`, unless the client says when', async () => {
  const id = await make({ updated: '2020-01-01T00:00:00Z', created: '2019-01-01T00:00:00Z' });
  await update(app.ada, 'ContactCard', id, { kind: 'org' });
  const stamped = (await get(app.ada, 'ContactCard', id))!;
  assert.ok(Date.now() - Date.parse(stamped['updated']!) < 60_000);
  assert.equal(stamped['created'], '2019-01-01T00:00:00Z');
  await update(app.ada, 'ContactCard', id, { kind: 'individual', updated: '2021-05-05T05:05:05Z' });
  assert.equal((await get(app.ada, 'ContactCard', id))!['updated'], '2021-05-05T05:05:05Z');
});

test('a card moves by replacing or by patching addressBookIds, and nowhere by emptying it', async () => {
  const other = await folder(app.ada, 'Autre');
  const id = await card(app.ada, bookId, 'Jean');
  await update(app.ada, 'ContactCard', id, { addressBookIds: { [other]: true } });
  await update(app.ada, 'ContactCard', id, { [`addressBookIds/${other}`]: null, [`addressBookIds/${bookId}`]: true });
  assert.deepEqual((await get(app.ada, 'ContactCard', id))!['addressBookIds'], { [bookId]: true });
  for (const patch of [
    { addressBookIds: {} },
    { addressBookIds: null },
    { [`addressBookIds/${bookId}`]: null },
    { [`addressBookIds/${other}`]: true },
  ]) {
    const error = await refuseUpdate(id, patch);
    assert.deepEqual(
      [error['type'], error['properties']],
      ['invalidProperties', ['addressBookIds']],
      JSON.stringify(patch),
    );
  }
});

test('a group has members, and keeps the uid of one who is deleted', async () => {
  const member = 'urn:uuid:0a1b2c3d-0000-4000-8000-000000000009';
  const memberId = await make({ uid: member });
  const id = await make({ kind: 'group', name: { full: 'Rédaction' }, members: { [member]: true } });
  const found = await app.ada.call('ContactCard/query', { filter: { hasMember: member } });
  assert.deepEqual(found['ids'], [id]);
  await destroy(app.ada, 'ContactCard', memberId);
  assert.deepEqual((await get(app.ada, 'ContactCard', id))!['members'], { [member]: true });
});

test('the unknown is neither changed nor destroyed, and a state that has passed keeps all', async () => {
  assert.equal((await refuseUpdate('cnothing', { kind: 'org' }))['type'], 'notFound');
  assert.equal((await refusal(app.ada, 'ContactCard/set', { destroy: ['cnothing'] }))['type'], 'notFound');
  const id = await make({});
  const ifInState = await stateOf(app.ada, 'ContactCard');
  await update(app.ada, 'ContactCard', id, { kind: 'org' });
  for (const args of [{ update: { [id]: { kind: 'group' } } }, { destroy: [id] }]) {
    assert.equal((await app.ada.call('ContactCard/set', { ifInState, ...args }))['type'], 'stateMismatch');
  }
  assert.equal((await get(app.ada, 'ContactCard', id))!['kind'], 'org');
});

test('a plain client gets the card without what is ours', async () => {
  const id = await make({ name: { full: 'Jean' } });
  const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];
  const [response] = await app.ada.jmap([['ContactCard/get', { accountId: app.ada.id, ids: [id] }]], using);
  assert.ok(!('fileAs' in (response![1]['list']![0] as object)));
});
