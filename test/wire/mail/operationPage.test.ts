import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../../src/config.ts';
import type { Config } from '../../../src/config.ts';
import { AppError } from '../../../src/errors.ts';
import { readSmtpServer } from '../../../src/mail/readSmtpServer.ts';
import { smtpMailer } from '../../../src/mail/smtp.ts';
import { startPostfix } from '../../kit/mail/postfix.ts';
import { selfSigned } from '../../kit/selfSigned.ts';

const page = readFileSync(new URL('../../../docs/operation/mail.md', import.meta.url), 'utf8');
const certificate = selfSigned();

function blocks(kind: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, 'gsu'))].map(([, block]) => block!);
}

/** A directory in which the files that the page names can stand. */
function inFolder<T>(task: (folder: string, read: (block: string) => Config) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-mail-page-'));
  const done = () => rmSync(folder, { recursive: true });
  writeFileSync(join(folder, 'smtp-password'), 'secret\n');
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  const read = (block: string) => {
    const file = join(folder, 'coterie.conf');
    writeFileSync(file, block.replaceAll('/etc/coterie/', `${folder}/`));
    return readConfig({ COTERIE_CONFIG: file });
  };
  const result = task(folder, read);
  if (result instanceof Promise) return result.finally(done) as T;
  done();
  return result;
}

test('every block of settings on the page about mail is understood', () => {
  inFolder((_folder, read) => {
    const servers = blocks('ini').map((block) => readSmtpServer(read(block))!);
    assert.equal(servers.length, 4);
    assert.deepEqual(
      servers.map(({ url, password, tls, ca }) => [new URL(url).hostname, password, tls, ca !== undefined]),
      [
        ['localhost', undefined, 'auto', false],
        ['relay.example.org', undefined, 'required', false],
        ['mail.example.org', 'secret', 'auto', true],
        ['example-org.mail.protection.outlook.com', undefined, 'required', false],
      ],
    );
  });
});

test('a Postfix with the lines of the page takes what Coterie sends with the settings of the page', async () => {
  const settings = Object.fromEntries(
    blocks('postfix')[0]!
      .trim()
      .split('\n')
      .map((line) => line.split(' = ') as [string, string]),
  );
  const postfix = await startPostfix({ settings, certificate });
  try {
    await inFolder(async (folder, read) => {
      for (const [index, ca] of [
        [0, ''],
        [1, `COTERIE_SMTP_CA_FILE=${folder}/ca.pem\n`],
      ] as const) {
        const block = blocks('ini')[index]!.replace(/smtp:.*/u, postfix.url);
        const mailer = smtpMailer(readSmtpServer(read(block + ca))!);
        await mailer.verify();
        await mailer.close();
      }
    });
  } finally {
    await postfix.close();
  }
});

test('a file that is not there, or holds no certificate, is named at the start', () => {
  inFolder((folder, read) => {
    const wrong = join(folder, 'wrong.pem');
    writeFileSync(wrong, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const url = 'COTERIE_SMTP_URL=smtp://localhost\n';
    for (const line of [
      'COTERIE_SMTP_PASSWORD_FILE=/nowhere/password',
      'COTERIE_SMTP_CA_FILE=/nowhere/ca.pem',
      `COTERIE_SMTP_CA_FILE=${wrong}`,
      `COTERIE_SMTP_CA_FILE=${join(folder, 'smtp-password')}`,
    ]) {
      assert.throws(
        () => readSmtpServer(read(url + line)),
        (error) => error instanceof AppError && error.message.startsWith(line.split('=')[0]!),
        line,
      );
    }
  });
});
