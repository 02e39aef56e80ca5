import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, folder, items, update } from '../kit/calls.ts';
import { makeDevice } from '../kit/device.ts';
import { historyOf } from '../kit/history.ts';
import { createTestApp } from '../kit/world.ts';

test('a program for one folder takes no card out of another, by a version of it from before either', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const [shown, hidden] = [await folder(ada, 'Presse'), await folder(ada, 'Privé')];
  const id = await card(ada, shown, 'Jean Dupont');
  await update(ada, 'ContactCard', id, { phones: { p: { number: '+33 1 23' } } });
  const versions = await historyOf(ada, id);
  await update(ada, 'ContactCard', id, { addressBookIds: { [hidden]: true } });
  const device = await makeDevice(url, ada, { mayWrite: true, addressBookId: shown });
  for (const { id: version } of versions)
    for (const state of ['before', 'after']) {
      const refused = await device.call('CardVersion/restore', { id: version, state, addressBookId: shown });
      assert.ok(['forbidden', 'invalidArguments'].includes(String(refused['type'])), JSON.stringify(refused));
    }
  const [left] = await historyOf(device, id);
  const undone = await device.call('CardVersion/undo', { batchId: left!['batchId'] });
  assert.equal(undone['operationId'] ?? null, null, JSON.stringify(undone));
  const [now] = items((await ada.call('ContactCard/get', { ids: [id] }))['list']);
  assert.deepEqual(now!['addressBookIds'], { [hidden]: true });
  assert.deepEqual(app.faults, []);
});
