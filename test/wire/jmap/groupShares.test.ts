import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import {
  answer,
  card,
  changes,
  create,
  destroy,
  folder,
  get,
  list,
  refusal,
  session,
  share,
  stateOf,
} from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

/** « Accueil » with Ben, and with « Stagiaires », in which Chloé is. */
async function open() {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const inner = await createGroup(app.world, { name: 'Stagiaires', email: 'stagiaires@demo.example' });
  const group = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(app.world, inner.id, [chloe.id]);
  await setGroupMembers(app.world, group.id, [ben.id, inner.id]);
  const id = await folder(ada, 'Presse');
  const mayWrite = async (person: Person) =>
    (await person.call('AddressBook/get', { accountId: ada.id, ids: [id] }))['list']?.[0]?.['myRights']?.[
      'mayWrite'
    ] as unknown;
  return { app, ada, ben, chloe, inner, group, id, mayWrite, [Symbol.asyncDispose]: app.close };
}

test('a group has the folder in all its members, also those of a group in it; it is shown with its size', async () => {
  await using scene = await open();
  const { ada, ben, chloe, group, id, mayWrite } = scene;
  const shareId = await create(ada, 'Share', { addressBookId: id, email: 'Accueil@demo.example', role: 'viewer' });
  const made = (await get(ada, 'Share', shareId))!;
  assert.deepEqual(
    [made['granteeKind'], made['name'], made['memberCount'], made['status'], made['principalId']],
    ['group', 'Accueil', 2, null, group.id],
  );
  for (const person of [ben, chloe]) {
    const invitation = (await get(person, 'ShareInvitation', id))!;
    assert.deepEqual(invitation['via'], [{ principalId: group.id, name: 'Accueil' }]);
    assert.equal(await mayWrite(person), false);
  }
});

test('the owner sees how the members answered', async () => {
  await using scene = await open();
  const { ada, ben, chloe, group, id } = scene;
  const shareId = await share(ada, id, group, 'viewer');
  const responses = async () => (await get(ada, 'Share', shareId))!['responses'] as unknown;
  assert.deepEqual(await responses(), { waiting: 2, accepted: 0, declined: 0 });
  await answer(ben, id, 'accepted');
  assert.deepEqual(await responses(), { waiting: 1, accepted: 1, declined: 0 });
  await answer(chloe, id, 'declined');
  assert.deepEqual(await responses(), { waiting: 0, accepted: 1, declined: 1 });
});

test('rights of a person and of their groups are added together, « none » takes nothing away', async () => {
  await using scene = await open();
  const { ada, ben, group, inner, id, chloe, mayWrite } = scene;
  await share(ada, id, group, 'viewer');
  const own = await share(ada, id, ben, 'manager');
  assert.equal(await mayWrite(ben), true);
  await ada.call('Share/set', { update: { [own]: { role: 'none' } } });
  assert.equal(await mayWrite(ben), false);
  await share(ada, id, inner, 'manager');
  assert.equal(await mayWrite(chloe), true);
  assert.equal((await get(chloe, 'ShareInvitation', id))!['role'], 'manager');
});

test('who comes into the group has the folder, who leaves it has not, and who comes back has it as it was', async () => {
  await using scene = await open();
  const { app, ada, ben, chloe, group, id, mayWrite } = scene;
  await share(ada, id, group, 'manager');
  await answer(ben, id, 'accepted', { name: 'La presse' });
  const since = await stateOf(ben, 'AddressBook', ada.id);
  await setGroupMembers(app.world, group.id, [chloe.id]);
  assert.equal(await mayWrite(ben), undefined);
  assert.deepEqual(Object.keys((await session(ben)).accounts), [ben.id, 'directory']);
  await setGroupMembers(app.world, group.id, [chloe.id, ben.id]);
  assert.equal((await get(ben, 'AddressBook', id, { accountId: ada.id }))!['name'], 'La presse');
  assert.equal((await changes(ben, 'AddressBook', since, ada.id))['type'], 'cannotCalculateChanges');
});

test('the share of a group ends for all who have no other', async () => {
  await using scene = await open();
  const { ada, ben, chloe, group, id, mayWrite } = scene;
  const shareId = await share(ada, id, group, 'manager');
  await share(ada, id, ben, 'viewer');
  await answer(ben, id, 'accepted');
  await answer(chloe, id, 'accepted');
  await destroy(ada, 'Share', shareId);
  assert.deepEqual([await mayWrite(ben), await mayWrite(chloe)], [false, undefined]);
  assert.deepEqual(
    (await list(ben, 'ShareInvitation')).map((item) => item['status']),
    ['accepted'],
  );
  await share(ada, id, group, 'manager');
  assert.equal((await get(chloe, 'ShareInvitation', id))!['status'], 'waiting');
});

test('a folder that one has by two ways, of which one ends, is not told as gone; when both end, it is', async () => {
  await using scene = await open();
  const { ada, ben, group, id } = scene;
  const other = await folder(ada, 'Autre');
  await share(ada, other, ben, 'viewer');
  const byGroup = await share(ada, id, group, 'viewer');
  await answer(ben, id, 'accepted');
  const since = await stateOf(ben, 'AddressBook', ada.id);
  const own = await share(ada, id, ben, 'viewer');
  await destroy(ada, 'Share', byGroup);
  assert.deepEqual((await changes(ben, 'AddressBook', since, ada.id))['destroyed'], []);
  await destroy(ada, 'Share', own);
  assert.deepEqual((await changes(ben, 'AddressBook', since, ada.id))['destroyed'], [id]);
});

test('an owner who is in the group has neither an invitation nor fewer rights', async () => {
  await using scene = await open();
  const { app, ada, ben, group, id } = scene;
  await setGroupMembers(app.world, group.id, [ada.id, ben.id]);
  await share(ada, id, group, 'none');
  assert.deepEqual(await list(ada, 'ShareInvitation'), []);
  assert.equal((await get(ada, 'AddressBook', id))!['myRights']!['mayDelete'], true);
  await card(ada, id, 'Jean Dupont');
});

test('a group that is shared with again in the same role exists already', async () => {
  await using scene = await open();
  const { ada, group, id } = scene;
  const shareId = await share(ada, id, group, 'viewer');
  const again = await refusal(ada, 'Share/set', {
    create: { new: { addressBookId: id, principalId: group.id, role: 'viewer' } },
  });
  assert.deepEqual([again['type'], again['existingId']], ['shareExists', shareId]);
});
