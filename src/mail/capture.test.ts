import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listCapturedMail } from '../core/outbox/capturedMail.ts';
import { openTestWorld } from '../../test/kit/testWorld.ts';
import { captureMailer } from './capture.ts';

test('mails of the same moment are read in the order in which they were sent, the newest first', async () => {
  await using world = await openTestWorld();
  const mailer = captureMailer(world.db, world.now);
  const subjects = Array.from({ length: 12 }, (_, index) => `Number ${index}`);
  for (const subject of subjects) {
    const ada = { name: 'Ada', address: 'ada@demo.example' };
    const messageId = `<${subject.replace(' ', '')}@demo.example>`;
    const date = world.now().toISOString();
    await mailer.send({ to: ada, from: ada, replyTo: null, subject, text: '', html: '', headers: {}, messageId, date });
  }
  const captured = await listCapturedMail(world, null);
  assert.deepEqual(captured.map(({ message }) => message.subject).reverse(), subjects);
});
