/** How somebody arranges lists and panes follows them to every computer, and is their own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { list, refusal, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;

before(async () => {
  app = await createTestApp();
});
after(() => app.close());

const layoutOf = async (person: typeof app.ada) => (await list(person, 'Preferences'))[0]!['layout'];

test('nothing is arranged at first, and what is comes back as it was sent', async () => {
  assert.deepEqual(await layoutOf(app.ada), {});
  const layout = { density: 'compact', columns: [{ name: 'email', width: 220 }], future: { unknown: [1, null] } };
  await update(app.ada, 'Preferences', 'singleton', { layout });
  assert.deepEqual(await layoutOf(app.ada), layout);
});

test('one thing in it is changed by its path, the rest stays', async () => {
  await update(app.ada, 'Preferences', 'singleton', { layout: { density: 'compact', sorts: { a: 1, 'b/c': 2 } } });
  await update(app.ada, 'Preferences', 'singleton', { 'layout/sorts/b~1c': 3 });
  assert.deepEqual(await layoutOf(app.ada), { density: 'compact', sorts: { a: 1, 'b/c': 3 } });
});

test('everybody has their own, and other choices do not touch it', async () => {
  await update(app.ada, 'Preferences', 'singleton', { layout: { density: 'compact' } });
  await update(app.ada, 'Preferences', 'singleton', { theme: 'dark' });
  assert.deepEqual(await layoutOf(app.ben), {});
  assert.deepEqual(await layoutOf(app.ada), { density: 'compact' });
});

test('something else than an object, and more than 32,768 octets, are refused and change nothing', async () => {
  await update(app.ada, 'Preferences', 'singleton', { layout: { density: 'compact' } });
  for (const layout of [[], 'wide', 7, { text: 'é'.repeat(16_400) }]) {
    const error = await refusal(app.ada, 'Preferences/set', { update: { singleton: { layout } } });
    assert.equal(error['type'], 'invalidProperties', JSON.stringify(layout).slice(0, 20));
    assert.deepEqual(error['properties'], ['layout']);
  }
  assert.deepEqual(await layoutOf(app.ada), { density: 'compact' });
});

test('other windows of the person are told', async () => {
  const before = (await app.ada.call('Preferences/get', { accountId: app.ada.id }))['state'];
  await update(app.ada, 'Preferences', 'singleton', { layout: { density: 'comfortable' } });
  assert.notEqual((await app.ada.call('Preferences/get', { accountId: app.ada.id }))['state'], before);
});
