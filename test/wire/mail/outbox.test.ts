import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transact } from '../../../src/core/change/transact.ts';
import { deliverMail, maxAttempts } from '../../../src/core/outbox/deliverMail.ts';
import { listCapturedMail, listCapturedRecipients } from '../../../src/core/outbox/capturedMail.ts';
import { outgoingMail, queueMail } from '../../../src/core/outbox/queueMail.ts';
import { startOutbox } from '../../../src/core/outbox/startOutbox.ts';
import type { OutgoingMail } from '../../../src/format/mail/outgoingMail.ts';
import { captureMailer } from '../../../src/mail/capture.ts';
import { openTestWorld } from '../../kit/testWorld.ts';
import type { TestWorld } from '../../kit/testWorld.ts';

const minute = 60_000;

function mailTo(world: TestWorld, address = 'ben@demo.example', subject = 'Partage créé'): OutgoingMail {
  const sender = { name: 'Ada Démo', email: 'ada@demo.example' };
  return outgoingMail(world, {
    sender,
    to: { name: 'Ben Démo', address },
    subject,
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
  });
}

function queue(world: TestWorld, message = mailTo(world)): Promise<void> {
  return transact(world, (tx) => queueMail(tx, world, message));
}

function turn(world: TestWorld, ms: number): void {
  world.clock = new Date(world.clock.getTime() + ms);
}

const outboxOf = (world: TestWorld) => world.db.all(world.db.build.selectFrom('outbox').selectAll());

/** A mailer that fails as often as it is told, and keeps what it sent. */
function flakyMailer(failures: number, error: Error = new Error('connection refused')) {
  const sent: OutgoingMail[] = [];
  let left = failures;
  return {
    sent,
    async send(message: OutgoingMail) {
      if (left-- > 0) throw error;
      sent.push(message);
    },
  };
}

test('a mail leaves once and is then gone from the outbox', async () => {
  await using world = await openTestWorld();
  const mailer = flakyMailer(0);
  await queue(world);
  assert.equal(await deliverMail(world, mailer), 1);
  assert.equal(await deliverMail(world, mailer), 0);
  assert.equal(mailer.sent.length, 1);
  assert.deepEqual(await outboxOf(world), []);
});

test('a mail comes from the organisation with the name of the person, who gets the replies', async () => {
  await using world = await openTestWorld();
  const message = mailTo(world);
  assert.deepEqual(message.from, { name: 'Ada Démo (Université de Démonstration)', address: 'contacts@demo.example' });
  assert.deepEqual(message.replyTo, { name: 'Ada Démo', address: 'ada@demo.example' });
  assert.equal(message.headers['Auto-Submitted'], 'auto-generated');
  assert.match(message.messageId, /^<[\w-]+@demo\.example>$/u);
});

test('a name with line ends adds no header', async () => {
  await using world = await openTestWorld();
  const sender = { name: 'Ada\r\nBcc: x@y.example', email: 'ada@demo.example\r\nBcc: x@y.example' };
  const message = outgoingMail(world, {
    sender,
    to: { name: 'B\nen', address: 'ben@demo.example' },
    subject: 'a\r\nb',
    text: '',
    html: '',
  });
  assert.ok(
    !/[\r\n]/u.test(
      JSON.stringify([message.from, message.replyTo, message.to, message.subject]).replace(/\\[rn]/gu, '\n'),
    ),
  );
});

test('an operation that fails sends nothing', async () => {
  await using world = await openTestWorld();
  const failing = transact(world, async (tx) => {
    await queueMail(tx, world, mailTo(world));
    throw new Error('no');
  });
  await assert.rejects(failing);
  assert.deepEqual(await outboxOf(world), []);
});

test('without a mail server nothing is queued', async () => {
  await using world = await openTestWorld({ mailEnabled: false });
  await queue(world);
  assert.deepEqual(await outboxOf(world), []);
});

test('a mail that failed is tried again, later each time', async () => {
  await using world = await openTestWorld();
  const mailer = flakyMailer(2);
  await queue(world);
  assert.equal(await deliverMail(world, mailer), 0);
  turn(world, minute - 1);
  assert.equal(await deliverMail(world, mailer), 0);
  assert.equal((await outboxOf(world))[0]?.attempts, 1, 'not yet due');
  turn(world, 1);
  assert.equal(await deliverMail(world, mailer), 0);
  turn(world, minute);
  assert.equal(await deliverMail(world, mailer), 0);
  assert.equal((await outboxOf(world))[0]?.attempts, 2, 'the second pause is longer');
  turn(world, minute);
  assert.equal(await deliverMail(world, mailer), 1);
});

