import assert from 'node:assert/strict';
import { test } from 'node:test';
import { destroy, folder, get, list, share, shareAccepted, update } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

async function end(owner: Person): Promise<void> {
  const [given] = await list(owner, 'Share');
  await destroy(owner, 'Share', given!['id']!, { mail: { message: 'none' } });
}

async function shareAgain(owner: Person, id: string, principalId: string, extra: object): Promise<void> {
  const create = { again: { addressBookId: id, type: 'principal', principalId, role: 'viewer' } };
  const result = await owner.call('Share/set', { create, mail: { message: 'none' }, ...extra });
  assert.deepEqual(result['notCreated'] ?? {}, {});
}

test('an end taken back gives the folder back as it was: accepted, with the name and colour of one’s own', async () => {
  await using scene = await createTestApp();
  const { ada, ben } = scene;
  const id = await folder(ada, 'Presse');
  await share(ada, id, ben, 'viewer');
  await update(ben, 'ShareInvitation', id, { status: 'accepted', name: 'La presse', color: 'pink' });
  await end(ada);
  await shareAgain(ada, id, ben.id, { restore: true });
  const seen = (await get(ben, 'AddressBook', id, { accountId: ada.id }))!;
  assert.deepEqual([seen['name'], seen['color'], seen['isSubscribed']], ['La presse', 'pink', true]);
  assert.equal((await list(ada, 'Share'))[0]!['status'], 'accepted');
});

test('a refusal, too, is what it was', async () => {
  await using scene = await createTestApp();
  const { ada, ben } = scene;
  const id = await folder(ada, 'Presse');
  await share(ada, id, ben, 'viewer');
  await update(ben, 'ShareInvitation', id, { status: 'declined' });
  await end(ada);
  await shareAgain(ada, id, ben.id, { restore: true });
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'declined');
});

test('a share made anew without a word of that waits for an answer', async () => {
  await using scene = await createTestApp();
  const { ada, ben } = scene;
  const id = await folder(ada, 'Presse');
  await shareAccepted(ada, id, ben, 'viewer');
  await end(ada);
  await shareAgain(ada, id, ben.id, {});
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
});

test('a name that was given to another folder meanwhile is made free', async () => {
  await using scene = await createTestApp();
  const { ada, ben } = scene;
  const id = await folder(ada, 'Presse');
  await share(ada, id, ben, 'viewer');
  await update(ben, 'ShareInvitation', id, { status: 'accepted', name: 'La presse' });
  await end(ada);
  await folder(ben, 'La presse');
  await shareAgain(ada, id, ben.id, { restore: true });
  assert.equal((await get(ben, 'AddressBook', id, { accountId: ada.id }))!['name'], 'La presse (2)');
});

test('after an hour it is too late: the share waits for an answer', async () => {
  await using scene = await createTestApp();
  const { ada, ben, clock } = scene;
  const id = await folder(ada, 'Presse');
  await shareAccepted(ada, id, ben, 'viewer');
  await end(ada);
  clock.advance(3_700_000);
  await shareAgain(ada, id, ben.id, { restore: true });
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
});
