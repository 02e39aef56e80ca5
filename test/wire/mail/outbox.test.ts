import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transact } from '../../../src/core/change/transact.ts';
import { deliverMail } from '../../../src/core/outbox/deliverMail.ts';
import { listCapturedMail, listCapturedRecipients } from '../../../src/core/outbox/capturedMail.ts';
import { outgoingMail, queueMail } from '../../../src/core/outbox/queueMail.ts';
import { dropMail, listHeldMail, purgeMail, retryMail } from '../../../src/core/outbox/heldMail.ts';
import { startOutbox } from '../../../src/core/outbox/startOutbox.ts';
import { asProgram } from '../../../src/core/program/heartbeat.ts';
import type { OutgoingMail } from '../../../src/format/mail/outgoingMail.ts';
import { MailFailure } from '../../../src/lib/mail/mailFailure.ts';
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
  return transact(world, (tx) => queueMail(tx, world, message, { kind: 'created', queuedBy: null }));
}

function turn(world: TestWorld, ms: number): void {
  world.clock = new Date(world.clock.getTime() + ms);
}

const outboxOf = (world: TestWorld) =>
  world.db.all(world.db.build.selectFrom('outbox').selectAll().orderBy('position'));

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
  assert.deepEqual(await deliverMail(world, mailer), { sent: 1, isAway: false });
  assert.deepEqual(await deliverMail(world, mailer), { sent: 0, isAway: false });
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
    await queueMail(tx, world, mailTo(world), { kind: 'created', queuedBy: null });
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
  const attempt = async () => (await deliverMail(world, mailer, { chance: () => 0.5 })).sent;
  await queue(world);
  assert.equal(await attempt(), 0);
  turn(world, minute - 1);
  assert.equal(await attempt(), 0);
  assert.equal((await outboxOf(world))[0]?.attempts, 1, 'not yet due');
  turn(world, 1);
  assert.equal(await attempt(), 0);
  turn(world, minute);
  assert.equal(await attempt(), 0);
  assert.equal((await outboxOf(world))[0]?.attempts, 2, 'the second pause is longer');
  turn(world, minute);
  assert.equal(await attempt(), 1);
});

test('mails that failed together do not all come back together', async () => {
  await using world = await openTestWorld();
  for (const chance of [0, 0.999]) {
    await queue(world, mailTo(world, `p${chance}@demo.example`));
    await deliverMail(world, flakyMailer(1), { chance: () => chance });
  }
  const pauses = (await outboxOf(world)).map((row) => Date.parse(row.next_attempt_at) - world.clock.getTime());
  assert.deepEqual(
    pauses.map((pause) => Math.round(pause / 1000)),
    [45, 75],
  );
});

test('one mail that fails does not hold up those to others', async () => {
  await using world = await openTestWorld();
  await queue(world);
  await queue(world, mailTo(world, 'chloe@demo.example'));
  assert.equal((await deliverMail(world, flakyMailer(1))).sent, 1);
});

test('to one recipient mails go in the order in which they were queued, also when the first has to wait', async () => {
  await using world = await openTestWorld();
  for (const subject of ['first', 'second', 'third']) {
    await queue(world, mailTo(world, subject === 'second' ? 'BEN@demo.example' : 'ben@demo.example', subject));
  }
  const mailer = { ...flakyMailer(1), atOnce: 3 };
  assert.equal((await deliverMail(world, mailer)).sent, 0, 'none overtakes');
  turn(world, 2 * minute);
  assert.equal((await deliverMail(world, mailer)).sent, 3);
  assert.deepEqual(
    mailer.sent.map(({ subject }) => subject),
    ['first', 'second', 'third'],
  );
});

