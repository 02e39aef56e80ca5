import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { startDaemon } from '../daemon.ts';
import { selfSigned } from '../selfSigned.ts';

/** The domain of the tests. */
export const domain = 'DC=demo,DC=example';

const password = 'Secret-of-1-Administrator';

/** A real domain controller of a test's own: Samba, which speaks LDAP as Active Directory does. */
export type Samba = AsyncDisposable & {
  /** Without encryption, as a test of passwords alone may. */
  readonly url: string;
  readonly secureUrl: string;
  /** What vouches for it. */
  readonly caFile: string;
  /** Does something with all rights, encrypted, so that passwords may be set. */
  asAdmin<T>(task: (client: Client) => Promise<T>): Promise<T>;
};

/** Makes a domain and starts its controller, on an address of this machine of its own, since its ports are fixed; it needs root. */
export async function startSamba(): Promise<Samba> {
  if (userInfo().uid !== 0)
    throw new Error('This test starts a domain controller, which runs as root only: run it as root.');
  const folder = await mkdtemp(join(tmpdir(), 'coterie-samba-'));
  const address = await freeAddress();
  provision(folder, address);
  const certificate = selfSigned(address);
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificate.cert);
  writeFileSync(join(folder, 'key.pem'), certificate.key, { mode: 0o600 });
  const config = join(folder, 'smb.conf');
  writeFileSync(config, configOf(folder, address));
  mkdirSync(join(folder, 'run'));
  const daemon = await startDaemon({
    command: '/usr/sbin/samba',
    words: ['-i', '-s', config, '-M', 'single'],
    packageName: 'samba samba-dsdb-modules',
    logFile: join(folder, 'samba.log'),
    port: 389,
    host: address,
  });
  return {
    url: `ldap://${address}`,
    secureUrl: `ldaps://${address}`,
    caFile,
    async asAdmin(task) {
      const client = new Client({ url: `ldaps://${address}`, tlsOptions: { ca: certificate.cert }, timeout: 20_000 });
      try {
        await client.bind(`administrator@demo.example`, password);
        return await task(client);
      } finally {
        await client.unbind();
      }
    },
    async [Symbol.asyncDispose]() {
      await daemon.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function provision(folder: string, address: string): void {
  const command = '/usr/bin/samba-tool';
  if (!existsSync(command) || !existsSync('/usr/share/samba/setup'))
    throw new Error(
      'This test needs samba: on Debian and Ubuntu, apt-get install samba samba-ad-provision samba-dsdb-modules.',
    );
  const words = [
    'domain provision --server-role=dc --dns-backend=NONE --realm=DEMO.EXAMPLE --domain=DEMO --host-name=dc1'.split(
      ' ',
    ),
    [`--host-ip=${address}`, `--adminpass=${password}`, `--targetdir=${folder}`],
    [`--option=interfaces=${address}/8`, '--option=bind interfaces only=yes'],
  ].flat();
  const done = spawnSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 240_000 });
  if (done.status !== 0) throw new Error(`samba-tool has made no domain:\n${done.stdout}${done.stderr}`);
}

/** Directories other than the machine's own, and LDAP alone. */
function configOf(folder: string, address: string): string {
  return `[global]
workgroup = DEMO
realm = DEMO.EXAMPLE
netbios name = DC1
server role = active directory domain controller
server services = ldap
interfaces = ${address}/8
bind interfaces only = yes
private dir = ${folder}/private
state directory = ${folder}/state
cache directory = ${folder}/cache
lock directory = ${folder}
pid directory = ${folder}/run
ncalrpc dir = ${folder}/ncalrpc
log file = ${folder}/samba.log
ldap server require strong auth = no
tls certfile = ${folder}/ca.pem
tls keyfile = ${folder}/key.pem
tls cafile = ${folder}/ca.pem
`;
}

/** An address of this machine on which nobody speaks LDAP. */
async function freeAddress(): Promise<string> {
  for (;;) {
    const address = `127.${1 + Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}.1`;
    const isTaken = await new Promise<boolean>((resolve) => {
      const socket = connect(389, address);
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (!isTaken) return address;
  }
}