test('one mail that fails does not hold up the others', async () => {
  await using world = await openTestWorld();
  await queue(world);
  await queue(world, mailTo(world, 'chloe@demo.example'));
  const mailer = flakyMailer(1);
  assert.equal(await deliverMail(world, mailer), 1);
});

test('a mail is given up after many attempts, kept with its error, and no address is in the log', async () => {
  await using world = await openTestWorld();
  const lines: string[] = [];
  await queue(world);
  const mailer = flakyMailer(Infinity, new Error('550 <ben@demo.example>: user ben@demo.example unknown'));
  for (let attempt = 0; attempt < maxAttempts + 3; attempt++) {
    await deliverMail(world, mailer, { log: (line) => lines.push(line) });
    turn(world, 24 * 60 * minute);
  }
  const [row] = await outboxOf(world);
  assert.equal(row?.attempts, maxAttempts);
  assert.equal(row?.last_error, '550 <<address>>: user <address> unknown');
  assert.equal(lines.length, maxAttempts);
  assert.match(lines.at(-1)!, /given up/u);
  assert.ok(!lines.join().includes('@'));
});

test('a mail that is refused for good is not tried again', async () => {
  await using world = await openTestWorld();
  await queue(world);
  await deliverMail(world, flakyMailer(1, Object.assign(new Error('550'), { isPermanent: true })));
  turn(world, 24 * 60 * minute);
  const mailer = flakyMailer(0);
  assert.equal(await deliverMail(world, mailer), 0);
  assert.equal((await outboxOf(world)).length, 1);
});

test('two runs at once send each mail once', async () => {
  await using world = await openTestWorld();
  for (let number = 0; number < 10; number++) await queue(world, mailTo(world, `p${number}@demo.example`));
  const mailer = flakyMailer(0);
  const counts = await Promise.all([deliverMail(world, mailer), deliverMail(world, mailer)]);
  assert.equal(counts[0] + counts[1], 10);
  assert.equal(new Set(mailer.sent.map((message) => message.to.address)).size, 10);
});

test('a mail whose sending was cut off is due again after a while, under the same Message-ID', async () => {
  await using world = await openTestWorld();
  const message = mailTo(world);
  await queue(world, message);
  void deliverMail(world, { send: () => new Promise<void>(() => undefined) });
  while ((await outboxOf(world))[0]?.attempts === 0) await new Promise((resolve) => setImmediate(resolve));
  const mailer = flakyMailer(0);
  assert.equal(await deliverMail(world, mailer), 0);
  turn(world, 11 * minute);
  assert.equal(await deliverMail(world, mailer), 1);
  assert.equal(mailer.sent[0]?.messageId, message.messageId);
});

test('the outbox sends soon after the commit, and stops', async () => {
  await using world = await openTestWorld();
  let arrived: (message: OutgoingMail) => void;
  const arrival = new Promise<OutgoingMail>((resolve) => (arrived = resolve));
  const outbox = startOutbox(world, { send: async (message) => arrived(message) }, () => undefined, 3_600_000);
  await queue(world);
  world.hub.publish({ changes: [], regrouped: [] });
  assert.equal((await arrival).to.address, 'ben@demo.example');
  await outbox.stop();
  await queue(world);
  outbox.kick();
  assert.equal((await outboxOf(world)).length, 1);
});

test('the demonstration keeps the last 500 mails, newest first, by recipient', async () => {
  await using world = await openTestWorld();
  const mailer = captureMailer(world.db, world.now);
  for (let number = 0; number < 503; number++) {
    turn(world, 1000);
    await mailer.send(mailTo(world, number % 2 === 0 ? 'Ben@demo.example' : 'chloe@demo.example', `n° ${number}`));
  }
  const all = await listCapturedMail(world, null);
  assert.equal(all.length, 500);
  assert.equal(all[0]?.message.subject, 'n° 502');
  assert.equal(all.at(-1)?.message.subject, 'n° 3');
  assert.equal((await listCapturedMail(world, 'ben@demo.example')).length, 250);
  assert.deepEqual(await listCapturedRecipients(world), ['ben@demo.example', 'chloe@demo.example']);
});
