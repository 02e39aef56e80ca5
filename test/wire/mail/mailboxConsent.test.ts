import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { readSentMailboxes } from '../../../src/core/collected/readSentMailboxes.ts';
import { list, update } from '../../kit/calls.ts';
import { makeDevice } from '../../kit/device.ts';
import { freePort } from '../../kit/daemon.ts';
import { collected, message } from '../../kit/lmtp.ts';
import { startDovecot } from '../../kit/mail/dovecot.ts';
import type { Dovecot } from '../../kit/mail/dovecot.ts';
import { consent, startMailProvider } from '../../kit/mail/mailProvider.ts';
import type { MailProvider } from '../../kit/mail/mailProvider.ts';
import type { Person, Result } from '../../kit/person.ts';
import { selfSigned } from '../../kit/selfSigned.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let provider: MailProvider;
let dovecot: Dovecot;
let app: TestApp;
let redirectUri: string;
const folder = mkdtempSync(join(tmpdir(), 'coterie-consent-'));
const sentFolder = 'Éléments envoyés';

before(async () => {
  const certificate = selfSigned();
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
  // Each must know the other before it starts: the app believes in an address that the test stands in for.
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  redirectUri = `${publicUrl}/site/mailbox-consent`;
  provider = await startMailProvider(redirectUri);
  dovecot = await startDovecot({ certificate, introspectionUrl: provider.introspectionUrl });
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${provider.clientSecret}\n`);
  app = await createTestApp({
    publicUrl,
    key: new Uint8Array(32).fill(5),
    environment: {
      COTERIE_IMAP_HOSTS: `localhost:${dovecot.imapPort}`,
      COTERIE_OAUTH_NAME: 'Démo Mail',
      COTERIE_OAUTH_AUTHORIZE_URL: `${provider.url}/auth`,
      COTERIE_OAUTH_TOKEN_URL: `${provider.url}/token`,
      COTERIE_OAUTH_CLIENT_ID: provider.clientId,
      COTERIE_OAUTH_CLIENT_SECRET_FILE: secretFile,
      COTERIE_OAUTH_SCOPE: 'openid offline_access',
      COTERIE_OAUTH_IMAP: `localhost:${dovecot.imapPort}`,
    },
  });
});
after(async () => {
  await app.close();
  await dovecot.close();
  await provider.close();
  rmSync(folder, { recursive: true });
});

/** Where the provider sends somebody back to, as a path of the app. */
async function consentOf(person: Person): Promise<string> {
  const { url } = (await person.call('Preferences/beginMailboxConsent')) as unknown as { url: string };
  const back = new URL(await consent(url, person.email, redirectUri));
  return back.pathname + back.search;
}

async function outcome(person: Person, path: string): Promise<string | null> {
  const reply = await person.get(path);
  assert.equal(reply.status, 303);
  return new URL(reply.headers.get('location')!).searchParams.get('consent');
}

async function mailboxOf(person: Person): Promise<Result> {
  return (await list(person, 'Preferences'))[0]!['sentMailbox']!;
}

async function keep(person: Person, to: string): Promise<void> {
  const auth = { user: person.email, pass: 'secret' };
  const client = new ImapFlow({ host: 'localhost', port: dovecot.imapPort, secure: false, auth, logger: false });
  await client.connect();
  await client.append(sentFolder, message(`From: ${person.email}`, `To: ${to}`), ['\\Seen']);
  await client.logout();
}

async function read(): Promise<void> {
  app.clock.advance(6 * 60_000);
  await readSentMailboxes(app.world);
}

test('by a consent at the provider the folder of sent mail is read, with tokens that a real Dovecot asks about', async () => {
  const { ada } = app;
  assert.equal((await list(ada, 'Preferences'))[0]!['consentAt'], 'Démo Mail');
  assert.equal(await outcome(ada, await consentOf(ada)), 'given');
  const mailbox = await mailboxOf(ada);
  assert.deepEqual(
    [mailbox['auth'], mailbox['username'], mailbox['mailbox'], mailbox['problem']],
    ['oauth', ada.email, sentFolder, null],
  );
  await keep(ada, 'Zoé Ailleurs <zoe@elsewhere.example>');
  await read();
  assert.equal((await mailboxOf(ada))['problem'], null, dovecot.log());
  assert.ok((await collected(ada)).some((one) => one.includes('zoe@elsewhere.example')));
  // The provider gave another refresh token with the first access token, and takes the old one no more.
  await keep(ada, 'yves@elsewhere.example');
  await read();
  assert.ok((await collected(ada)).some((one) => one.includes('yves@elsewhere.example')));
});

test('a program that may only read begins no consent', async () => {
  const device = await makeDevice(app.url, app.ben, { mayWrite: false });
  const refused = await device.call('Preferences/beginMailboxConsent');
  assert.deepEqual([refused['type'], refused['reason']], ['forbidden', 'appPasswordScope']);
});

test('no token stands in the database as it is, and no one sees it', async () => {
  const { db } = app.world;
  const row = (await db.first(db.build.selectFrom('sent_mailbox').selectAll()))!;
  assert.match(row.sealed_password, /^1\./u);
  assert.equal((await mailboxOf(app.ada))['password'], undefined);
});

test('whoever did not begin a consent cannot end it, nor can it be ended twice, nor later', async () => {
  const { ada, ben } = app;
  const path = await consentOf(ada);
  assert.equal(await outcome(ben, path), 'refused');
  assert.equal(await mailboxOf(ben), null);
  assert.equal(await outcome(ada, path), 'given');
  assert.equal(await outcome(ada, path), 'refused');
  const late = await consentOf(ada);
  app.clock.advance(16 * 60_000);
  assert.equal(await outcome(ada, late), 'refused');
  const { url } = (await ben.call('Preferences/beginMailboxConsent')) as unknown as { url: string };
  const state = new URL(url).searchParams.get('state');
  assert.equal(await outcome(ben, `/site/mailbox-consent?error=access_denied&state=${state}`), 'refused');
  assert.equal(await outcome(ben, '/site/mailbox-consent?code=x&state=y'), 'refused');
  assert.deepEqual(app.faults, []);
});

test('the consent is bound to what began it: state, and a challenge whose verifier never leaves the server', async () => {
  const { url } = (await app.ben.call('Preferences/beginMailboxConsent')) as unknown as { url: string };
  const parameters = new URL(url).searchParams;
  assert.equal(parameters.get('code_challenge_method'), 'S256');
  assert.equal(parameters.get('redirect_uri'), redirectUri);
  assert.ok(parameters.get('state')!.length >= 32);
  assert.equal(parameters.get('code_verifier'), null);
});

test('a consent that is taken back is a refused sign-in, and one’s own « stop » forgets the token', async () => {
  const { ada } = app;
  await provider.forgetConsents();
  await read();
  assert.equal((await mailboxOf(ada))['problem'], 'loginRefused');
  await update(ada, 'Preferences', 'singleton', { sentMailbox: null });
  const { db } = app.world;
  assert.equal(await db.first(db.build.selectFrom('sent_mailbox').selectAll()), undefined);
});
