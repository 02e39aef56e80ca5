import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, folder, items } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

test('cards that are too much for one answer are refused as such, and given in parts', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Huge');
  const ids: string[] = [];
  for (let index = 0; index < 6; index++) ids.push(await card(ada, bookId, `Huge ${index}`));
  // As somebody could fill an account with, card by card.
  const { db } = app.world;
  const { data } = (await db.first(db.build.selectFrom('card').select('data').where('id', '=', ids[0]!)))!;
  const huge = JSON.stringify({ ...(JSON.parse(data) as object), notes: { n: { note: 'x'.repeat(9_500_000) } } });
  await db.transaction((tx) => tx.run(tx.build.updateTable('card').set({ data: huge }).where('id', 'in', ids)));
  assert.equal((await ada.call('ContactCard/get', { ids, properties: ['uid'] }))['type'], 'requestTooLarge');
  assert.equal((await ada.call('ContactCard/get', { ids: null, properties: ['uid'] }))['type'], 'requestTooLarge');
  const part = await ada.call('ContactCard/get', { ids: ids.slice(0, 2), properties: ['uid'] });
  assert.equal(items(part['list']).length, 2);
});
