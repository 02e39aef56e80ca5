import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { deliverMail } from '../../../src/core/outbox/deliverMail.ts';
import { smtpMailer } from '../../../src/mail/smtp.ts';
import { folder, share } from '../../kit/calls.ts';
import { shareWithGuest } from '../../kit/guest.ts';
import { collected, openLmtp } from '../../kit/lmtp.ts';
import { startDovecot } from '../../kit/mail/dovecot.ts';
import type { Dovecot } from '../../kit/mail/dovecot.ts';
import { startOpenSmtpd } from '../../kit/mail/opensmtpd.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

describe('with a real OpenSMTPD', () => {
  let dovecot: Dovecot;
  let app: TestApp;
  before(async () => {
    dovecot = await startDovecot();
    app = await createTestApp();
  });
  after(async () => {
    await app.close();
    await dovecot.close();
  });

  test('mails of Coterie arrive whole in the mailboxes of colleagues and guests', async () => {
    const { port, close } = await startOpenSmtpd({ lmtp: { 'demo.example': dovecot.lmtpPort } });
    const mailer = smtpMailer({ url: `smtp://127.0.0.1:${port}` });
    try {
      const bookId = await folder(app.ada, 'Été « à l’essai » 🗂');
      await share(app.ada, bookId, app.ben, 'manager');
      await shareWithGuest(app.ada, bookId, 'ines.dehors@demo.example');
      assert.deepEqual(await deliverMail(app.world, mailer), { sent: 2, isAway: false });
      const [toBen] = await dovecot.mailsOf(app.ben.email, 1);
      assert.equal(toBen!.subject!.replaceAll(/\s/gu, ' '), 'Partage créé : Été « à l’essai » 🗂 partagé par Ada');
      assert.equal(toBen!.headers.get('auto-submitted'), 'auto-generated');
      assert.match(String(toBen!.html), /\/share\/[^"]+\/accept/u);
      assert.match(toBen!.text!, /Gestionnaire/u);
      const [toInes] = await dovecot.mailsOf('ines.dehors@demo.example', 1);
      assert.match(toInes!.text!, /\/guest\/[\w-]{43}/u);
    } finally {
      await mailer.close();
      await close();
    }
  });

  test('copies that it hands on by LMTP fill « Personnes contactées par mail »', async () => {
    await using door = await openLmtp(app);
    const lmtp = { 'coterie.invalid': door.port, 'demo.example': dovecot.lmtpPort };
    const { port, close } = await startOpenSmtpd({ lmtp });
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    try {
      await transport.sendMail({
        from: 'Ada <ada@demo.example>',
        to: ['Chloé <chloe@demo.example>', '"Martin, Paul" <paul@demo.example>'],
        bcc: 'collect@coterie.invalid',
        text: 'x',
      });
      assert.deepEqual(await until(app, 2), ['Chloé <chloe@demo.example>', 'Paul Martin <paul@demo.example>']);
    } finally {
      transport.close();
      await close();
    }
  });
});

/** The copy takes its way while the mail is sent already. */
async function until(app: TestApp, count: number): Promise<string[]> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const people = await collected(app.ada);
    if (people.length >= count) return people;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return collected(app.ada);
}