test('several mails are under way at once, never two to one recipient', async () => {
  await using world = await openTestWorld();
  for (let number = 0; number < 30; number++) await queue(world, mailTo(world, `p${number % 5}@demo.example`));
  const open = new Set<string>();
  // None of the first ends before four are under way, however long it takes to take one.
  const four = Promise.withResolvers<void>();
  let most = 0;
  const mailer = {
    atOnce: 4,
    async send({ to }: OutgoingMail) {
      assert.ok(!open.has(to.address));
      open.add(to.address);
      most = Math.max(most, open.size);
      if (open.size === 4) four.resolve();
      await four.promise;
      await new Promise(setImmediate);
      open.delete(to.address);
    },
  };
  assert.equal((await deliverMail(world, mailer)).sent, 30);
  assert.equal(most, 4);
});

test('a mail that is put off for a day is given up, kept with its error, and no address is in the log', async () => {
  await using world = await openTestWorld();
  const lines: string[] = [];
  await queue(world);
  const mailer = flakyMailer(Infinity, new MailFailure('deferred', '450 <ben@demo.example>: ben@demo.example is busy'));
  for (let step = 0; step < 2000; step++) {
    await deliverMail(world, mailer, { log: (line) => lines.push(line) });
    turn(world, minute);
  }
  const [row] = await outboxOf(world);
  assert.ok(row!.given_up_at);
  const hours = (Date.parse(row!.given_up_at) - Date.parse(row!.created_at)) / (60 * minute);
  assert.ok(hours >= 24 && hours < 27, `${hours}`);
  assert.equal(row?.last_error, '450 <<address>>: <address> is busy');
  assert.equal(lines.length, row?.attempts);
  assert.ok(lines.length > 12 && lines.length < 30, `${lines.length} attempts`);
  assert.match(lines.at(-1)!, /given up/u);
  assert.ok(!lines.join().includes('@'));
});

test('a mail that is refused for good is not tried again, and those behind it go', async () => {
  await using world = await openTestWorld();
  await queue(world);
  await queue(world, mailTo(world, 'ben@demo.example', 'behind'));
  const mailer = flakyMailer(1, new MailFailure('refused', '550'));
  assert.equal((await deliverMail(world, mailer)).sent, 1);
  turn(world, 24 * 60 * minute);
  assert.equal((await deliverMail(world, mailer)).sent, 0);
  assert.equal((await outboxOf(world)).length, 1);
});

test('a mail server that cannot be reached is not asked for every mail, and nothing is given up for days', async () => {
  await using world = await openTestWorld();
  for (let number = 0; number < 50; number++) await queue(world, mailTo(world, `p${number}@demo.example`));
  const mailer = flakyMailer(Infinity, new MailFailure('away', 'connection refused'));
  assert.deepEqual(await deliverMail(world, mailer), { sent: 0, isAway: true });
  assert.equal((await outboxOf(world)).filter((row) => row.attempts > 0).length, 2);
  for (let hour = 0; hour < 4 * 24; hour++) {
    turn(world, 60 * minute);
    await deliverMail(world, mailer);
  }
  assert.equal((await deliverMail(world, flakyMailer(0))).sent + (await sendRest(world)), 50);
});

/** What was tried a moment ago is due within minutes. */
async function sendRest(world: TestWorld): Promise<number> {
  turn(world, 10 * minute);
  return (await deliverMail(world, flakyMailer(0))).sent;
}

test('one mail that breaks connections does not stop the others', async () => {
  await using world = await openTestWorld();
  for (let number = 0; number < 10; number++) await queue(world, mailTo(world, `p${number}@demo.example`));
  const sent: string[] = [];
  const mailer = {
    async send({ to }: OutgoingMail) {
      if (to.address.startsWith('p3')) throw new MailFailure('away', 'connection closed');
      sent.push(to.address);
    },
  };
  assert.deepEqual(await deliverMail(world, mailer), { sent: 9, isAway: false });
});

