import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { readConfig } from '../../../src/config.ts';
import { list } from '../../kit/calls.ts';
import { collected, openLmtp } from '../../kit/lmtp.ts';
import { linesOf, startCollectingPostfix } from '../../kit/mail/collectingPostfix.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const to = ['Marie Dupont <marie@partner.example>', '"Martin, Paul" <paul@partner.example>'];
const mail = {
  from: 'Ada <ada@demo.example>',
  to,
  cc: 'Ben <ben@demo.example>',
  bcc: 'blind@partner.example',
  text: 'x',
};

async function send(port: number, message: object): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  await transport.sendMail(message);
  transport.close();
}

/** The copy takes its way while the mail is sent already. */
async function until(person: Person, count: number): Promise<string[]> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const people = await collected(person);
    if (people.length >= count) return people;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return collected(person);
}

const named = ['Ben <ben@demo.example>', 'Marie Dupont <marie@partner.example>', 'Paul Martin <paul@partner.example>'];

test('with the lines of the manual Postfix tells whom To and Cc name', async () => {
  await using app = await createTestApp();
  await using door = await openLmtp(app);
  const { postfix, submissionPort } = await startCollectingPostfix(door.port);
  try {
    await send(submissionPort, mail);
    assert.deepEqual(await until(app.ada, 3), named);
  } finally {
    await postfix.close();
  }
});

test('with the lines for blind copies the envelope is told, too; what comes in from outside is not', async () => {
  await using app = await createTestApp();
  await using door = await openLmtp(app);
  const { postfix, submissionPort } = await startCollectingPostfix(door.port, { blind: true });
  try {
    await send(postfix.port, { ...mail, to: 'forged@partner.example' });
    await send(submissionPort, mail);
    assert.deepEqual(await until(app.ada, 4), ['<blind@partner.example>', ...named]);
  } finally {
    await postfix.close();
  }
});

/** A block of settings of the manual, as an environment. */
function settingsOf(name: string): Record<string, string> {
  const lines = linesOf(name).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/su).slice(0, 2))) as Record<string, string>;
}

test('the settings of the manual are settings', () => {
  for (const name of ['coterie.conf', 'coterie.conf journal'])
    assert.equal(readConfig(settingsOf(name)).lmtpPort, 2424);
});

test('with the settings of the manual for a consent, people are led to that provider', async () => {
  const environment = settingsOf('coterie.conf oauth');
  await using app = await createTestApp({ environment, key: new Uint8Array(32).fill(5) });
  assert.equal((await list(app.ada, 'Preferences'))[0]!['consentAt'], 'Microsoft 365');
  const { url } = (await app.ada.call('Preferences/beginMailboxConsent')) as unknown as { url: string };
  assert.equal(new URL(url).origin + new URL(url).pathname, environment['COTERIE_OAUTH_AUTHORIZE_URL']);
  assert.equal(new URL(url).searchParams.get('scope'), environment['COTERIE_OAUTH_SCOPE']);
});
