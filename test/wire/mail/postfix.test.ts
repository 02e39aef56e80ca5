import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { transact } from '../../../src/core/change/transact.ts';
import { deliverMail } from '../../../src/core/outbox/deliverMail.ts';
import { listHeldMail } from '../../../src/core/outbox/heldMail.ts';
import { outgoingMail, queueMail } from '../../../src/core/outbox/queueMail.ts';
import { smtpMailer } from '../../../src/mail/smtp.ts';
import type { SmtpServer } from '../../../src/mail/smtp.ts';
import { startDovecot } from '../../kit/mail/dovecot.ts';
import type { Dovecot } from '../../kit/mail/dovecot.ts';
import { startPostfix } from '../../kit/mail/postfix.ts';
import type { Postfix } from '../../kit/mail/postfix.ts';
import { selfSigned } from '../../kit/selfSigned.ts';
import { openTestWorld } from '../../kit/testWorld.ts';
import type { TestWorld } from '../../kit/testWorld.ts';

const certificate = selfSigned();
const minute = 60_000;

async function queue(world: TestWorld, address: string, subject: string, sender = 'Ada Démo'): Promise<void> {
  const text = { subject, text: 'Bonjour\n', html: '<p>Bonjour</p>' };
  const from = { name: sender, email: 'ada@demo.example' };
  const message = outgoingMail(world, { ...text, sender: from, to: { name: sender, address }, thread: subject });
  await transact(world, (tx) => queueMail(tx, world, message, { kind: 'created', queuedBy: null }));
}

/** One run of the outbox with a mailer of its own. */
async function deliver(world: TestWorld, server: SmtpServer) {
  const mailer = smtpMailer(server);
  try {
    return await deliverMail(world, mailer);
  } finally {
    await mailer.close();
  }
}

describe('mails by a real Postfix to real mailboxes', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  before(async () => {
    dovecot = await startDovecot();
    postfix = await startPostfix({
      lmtpPort: dovecot.lmtpPort,
      certificate,
      settings: {
        smtpd_recipient_restrictions: [
          'check_recipient_access inline:{ { nobody@demo.example = 550 5.1.1 no such user }, { busy@demo.example = 450 4.2.1 try later } }',
          'permit',
        ].join(', '),
      },
    });
  });
  after(async () => {
    await postfix.close();
    await dovecot.close();
  });

  test('arrive whole, with headers that keep vacation notices away', async () => {
    await using world = await openTestWorld();
    await queue(world, 'ben@demo.example', 'Partage créé : Été « à l’essai »');
    assert.deepEqual(await deliver(world, { url: postfix.url }), { sent: 1, isAway: false });
    const [mail] = await dovecot.mailsOf('ben@demo.example', 1);
    assert.equal(mail!.subject, 'Partage créé : Été « à l’essai »');
    assert.equal(mail!.from?.value[0]?.address, 'contacts@demo.example');
    assert.equal(mail!.replyTo?.value[0]?.address, 'ada@demo.example');
    assert.equal(mail!.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(mail!.headers.get('x-auto-response-suppress'), 'OOF, AutoReply');
    assert.ok(mail!.headers.has('list'));
    assert.deepEqual([mail!.text?.trim(), mail!.html], ['Bonjour', '<p>Bonjour</p>']);
  });

  test('what names and subjects try to add is text', async () => {
    await using world = await openTestWorld();
    const evil = 'Ada\r\nBcc: chloe@demo.example\r\n\r\n<script>"\\ =?utf-8?q?=0d=0aBcc:_x@demo.example?= 😀';
    await queue(world, 'eve@demo.example', evil, evil);
    await deliver(world, { url: postfix.url });
    const [mail] = await dovecot.mailsOf('eve@demo.example', 1);
    assert.equal(mail!.bcc, undefined);
    assert.match(mail!.subject!, /^Ada Bcc: chloe@demo\.example <script>/u);
    assert.equal(mail!.to && [mail!.to].flat()[0]!.value.length, 1);
    assert.equal(mail!.text?.trim(), 'Bonjour');
  });

  test('are given up when the recipient is refused, and wait when they are put off', async () => {
    await using world = await openTestWorld();
    for (const name of ['nobody', 'busy', 'chloe']) await queue(world, `${name}@demo.example`, name);
    assert.equal((await deliver(world, { url: postfix.url })).sent, 1);
    const held = await listHeldMail(world);
    assert.deepEqual(
      held.map(({ to, nextAttemptAt }) => [to, nextAttemptAt !== null]),
      [
        ['nobody@demo.example', false],
        ['busy@demo.example', true],
      ],
    );
    assert.match(held[0]!.lastError!, /550 5\.1\.1/u);
  });

  test('wait while the server is down, and leave once when it is back', async () => {
    await using world = await openTestWorld();
    await postfix.stop();
    for (const subject of ['first', 'second']) await queue(world, 'down@demo.example', subject);
    assert.deepEqual(await deliver(world, { url: postfix.url }), { sent: 0, isAway: true });
    await postfix.start();
    world.clock = new Date(world.clock.getTime() + minute);
    assert.equal((await deliver(world, { url: postfix.url })).sent, 2);
    const mails = await dovecot.mailsOf('down@demo.example', 2);
    assert.deepEqual(mails.map(({ subject }) => subject).toSorted(), ['first', 'second']);
  });

  test('go by STARTTLS to a server whose certificate is trusted, and to no other', async () => {
    await using world = await openTestWorld();
    await queue(world, 'tls@demo.example', 'secret');
    for (const server of [
      { url: postfix.url, tls: 'required' as const },
      { url: postfix.url, tls: 'required' as const, ca: selfSigned().cert },
      { url: `smtp://127.0.0.2:${postfix.port}`, tls: 'required' as const, ca: certificate.cert },
    ]) {
      assert.equal((await deliver(world, server)).sent, 0);
      world.clock = new Date(world.clock.getTime() + 10 * minute);
    }
    const mailer = smtpMailer({ url: postfix.url, tls: 'required' });
    await assert.rejects(mailer.verify(), /COTERIE_SMTP_CA_FILE/u);
    await mailer.close();
    assert.equal((await deliver(world, { url: postfix.url, tls: 'required', ca: certificate.cert })).sent, 1);
    const [mail] = await dovecot.mailsOf('tls@demo.example', 1);
    assert.match(JSON.stringify(mail!.headers.get('received')), /ESMTPS/u);
  });

  test('a thousand notifications leave in a few seconds, each once, to each person in order', async () => {
    await using world = await openTestWorld();
    for (let number = 0; number < 1000; number++) await queue(world, `p${number % 100}@demo.example`, `n${number}`);
    const started = performance.now();
    assert.equal((await deliver(world, { url: postfix.url })).sent, 1000);
    const seconds = (performance.now() - started) / 1000;
    assert.ok(seconds < 60, `1,000 mails took ${seconds.toFixed(1)} s`);
    const mails = await dovecot.mailsOf('p7@demo.example', 10);
    const wanted = Array.from({ length: 10 }, (_, index) => `n${index * 100 + 7}`);
    assert.deepEqual(new Set(mails.map(({ subject }) => subject)), new Set(wanted));
  });
});
