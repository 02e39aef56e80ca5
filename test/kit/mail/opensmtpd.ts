import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startDaemon } from '../daemon.ts';

/** A real OpenSMTPD of a test's own. */
export type OpenSmtpd = {
  readonly port: number;
  readonly url: string;
  readonly log: () => string;
  close(): Promise<void>;
};

/** Where the mail of each domain goes by LMTP; everything else is refused. */
export type OpenSmtpdOptions = { readonly lmtp: Readonly<Record<string, number>> };

/** Where scripts/system-packages.mjs unpacks it: beside Postfix, with which its package cannot be installed. */
const files = fileURLToPath(new URL('../../../node_modules/.cache/opensmtpd/', import.meta.url));

/**
 * Starts OpenSMTPD on a free port of this machine. Its paths and users are compiled in: it gets a view of the file system
 * of its own in which they are there, and changes nothing outside of it. It needs root.
 */
export async function startOpenSmtpd({ lmtp }: OpenSmtpdOptions): Promise<OpenSmtpd> {
  if (userInfo().uid !== 0) throw new Error('This test starts OpenSMTPD, which runs as root only: run it as root.');
  if (!existsSync(join(files, 'usr/sbin/smtpd')))
    throw new Error('This test needs OpenSMTPD: node scripts/system-packages.mjs fetches it on Debian and Ubuntu.');
  const folder = await mkdtemp(join(tmpdir(), 'coterie-opensmtpd-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  for (const name of ['spool/smtpd', 'lib/opensmtpd/empty', 'run']) mkdirSync(join(folder, name), { recursive: true });
  chmodSync(join(folder, 'spool/smtpd'), 0o711);
  writeFileSync(join(folder, 'passwd'), withUsers('/etc/passwd', ':/var/lib/opensmtpd/empty:/usr/sbin/nologin'));
  writeFileSync(join(folder, 'group'), withUsers('/etc/group', ''));
  const config = join(folder, 'smtpd.conf');
  writeFileSync(config, settingsOf(port, lmtp), { mode: 0o600 });
  const logFile = join(folder, 'smtpd.log');
  writeFileSync(logFile, '');
  const program = join(files, 'usr/sbin/smtpd');
  const views = [
    [join(folder, 'spool'), '/var/spool'],
    [join(folder, 'lib'), '/var/lib'],
    [join(folder, 'run'), '/run'],
    [join(files, 'usr/libexec'), '/usr/libexec'],
    [join(folder, 'passwd'), '/etc/passwd'],
    [join(folder, 'group'), '/etc/group'],
  ];
  const mounts = views.map(([from, to]) => `mount --bind '${from}' '${to}'`).join(' && ');
  const daemon = await startDaemon({
    command: '/usr/bin/unshare',
    words: ['--mount', 'sh', '-c', `${mounts} && exec '${program}' -d -f '${config}'`],
    packageName: 'util-linux',
    logFile,
    port,
  });
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    log: daemon.log,
    async close() {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The users of this machine and the two that OpenSMTPD runs as. */
function withUsers(file: string, rest: string): string {
  const isGroup = rest === '';
  const lines = ['opensmtpd', 'opensmtpq'].map((name, index) => {
    const id = 64_990 + index;
    return isGroup ? `${name}:x:${id}:` : `${name}:x:${id}:${id}:${rest}`;
  });
  return `${readFileSync(file, 'utf8').trimEnd()}\n${lines.join('\n')}\n`;
}

function settingsOf(port: number, lmtp: OpenSmtpdOptions['lmtp']): string {
  const rules = Object.entries(lmtp).map(
    ([domain, lmtpPort], index) => `action "a${index}" lmtp "127.0.0.1:${lmtpPort}" rcpt-to virtual { "@" = nobody }
match from any for domain "${domain}" action "a${index}"`,
  );
  return `listen on 127.0.0.1 port ${port} hostname mail.demo.example\n${rules.join('\n')}\n`;
}
