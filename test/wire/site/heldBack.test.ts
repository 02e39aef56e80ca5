import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactsOf, dav } from '../../kit/dav.ts';
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

test('who has saved something does not wait until what others saved later is on the disk', async () => {
  await using app = await createTestApp();
  const book = await contactsOf(app.ada);
  app.world.db.settled = () => new Promise(() => undefined);
  const vcard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:x\r\nFN:x\r\nN:x;;;;\r\nEND:VCARD\r\n';
  assert.equal((await dav(app.ada, 'PUT', `${book}x.vcf`, { body: vcard })).status, 201);
  assert.equal((await dav(app.ada, 'DELETE', `${book}x.vcf`)).status, 204);
});
