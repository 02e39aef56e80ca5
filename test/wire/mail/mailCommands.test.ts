import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailCommands } from '../../../src/commands/mailCommands.ts';
import { transact } from '../../../src/core/change/transact.ts';
import { deliverMail } from '../../../src/core/outbox/deliverMail.ts';
import { outgoingMail, queueMail } from '../../../src/core/outbox/queueMail.ts';
import { MailFailure } from '../../../src/lib/mail/mailFailure.ts';
import { openTestWorld } from '../../kit/testWorld.ts';

test('the commands list what failed without controlling the terminal, try it again, and throw it away', async () => {
  await using world = await openTestWorld();
  const run = (name: string, ...words: string[]) => mailCommands[name]!.run(world, words);
  assert.equal(await run('mail list'), 'No mail has failed.');
  const text = { subject: 'Partage créé', text: '', html: '' };
  const message = outgoingMail(world, {
    ...text,
    sender: { name: 'Ada', email: null },
    to: { name: '', address: 'ben@demo.example' },
  });
  await transact(world, (tx) => queueMail(tx, world, message, { kind: 'created', queuedBy: null }));
  const refuse = async () => {
    throw new MailFailure('refused', '550 \u001b[2Jno');
  };
  await deliverMail(world, { send: refuse });
  const list = await run('mail list');
  assert.match(
    list,
    /^o\w+ {2}to ben@demo\.example, queued .*, attempts: 1, given up\n {2}Partage créé\n {2}550 .*no$/u,
  );
  assert.ok(!list.includes('\u001b'));
  assert.equal(await run('mail retry', 'all'), '1 mail is tried again.');
  await deliverMail(world, { send: refuse });
  assert.equal(await run('mail drop', list.split(' ')[0]!), '1 mail is thrown away.');
  await assert.rejects(run('mail drop', 'all'), /There is no such mail/u);
  await assert.rejects(run('mail retry'), /A word is missing/u);
  await assert.rejects(run('mail test', 'nobody'), /not an e-mail address/u);
});
