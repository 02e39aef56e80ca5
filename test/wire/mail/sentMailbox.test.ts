import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ImapFlow } from 'imapflow';
import type { World } from '../../../src/core/context.ts';
import { readSentMailboxes } from '../../../src/core/collected/readSentMailboxes.ts';
import { createSeal } from '../../../src/lib/seal.ts';
import { createThrottle } from '../../../src/lib/throttle.ts';
import { imapPatience, imapSentReader } from '../../../src/mail/imapSent.ts';
import { list, refusal, update } from '../../kit/calls.ts';
import { collected, message } from '../../kit/lmtp.ts';
import { startDovecot } from '../../kit/mail/dovecot.ts';
import type { Dovecot } from '../../kit/mail/dovecot.ts';
import { selfSigned } from '../../kit/selfSigned.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let dovecot: Dovecot;
let app: TestApp;
let world: World;
const folder = 'Éléments envoyés';

before(async () => {
  const certificate = selfSigned();
  dovecot = await startDovecot({ certificate });
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
});
after(() => dovecot.close());
afterEach(() => app.close());

let number = 0;
const wanted = () => ({
  host: 'localhost',
  port: dovecot.imapPort,
  username: `ada${number}`,
  password: 'secret',
  mailbox: folder,
});

beforeEach(async () => {
  number++;
  app = await createTestApp({
    environment: {
      COTERIE_IMAP_HOSTS: `localhost:${dovecot.imapPort} 127.0.0.2:${dovecot.imapPort} 127.1:${dovecot.imapPort}`,
    },
    key: new Uint8Array(32).fill(5),
  });
  ({ world } = app);
});

async function keep(...messages: readonly string[]): Promise<void> {
  const client = new ImapFlow({
    host: 'localhost',
    port: dovecot.imapPort,
    secure: false,
    auth: { user: `ada${number}`, pass: 'secret' },
    logger: false,
  });
  await client.connect();
  for (const one of messages) await client.append(folder, one, ['\\Seen']);
  await client.logout();
}

/** The next run, when it is time for it. */
async function read(minutes = 6): Promise<void> {
  app.clock.advance(minutes * 60_000);
  await readSentMailboxes(world);
}

async function mailboxOf(): Promise<Record<string, unknown> | null> {
  return (await list(app.ada, 'Preferences'))[0]!['sentMailbox'] as unknown as Record<string, unknown> | null;
}

test('a test of the settings tells the folders and which one holds what was sent', async () => {
  const found = await app.ada.call('Preferences/testSentMailbox', { sentMailbox: wanted() });
  assert.equal(found['problem'], null);
  assert.equal(found['sent'], folder);
  assert.deepEqual([...found['mailboxes']!].sort(), ['INBOX', folder]);
});

test('what is in the folder is collected, then only what is new', async () => {
  const from = `From: Ada <ada.elsewhere@provider.example>`;
  await keep(
    message(from, 'To: Marie Dupont <marie@partner.example>, ada.elsewhere@provider.example', 'Message-ID: <1@x>'),
  );
  await keep(message(from, 'To: liste@partner.example', 'List-Id: <liste.partner.example>'));
  await update(app.ada, 'Preferences', 'singleton', { sentMailbox: wanted() });
  await read();
  assert.deepEqual(await collected(app.ada), ['Marie Dupont <marie@partner.example>']);
  await keep(message(from, 'To: Paul <paul@partner.example>', 'Bcc: hidden@partner.example', 'Message-ID: <2@x>'));
  await read();
  assert.deepEqual(await collected(app.ada), [
    '<hidden@partner.example>',
    'Marie Dupont <marie@partner.example>',
    'Paul <paul@partner.example>',
  ]);
  await read();
  const rows = await world.db.all(world.db.build.selectFrom('contacted').select(['address_key', 'uses']));
  assert.ok(rows.every(({ uses }) => uses === 1));
  assert.equal((await mailboxOf())!['problem'], null);
});

