import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { answer, card, create, destroy, folder, get, refusal, share, shareAccepted, update } from '../../kit/calls.ts';
import { comeAsGuest } from '../../kit/guest.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const everybody = { listedFor: { principalId: null } };

async function find(person: Person, text?: string): Promise<Result[]> {
  const result = await person.call('ListedFolder/query', text === undefined ? {} : { text });
  assert.ok(result['list'], JSON.stringify(result));
  return [...result['list']];
}

const names = async (person: Person, text?: string) => (await find(person, text)).map((found) => String(found['name']));

test('nobody finds a folder until its owner says so, and then nothing but its name, its owner and what they say of it', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse régionale', { description: 'Rédactions de la région' });
  await card(ada, press, 'Jean Dupont');
  assert.deepEqual(await names(ben), []);
  await update(ada, 'AddressBook', press, everybody);
  assert.deepEqual(await find(ben), [
    {
      addressBookId: press,
      ownerId: ada.id,
      ownerName: 'Ada',
      ownerEmail: 'ada@demo.example',
      name: 'Presse régionale',
      description: 'Rédactions de la région',
    },
  ]);
  assert.equal(
    (await ben.call('AddressBook/get', { accountId: ada.id }))['type'],
    'accountNotFound',
    'no more than that',
  );
  assert.deepEqual(await names(ada), [], 'one’s own are no news');
  await update(ada, 'AddressBook', press, { listedFor: null });
  assert.deepEqual(await names(ben), []);
});

test('words of the name, the description and the owner find a folder, however they are written', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const marie = await app.person('Marie-Hélène');
  await folder(ada, 'Presse régionale', { description: 'Rédactions', ...everybody });
  await folder(chloe, 'Anciens', everybody);
  await folder(marie, 'Laboratoires', everybody);
  assert.deepEqual(await names(ben, 'regionale'), ['Presse régionale']);
  assert.deepEqual(await names(ben, 'RÉDAC ada'), ['Presse régionale']);
  assert.deepEqual(await names(ben, 'chloe'), ['Anciens']);
  assert.deepEqual(await names(ben, 'hélène'), ['Laboratoires']);
  assert.deepEqual(await names(ben, 'ada anciens'), []);
  assert.deepEqual(await names(ben, '%'), ['Presse régionale', 'Anciens', 'Laboratoires'], 'by owner');
  assert.deepEqual(await names(ben, 'égionale'), [], 'words are found by how they begin');
  const second = await ben.call('ListedFolder/query', { position: 1, limit: 1 });
  assert.deepEqual([Number(second['total']), second['list']![0]!['name']], [3, 'Anciens']);
  assert.equal((await ben.call('ListedFolder/query', { text: 'x'.repeat(201) }))['type'], 'invalidArguments');
});

test('a folder is found by its present name, and not while it is in the trash', async () => {
  await using app = await createTestApp();
  const { ada, ben, world } = app;
  const press = await folder(ada, 'Presse', everybody);
  await update(ada, 'AddressBook', press, { name: 'Radio', description: 'Antennes' });
  assert.deepEqual([await names(ben, 'presse'), await names(ben, 'radio antennes')], [[], ['Radio']]);
  await setPersonActive(world, ada.id, false);
  assert.deepEqual(await names(ben), [], 'nor of those who are kept out');
  await setPersonActive(world, ada.id, true);
  await ada.signIn();
  await destroy(ada, 'AddressBook', press, { onDestroyRemoveContents: true });
  assert.deepEqual(await names(ben), []);
  await ada.call('TrashItem/restore', { ids: [press] });
  assert.equal((await get(ada, 'AddressBook', press))!['listedFor'], null, 'to be offered again it is said again');
});

test('what one group may find, others do not; nor what is shared with one already', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe, world } = app;
  const { id: groupId } = await createGroup(world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(world, groupId, [ben.id]);
  const press = await folder(ada, 'Presse', { listedFor: { principalId: groupId } });
  assert.deepEqual([await names(ben), await names(chloe)], [['Presse'], []]);
  const asked = { create: { new: { addressBookId: press } } };
  assert.equal((await refusal(chloe, 'AccessRequest/set', asked))['type'], 'notFound');
  await setGroupMembers(world, groupId, []);
  assert.deepEqual(await names(ben), []);
  await setGroupMembers(world, groupId, [ben.id]);
  await share(ada, press, ben, 'viewer');
  assert.deepEqual(await names(ben), [], 'it waits among the invitations');
  await answer(ben, press, 'declined');
  assert.deepEqual(await names(ben), []);
  assert.equal((await refusal(ben, 'AccessRequest/set', asked))['type'], 'hasAccess');
});

test('only its owner lets a folder be found, and never those of the system', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse', everybody);
  await shareAccepted(ada, press, ben, 'admin');
  assert.equal((await get(ben, 'AddressBook', press, { accountId: ada.id }))!['listedFor'], null);
  const byBen = { accountId: ada.id, update: { [press]: everybody } };
  assert.equal((await refusal(ben, 'AddressBook/set', byBen))['reason'], 'notOwner');
  const collected = [...(await ada.call('AddressBook/get'))['list']!].find((book) => book['role'] === 'collected')!;
  const byAda = { update: { [String(collected['id'])]: everybody } };
  assert.equal((await refusal(ada, 'AddressBook/set', byAda))['reason'], 'systemFolder');
  for (const listedFor of [true, {}, { principalId: ben.id }, { principalId: 'gnobody' }, 'everybody']) {
    const wrong = { update: { [press]: { listedFor } } };
    assert.deepEqual((await refusal(ada, 'AddressBook/set', wrong))['properties'], ['listedFor']);
  }
});

test('guests find nothing', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [press, other] = [await folder(ada, 'Presse'), await folder(ada, 'Autre', everybody)];
  await create(ada, 'Share', { addressBookId: press, type: 'guest', email: 'ines@ailleurs.example', role: 'viewer' });
  const guest = await comeAsGuest(app, 'ines@ailleurs.example');
  assert.equal((await guest.call('ListedFolder/query'))['type'], 'forbidden');
  assert.equal(
    (await refusal(guest, 'AccessRequest/set', { create: { new: { addressBookId: other } } }))['type'],
    'forbidden',
  );
});
