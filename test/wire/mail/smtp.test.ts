import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { OutgoingMail } from '../../../src/format/mail/outgoingMail.ts';
import { MailFailure } from '../../../src/lib/mail/mailFailure.ts';
import { smtpMailer } from '../../../src/mail/smtp.ts';

const message: OutgoingMail = {
  from: { name: 'Ada Démo (Université)', address: 'contacts@demo.example' },
  replyTo: { name: 'Ada Démo', address: 'ada@demo.example' },
  to: { name: 'Ben "B" Démo', address: 'ben@demo.example' },
  subject: 'Partage créé : Été',
  text: 'Bonjour à tous',
  html: '<p>Bonjour à tous</p>',
  messageId: '<1@demo.example>',
  date: '2026-03-02T09:00:00.000Z',
  headers: { 'Auto-Submitted': 'auto-generated' },
};

/** A mail server that keeps what it is told; `recipientReply` is its word about the recipient. */
async function openMailServer(recipientReply = '250 OK', breaksAtData = 0) {
  let breaks = breaksAtData;
  const heard: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    let rest = '';
    socket.on('error', () => undefined);
    socket.write('220 test ESMTP\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) {
        heard.push(line);
        if (isData) {
          if (line !== '.') continue;
          isData = false;
          socket.write('250 OK\r\n');
        } else if (line === 'DATA' && breaks-- > 0) {
          socket.destroy();
        } else if (line === 'DATA') {
          isData = true;
          socket.write('354 go on\r\n');
        } else {
          socket.write(`${line.startsWith('RCPT') ? recipientReply : '250 OK'}\r\n`);
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const mailer = smtpMailer({ url: `smtp://127.0.0.1:${port}` });
  return {
    heard,
    mailer,
    async [Symbol.asyncDispose]() {
      await mailer.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a mail goes to the server with its headers, as text and HTML', async () => {
  await using server = await openMailServer();
  await server.mailer.send(message);
  // RFC 5322 §2.2.3: a long header goes on in the next line after a space.
  const all = server.heard.join('\n').replace(/\n /gu, ' ');
  assert.match(all, /^MAIL FROM:<contacts@demo\.example>/mu);
  assert.match(all, /^RCPT TO:<ben@demo\.example>/mu);
  for (const header of [
    /^From: .*<contacts@demo\.example>$/mu,
    /^Reply-To: .*<ada@demo\.example>$/mu,
    /^Message-ID: <1@demo\.example>$/mu,
    /^Date: Mon, 02 Mar 2026 09:00:00 \+0000$/mu,
    /^Auto-Submitted: auto-generated$/mu,
    /^Subject: =\?UTF-8\?/mu,
    /^Content-Type: multipart\/alternative/mu,
    /^Content-Type: text\/plain; charset=utf-8$/mu,
    /^Content-Type: text\/html; charset=utf-8$/mu,
  ]) {
    assert.match(all, header);
  }
});

/** Why a mail could not leave. */
async function failureOf(sending: Promise<void>): Promise<MailFailure> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof MailFailure, String(error));
  return error;
}

test('a refusal for good is told apart from one for now', async () => {
  for (const [reply, reason] of [
    ['550 no such user', 'refused'],
    ['451 try later', 'deferred'],
    ['530 5.7.0 sign in first', 'away'],
  ] as const) {
    await using server = await openMailServer(reply);
    assert.equal((await failureOf(server.mailer.send(message))).reason, reason, reply);
  }
});

test('a connection that breaks in the middle of a mail leaves the mail to the outbox, and the next connection works', async () => {
  await using server = await openMailServer('250 OK', 1);
  assert.equal((await failureOf(server.mailer.send(message))).reason, 'away');
  assert.equal(server.heard.filter((line) => line === 'DATA').length, 1, 'nothing is sent again by itself');
  await server.mailer.send(message);
});

test('several mails go over few connections', async () => {
  await using server = await openMailServer();
  await Promise.all(Array.from({ length: 40 }, () => server.mailer.send(message)));
  assert.equal(server.heard.filter((line) => line === 'DATA').length, 40);
  assert.ok(server.heard.filter((line) => line.startsWith('EHLO')).length <= 4);
});

test('a server that is not there is a failure for now', async () => {
  const mailer = smtpMailer({ url: 'smtp://127.0.0.1:1' });
  assert.equal((await failureOf(mailer.send(message))).reason, 'away');
  assert.equal((await failureOf(mailer.verify())).reason, 'away');
  await mailer.close();
});