test('two runs at once send each mail once', async () => {
  await using world = await openTestWorld();
  for (let number = 0; number < 10; number++) await queue(world, mailTo(world, `p${number}@demo.example`));
  const mailer = flakyMailer(0);
  const runs = await Promise.all([deliverMail(world, mailer), deliverMail(world, mailer)]);
  assert.equal(runs[0].sent + runs[1].sent, 10);
  assert.equal(new Set(mailer.sent.map((message) => message.to.address)).size, 10);
});

test('a mail whose sending was cut off is sent by the program that comes after, under the same Message-ID', async () => {
  await using world = await openTestWorld();
  const message = mailTo(world);
  await queue(world, message);
  void deliverMail(world, { send: () => new Promise<void>(() => undefined) });
  while ((await outboxOf(world))[0]?.attempts === 0) await new Promise((resolve) => setImmediate(resolve));
  const mailer = flakyMailer(0);
  turn(world, 60 * minute);
  assert.equal((await deliverMail(world, mailer)).sent, 0, 'a slow server may think for long');
  const next = { ...world, db: { ...world.db, programId: 'the next' } };
  assert.equal((await deliverMail(next, mailer)).sent, 1);
  assert.equal(mailer.sent[0]?.messageId, message.messageId);
});

test('a mail that another program sends is left to it, as long as that one lives', async () => {
  await using world = await openTestWorld();
  await queue(world);
  const other = { ...world, db: { ...world.db, programId: 'another' } };
  const mailer = flakyMailer(0);
  const sending = Promise.withResolvers<void>();
  await asProgram(other, async () => {
    const run = deliverMail(other, { send: () => sending.promise });
    while ((await outboxOf(world))[0]?.attempts === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await deliverMail(world, mailer)).sent, 0);
    sending.resolve();
    assert.equal((await run).sent, 1);
  });
  assert.equal((await deliverMail(world, mailer)).sent, 0);
  assert.deepEqual(await outboxOf(world), []);
});

test('an administrator sees what failed, has it tried again, or throws it away', async () => {
  await using world = await openTestWorld();
  for (const name of ['ben', 'chloe']) await queue(world, mailTo(world, `${name}@demo.example`));
  await deliverMail(world, flakyMailer(2, new MailFailure('refused', '550 no')));
  const held = await listHeldMail(world);
  assert.deepEqual(
    held.map(({ to, lastError, nextAttemptAt }) => [to, lastError, nextAttemptAt]),
    [
      ['ben@demo.example', '550 no', null],
      ['chloe@demo.example', '550 no', null],
    ],
  );
  assert.equal(await dropMail(world, held[0]!.id), 1);
  assert.equal(await retryMail(world, null), 1);
  assert.equal((await deliverMail(world, flakyMailer(0))).sent, 1);
  assert.deepEqual(await listHeldMail(world), []);
});

test('what was given up is forgotten after a month', async () => {
  await using world = await openTestWorld();
  await queue(world);
  await deliverMail(world, flakyMailer(1, new MailFailure('refused', '550')));
  turn(world, 29 * 24 * 60 * minute);
  assert.equal(await purgeMail(world), 0);
  turn(world, 2 * 24 * 60 * minute);
  assert.equal(await purgeMail(world), 1);
});

test('mails about one share to one person stand in one thread, to others in another', async () => {
  await using world = await openTestWorld();
  const of = (address: string, isFirst = false) => {
    const sender = { name: 'Ada', email: null };
    const text = { subject: 's', text: '', html: '' };
    return outgoingMail(world, { ...text, sender, to: { name: '', address }, thread: 's1', isFirst });
  };
  const first = of('ben@demo.example', true);
  const second = of('Ben@demo.example');
  assert.equal(first.headers['In-Reply-To'], undefined);
  assert.equal(second.headers['In-Reply-To'], first.messageId);
  assert.equal(second.headers['References'], first.messageId);
  assert.notEqual(second.messageId, first.messageId);
  assert.notEqual(of('chloe@demo.example', true).messageId, first.messageId);
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
