import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expireShares } from '../../../src/core/share/expireShares.ts';
import { answer, card, changes, create, folder, get, list, session, share, stateOf, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

const hour = 3_600_000;

/** Ben has accepted a folder for an hour, and has another of Ada’s for good. */
async function open() {
  const app = await createTestApp();
  const { ada, ben } = app;
  const id = await folder(ada, 'Presse');
  const lasting = await folder(ada, 'Radio');
  const expiresAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + hour).toISOString().replace('.000', '');
  const shareId = await share(ada, id, ben, 'manager', { expiresAt });
  await answer(ben, id, 'accepted', { name: 'La presse' });
  return {
    app,
    ada,
    ben,
    id,
    lasting,
    shareId,
    expiresAt,
    where: { accountId: ada.id },
    [Symbol.asyncDispose]: app.close,
  };
}

test('the end date is shown to both', async () => {
  await using scene = await open();
  const { ada, ben, id, shareId, expiresAt } = scene;
  assert.equal((await get(ada, 'Share', shareId))!['expiresAt'], expiresAt);
  assert.equal((await get(ben, 'ShareInvitation', id))!['expiresAt'], expiresAt);
});

test('at the end date the access ends by the clock, before anything is cleaned up', async () => {
  await using scene = await open();
  const { app, ada, ben, id, where } = scene;
  const cardId = await card(ada, id, 'Jean Dupont');
  // A busy machine takes longer than a second to come here.
  app.clock.advance(hour - 60_000);
  assert.ok(await get(ben, 'ContactCard', cardId, where));
  app.clock.advance(61_001);
  assert.equal((await ben.call('ContactCard/get', where))['type'], 'accountNotFound');
  assert.deepEqual(await list(ben, 'ShareInvitation'), []);
  assert.deepEqual(Object.keys((await session(ben)).accounts), [ben.id, 'directory']);
});

test('the cleaning up removes the share, tells both by mail and log, and forgets the answer', async () => {
  await using scene = await open();
  const { app, ada, ben, id, lasting, shareId } = scene;
  await share(ada, lasting, ben, 'viewer');
  const [shares, books] = [await stateOf(ada, 'Share'), await stateOf(ben, 'AddressBook', ada.id)];
  app.clock.advance(hour + 1001);
  assert.equal(await expireShares(app.world), 1);
  assert.equal(await expireShares(app.world), 0);
  assert.deepEqual((await changes(ada, 'Share', shares))['destroyed'], [shareId]);
  assert.deepEqual((await changes(ben, 'AddressBook', books, ada.id))['destroyed'], [id]);
  const [mail] = await app.mails();
  assert.equal(mail!.to.address, ben.email);
  assert.match(mail!.subject, /^Partage expiré\s: Presse partagé par Ada$/u);
  const [notification] = await list(ben, 'ShareNotification');
  assert.deepEqual([notification!['newRights'], notification!['objectId']], [null, id]);
  await share(ada, id, ben, 'viewer');
  assert.equal((await get(ben, 'ShareInvitation', id))!['status'], 'waiting');
});

test('a share that is made anew after its end, before the cleaning up, waits again too', async () => {
  await using scene = await open();
  const { app, ada, ben, id } = scene;
  app.clock.advance(hour + 1001);
  await share(ada, id, ben, 'manager');
  const again = (await get(ben, 'ShareInvitation', id))!;
  assert.deepEqual([again['status'], again['name'], again['expiresAt']], ['waiting', null, null]);
});

test('a later end date, or none, keeps the access; so does another share without an end', async () => {
  await using scene = await open();
  const { app, ada, ben, id, shareId, where } = scene;
  await update(ada, 'Share', shareId, { expiresAt: new Date(Date.now() + 2 * hour).toISOString() });
  app.clock.advance(hour + 1001);
  await expireShares(app.world);
  assert.ok(await get(ben, 'AddressBook', id, where));
  await update(ada, 'Share', shareId, { expiresAt: null });
  app.clock.advance(2 * hour);
  await expireShares(app.world);
  assert.equal((await get(ben, 'AddressBook', id, where))!['name'], 'La presse');
});

test('a public link ends with its date', async () => {
  await using scene = await open();
  const { app, ada, id, expiresAt } = scene;
  const shareId = await create(ada, 'Share', { addressBookId: id, type: 'public', expiresAt });
  const url: string = (await get(ada, 'Share', shareId))!['url']!;
  assert.equal((await fetch(`${url}.csv`)).status, 200);
  app.clock.advance(hour + 1001);
  assert.equal((await fetch(`${url}.csv`)).status, 404);
});