test('the password is nowhere in the database, never comes back, and is gone with the mailbox', async () => {
  await update(app.ada, 'Preferences', 'singleton', { sentMailbox: wanted() });
  const row = await world.db.first(world.db.build.selectFrom('sent_mailbox').selectAll());
  assert.ok(!JSON.stringify(row).includes('"secret"'));
  assert.deepEqual(Object.keys((await mailboxOf())!).sort(), [
    'auth',
    'host',
    'lastReadAt',
    'mailbox',
    'port',
    'problem',
    'username',
  ]);
  await update(app.ada, 'Preferences', 'singleton', { 'sentMailbox/mailbox': 'INBOX' });
  await read();
  assert.equal((await mailboxOf())!['problem'], null);
  await update(app.ada, 'Preferences', 'singleton', { sentMailbox: null });
  assert.deepEqual(await world.db.all(world.db.build.selectFrom('sent_mailbox').selectAll()), []);
});

test('without the password nobody takes the mailbox to another server', async () => {
  await update(app.ada, 'Preferences', 'singleton', { sentMailbox: wanted() });
  for (const patch of [
    { 'sentMailbox/host': 'evil.example' },
    { 'sentMailbox/username': 'ben' },
    { 'sentMailbox/port': 143 },
  ]) {
    const error = await refusal(app.ada, 'Preferences/set', { update: { singleton: patch } });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['sentMailbox']]);
  }
});

test('a refused password, a missing folder and a server that is away are told, and tried later each time', async () => {
  const problemOf = async (change: object) => {
    await update(app.ada, 'Preferences', 'singleton', { sentMailbox: { ...wanted(), ...change } });
    await read(0);
    return (await mailboxOf())!['problem'];
  };
  assert.equal(await problemOf({ password: 'wrong' }), 'loginRefused');
  const { next_read_at: next } = (await world.db.first(
    world.db.build.selectFrom('sent_mailbox').select('next_read_at'),
  ))!;
  assert.ok(new Date(next).getTime() - world.now().getTime() > 50 * 60_000);
  assert.equal(await problemOf({ mailbox: 'Nowhere' }), 'noMailbox');
  assert.equal(await problemOf({ host: '127.0.0.2' }), 'notReached');
  // Another name for this machine, which the certificate does not know.
  assert.equal(await problemOf({ host: '127.1' }), 'certificate');
});

test('whoever guesses passwords through the test has to wait', async () => {
  const problems = [];
  for (let attempt = 0; attempt < 6; attempt++) {
    const sentMailbox = { ...wanted(), password: `guess ${attempt}` };
    problems.push((await app.ada.call('Preferences/testSentMailbox', { sentMailbox }))['problem']);
  }
  assert.deepEqual([problems[0], problems.at(-1)], ['loginRefused', 'tooManyTries']);
});

test('servers that are not allowed, private ones and other ports are never called', async () => {
  const open = imapSentReader({ hosts: [], refusals: createThrottle(imapPatience, world.now) });
  const access = { username: 'ada', password: 'secret' };
  for (const [host, port] of [
    ['localhost', 143],
    ['localhost', 993],
    ['127.0.0.1', 993],
    ['127.1', 993],
    ['169.254.169.254', 143],
    ['example.org', 25],
  ] as const)
    await assert.rejects(open.probe({ ...access, host, port }), { problem: 'hostForbidden' });
  const closed = imapSentReader({
    hosts: ['mail.demo.example'],
    refusals: createThrottle(imapPatience, world.now),
  });
  await assert.rejects(closed.probe({ ...access, host: 'localhost', port: 993 }), { problem: 'hostForbidden' });
});

test('a password that was sealed with another key asks to be typed again', async () => {
  await update(app.ada, 'Preferences', 'singleton', { sentMailbox: wanted() });
  const seal = createSeal(new Uint8Array(32).fill(6), 'sent mailbox');
  app.clock.advance(1000);
  await readSentMailboxes({ ...world, sentMail: { ...world.sentMail!, seal } });
  assert.equal((await mailboxOf())!['problem'], 'loginRefused');
});

test('where no key is kept nobody can name a mailbox', async () => {
  await using without = await createTestApp();
  const [preferences] = await list(without.ada, 'Preferences');
  assert.equal(preferences!['mayNameSentMailbox'], false);
  const error = await refusal(without.ada, 'Preferences/set', { update: { singleton: { sentMailbox: wanted() } } });
  assert.ok(error['type']);
});
