import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'ldapts';
import { freePort, startDaemon } from '../daemon.ts';
import type { Daemon } from '../daemon.ts';
import type { SelfSigned } from '../selfSigned.ts';

/** The entry below which everything of a test is. */
export const base = 'dc=demo,dc=example';
/** Who Coterie is in the directory of a test. */
export const service = { dn: `cn=coterie,ou=services,${base}`, password: 'secret of Coterie' };

const admin = { dn: `cn=admin,${base}`, password: 'secret of the administrator' };

/** A real OpenLDAP of a test's own. */
export type Slapd = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  /** With a certificate: the same over TLS from the start. */
  readonly secureUrl: string;
  readonly certificate: SelfSigned | undefined;
  readonly log: () => string;
  /** Does something with all rights. */
  asAdmin<T>(task: (client: Client) => Promise<T>): Promise<T>;
  /** Stops it and starts it again, on the same ports with the same entries. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Writes further lines of slapd.conf for the database; they hold after the next start. */
  configure(lines: string): void;
  /** Adds the entries of an LDIF file, much faster than one by one; it is stopped meanwhile. */
  load(file: string): Promise<void>;
  close(): Promise<void>;
};

/** What the slapd of a test is told. */
export type SlapdOptions = {
  /** With it StartTLS is offered, and TLS on a second port. */
  readonly certificate?: SelfSigned;
  /** Further lines of slapd.conf for the database. */
  readonly lines?: string;
  /** Lines of slapd.conf instead of our rights and indexes. */
  readonly ownLines?: string;
  /** Further schemas, by their files in this folder. */
  readonly schemas?: readonly string[];
};

const run = promisify(execFile);

const schemaOf = (name: string) => fileURLToPath(new URL(`${name}.schema`, import.meta.url));

/** Starts slapd on free ports of this machine, with the tree and the service account, and nobody in it yet. */
export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-slapd-'));
  const port = await freePort();
  const securePort = await freePort();
  const config = join(folder, 'slapd.conf');
  mkdirSync(join(folder, 'data'));
  const write = (lines: string) => writeFileSync(config, configOf(folder, options, lines));
  write(options.lines ?? '');
  const urls = [`ldap://127.0.0.1:${port}`, ...(options.certificate ? [`ldaps://127.0.0.1:${securePort}`] : [])];
  const start = () =>
    startDaemon({
      command: '/usr/sbin/slapd',
      words: ['-f', config, '-h', urls.join(' '), '-d', '0'],
      packageName: 'slapd',
      logFile: join(folder, 'slapd.log'),
      port,
    });
  let daemon: Daemon = await start();
  const asAdmin: Slapd['asAdmin'] = async (task) => {
    const client = new Client({ url: urls[0]!, timeout: 10_000 });
    try {
      await client.bind(admin.dn, admin.password);
      return await task(client);
    } finally {
      await client.unbind();
    }
  };
  await asAdmin(plantTree);
  const close = async () => {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    port,
    url: urls[0]!,
    secureUrl: `ldaps://127.0.0.1:${securePort}`,
    certificate: options.certificate,
    log: () => daemon.log(),
    asAdmin,
    stop: () => daemon.stop(),
    async start() {
      daemon = await start();
    },
    configure: write,
    async load(file) {
      await daemon.stop();
      await run('/usr/sbin/slapadd', ['-q', '-f', config, '-l', file]);
      daemon = await start();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function plantTree(client: Client): Promise<void> {
  await client.add(base, { objectClass: ['dcObject', 'organization'], dc: 'demo', o: 'Université de Démonstration' });
  for (const name of ['people', 'groups', 'services', 'structures'])
    await client.add(`ou=${name},${base}`, { objectClass: 'organizationalUnit', ou: name });
  await client.add(service.dn, {
    objectClass: ['applicationProcess', 'simpleSecurityObject'],
    cn: 'coterie',
    userPassword: service.password,
  });
}

const rights = `access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${service.dn}" read by anonymous auth by self read by * none
index objectClass,entryUUID,uid,mail,mailLocalAddress,supannAliasLogin,member,uniqueMember,memberOf,memberUid eq
index entryCSN,modifyTimestamp eq
index cn,sn,givenName eq,sub`;

function configOf(folder: string, { certificate, schemas = [], ownLines }: SlapdOptions, lines: string): string {
  const tls = join(folder, 'tls.pem');
  if (certificate) {
    writeFileSync(tls, certificate.cert);
    writeFileSync(`${tls}.key`, certificate.key, { mode: 0o600 });
  }
  const standard = ['core', 'cosine', 'inetorgperson', 'nis', 'misc'].map((name) => `/etc/ldap/schema/${name}.schema`);
  const own = ['eduperson', 'supann', ...schemas].map(schemaOf);
  return `${[...standard, ...own].map((file) => `include ${file}`).join('\n')}
pidfile ${folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload refint
${certificate ? `TLSCertificateFile ${tls}\nTLSCertificateKeyFile ${tls}.key` : ''}
database mdb
suffix "${base}"
rootdn "${admin.dn}"
rootpw "${admin.password}"
directory ${folder}/data
dbnosync
${ownLines ?? rights}
overlay memberof
memberof-refint false
overlay refint
refint_attributes member uniqueMember
refint_nothing "cn=nobody,${base}"
${lines}
`;
}
