import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';

test('what somebody has just committed is told to nobody before it is on the disk', async () => {
  await using app = await createTestApp();
  const [read, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  app.world.db.settled = () => {
    read.resolve();
    return written.promise;
  };
  let isTold = false;
  const reply = fetch(`${app.url}/jmap/session`, {
    headers: { Authorization: `Basic ${btoa('ada@demo.example:password of Ada')}` },
  }).finally(() => (isTold = true));
  await read.promise;
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isTold, false);
  written.resolve();
  assert.equal((await reply).status, 200);
});
