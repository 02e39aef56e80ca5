import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes, folder, get, list, session, share, shareAccepted, stateOf, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

test('an acceptance taken back waits again, and the folder leaves the list', async () => {
  await using scene = await createTestApp();
  const { ada, ben } = scene;
  const id = await folder(ada, 'Presse');
  await shareAccepted(ada, id, ben, 'viewer');
  const since = await stateOf(ben, 'AddressBook', ada.id);
  await update(ben, 'ShareInvitation', id, { status: 'waiting' });
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
  assert.deepEqual((await changes(ben, 'AddressBook', since, ada.id))['updated'], [id]);
  assert.equal((await get(ben, 'AddressBook', id, { accountId: ada.id }))!['isSubscribed'], false);
  assert.equal(Object.keys((await session(ben))['accounts']!).includes(ada.id), false);
  const [seen] = await list(ada, 'Share');
  assert.equal(seen!['status'], 'waiting');
});

test('a refusal taken back waits again, and may be accepted', async () => {
  await using scene = await createTestApp();
  const { ada, ben } = scene;
  const id = await folder(ada, 'Presse');
  await share(ada, id, ben, 'manager');
  await update(ben, 'ShareInvitation', id, { status: 'declined' });
  await update(ben, 'ShareInvitation', id, { status: 'waiting' });
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
  await update(ben, 'ShareInvitation', id, { status: 'accepted', name: 'La presse' });
  assert.equal((await get(ben, 'AddressBook', id, { accountId: ada.id }))!['name'], 'La presse');
});

test('taking an answer back writes to nobody', async () => {
  await using scene = await createTestApp();
  const { ada, ben, mails } = scene;
  const id = await folder(ada, 'Presse');
  await shareAccepted(ada, id, ben, 'viewer');
  const before = (await mails()).length;
  const result = await ben.call('ShareInvitation/set', {
    update: { [id]: { status: 'waiting' } },
    mail: { message: 'standard', note: null },
  });
  assert.ok(id in result['updated']!);
  assert.equal((await mails()).length, before);
});
