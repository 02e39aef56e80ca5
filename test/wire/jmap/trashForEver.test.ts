import assert from 'node:assert/strict';
import { test } from 'node:test';
import { purgeTrash } from '../../../src/core/trash/destroyTrash.ts';
import {
  card,
  changes,
  destroy,
  folder,
  get,
  items,
  list,
  refusal,
  share,
  shareAccepted,
  stateOf,
  update,
} from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

test('only the owner destroys for ever; emptying touches what is one’s own and nothing else', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await shareAccepted(ada, bookId, ben, 'manager');
  const id = await card(ada, bookId, 'Jean Dupont');
  await destroy(ben, 'ContactCard', id, { accountId: ada.id });
  const own = await card(ben, await folder(ben, 'À Ben'), 'Jeanne Dupont');
  await destroy(ben, 'ContactCard', own);
  assert.equal((await refusal(ben, 'TrashItem/set', { destroy: [id] }))['type'], 'forbidden');
  assert.equal((await ben.call('TrashItem/empty'))['destroyed'], 1);
  assert.deepEqual(
    (await list(ben, 'TrashItem')).map((item) => item['id']),
    [id],
  );
  await destroy(ada, 'TrashItem', id);
  assert.deepEqual([await list(ada, 'TrashItem'), await list(ben, 'TrashItem')], [[], []]);
  assert.equal((await refusal(ada, 'TrashItem/restore', { ids: [id] }))['type'], 'notFound');
  assert.ok(await get(ada, 'AddressBook', bookId));
});

test('with a folder that is destroyed for ever goes what lay in the trash from before, and the trash says so', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const id = await card(ada, bookId, 'Jean Dupont');
  await destroy(ada, 'ContactCard', id);
  await destroy(ada, 'AddressBook', bookId);
  const since = await stateOf(ada, 'TrashItem');
  await destroy(ada, 'TrashItem', bookId);
  assert.deepEqual(await list(ada, 'TrashItem'), []);
  assert.deepEqual(
    new Set(items((await changes(ada, 'TrashItem', since))['destroyed'])),
    new Set([id, bookId] as unknown[]),
  );
});

test('the trash is searched by name, newest first, and forgets after thirty days', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const [first, second] = [await card(ada, bookId, 'Éric Noël'), await card(ada, bookId, 'Jean Dupont')];
  await destroy(ada, 'ContactCard', first);
  app.clock.advance(1000);
  await destroy(ada, 'ContactCard', second);
  const query = async (args: object) => {
    const { ids, total } = await ada.call('TrashItem/query', { calculateTotal: true, ...args });
    return [ids, total] as unknown;
  };
  assert.deepEqual(await query({}), [[second, first], 2]);
  assert.deepEqual(await query({ filter: { text: 'noel' } }), [[first], 1]);
  assert.deepEqual(await query({ position: 1, limit: 1 }), [[first], 2]);
  app.clock.advance(29 * 86_400_000);
  await purgeTrash(app.world);
  await ada.signIn();
  assert.deepEqual(await query({}), [[second, first], 2]);
  app.clock.advance(2 * 86_400_000);
  await purgeTrash(app.world);
  await ada.signIn();
  assert.deepEqual(await query({}), [[], 0]);
});

test('a folder in the trash does not hold its name, also not for those who had given it one', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  await share(ada, bookId, ben, 'viewer');
  await update(ben, 'ShareInvitation', bookId, { status: 'accepted', name: 'Presse' });
  assert.equal((await refusal(ben, 'AddressBook/set', { create: { new: { name: 'presse' } } }))['reason'], 'nameTaken');
  await destroy(ada, 'AddressBook', bookId);
  await folder(ben, 'presse');
  await folder(ada, 'Presse');
});
