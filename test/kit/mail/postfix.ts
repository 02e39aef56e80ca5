import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SelfSigned } from '../selfSigned.ts';
import { freePort, startDaemon } from '../daemon.ts';

/** A real Postfix of a test's own. */
export type Postfix = {
  readonly port: number;
  readonly url: string;
  readonly log: () => string;
  /** Stops it and starts it again, on the same port with the same queue. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Writes settings over those of before; they hold after the next start. */
  configure(settings: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
};

/** What the Postfix of a test is told. */
export type PostfixOptions = {
  /** Where mail for everybody in demo.example goes by LMTP; without it it is thrown away. */
  readonly lmtpPort?: number;
  /** With it STARTTLS is offered. */
  readonly certificate?: SelfSigned;
  /** Further lines of master.cf. */
  readonly services?: string;
  /** Further lines of main.cf. */
  readonly settings?: Readonly<Record<string, string>>;
};

// Only what the tests need; without postlog, whose socket can block the start where it is short.
const services = (port: number) => `127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/** Starts Postfix on a free port of this machine, with a queue of its own; it needs root. */
export async function startPostfix(options: PostfixOptions = {}): Promise<Postfix> {
  if (userInfo().uid !== 0) throw new Error('This test starts Postfix, which runs as root only: run it as root.');
  const folder = await mkdtemp(join(tmpdir(), 'coterie-postfix-'));
  // Its helpers run as another user.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const config = join(folder, 'config');
  const owner = Number(spawnSync('id', ['-u', 'postfix'], { encoding: 'utf8' }).stdout);
  for (const name of ['config', 'queue', 'data']) mkdirSync(join(folder, name));
  chownSync(join(folder, 'data'), owner, owner);
  const settings: Record<string, string> = { ...mainSettings(folder, options), ...options.settings };
  const write = () => {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    writeFileSync(join(config, 'main.cf'), lines.join(''));
  };
  write();
  writeFileSync(join(config, 'master.cf'), `${services(port)}${options.services ?? ''}`);
  const logFile = join(folder, 'mail.log');
  writeFileSync(logFile, '');
  const start = () =>
    startDaemon({
      command: '/usr/sbin/postfix',
      words: ['-c', config, 'start-fg'],
      packageName: 'postfix',
      logFile,
      port,
      pidFile: join(folder, 'queue', 'pid', 'master.pid'),
    });
  let daemon = await start();
  return {
    port,
    url: `smtp://localhost:${port}`,
    log: () => daemon.log(),
    stop: () => daemon.stop(),
    async start() {
      daemon = await start();
    },
    configure(more) {
      Object.assign(settings, more);
      write();
    },
    async close() {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function mainSettings(folder: string, { lmtpPort, certificate }: PostfixOptions): Record<string, string> {
  const tls: Record<string, string> = {};
  if (certificate) {
    const file = join(folder, 'config', 'tls.pem');
    writeFileSync(file, certificate.key + certificate.cert, { mode: 0o600 });
    Object.assign(tls, { smtpd_tls_security_level: 'may', smtpd_tls_chain_files: file });
  }
  return {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'queue'),
    data_directory: join(folder, 'data'),
    maillog_file: join(folder, 'mail.log'),
    maillog_file_prefixes: folder,
    myhostname: 'mail.demo.example',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtputf8_enable: 'no',
    local_recipient_maps: '',
    alias_maps: '',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    // Nothing leaves this machine, whatever a test writes to.
    default_transport: 'discard',
    relay_transport: 'discard',
    virtual_mailbox_domains: 'demo.example',
    virtual_transport: lmtpPort === undefined ? 'discard' : `lmtp:inet:127.0.0.1:${lmtpPort}`,
    lmtp_tls_security_level: 'none',
    minimal_backoff_time: '1s',
    queue_run_delay: '1s',
    smtpd_error_sleep_time: '0',
    ...tls,
  };
}
