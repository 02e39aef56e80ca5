import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDaemon } from '../../kit/daemon.ts';
import type { SelfSigned } from '../../kit/selfSigned.ts';

/** Where a proxy listens, and for whom. */
export type Ports = { readonly https: number; readonly http: number; readonly coterie: number };

/** A proxy with the example of `packaging/proxy`, its ports and certificate changed for the test. */
export type Proxy = {
  readonly name: string;
  readonly example: string;
  readonly command: string;
  readonly packageName: string;
  readonly words: (folder: string) => readonly string[];
  /** What stands in the example, and what stands there in the test; each must be found. */
  readonly changes: (folder: string, ports: Ports) => readonly (readonly [inExample: string, inTest: string])[];
  /** The rest of a configuration around an example that is only a part of one. */
  readonly around?: (folder: string, example: string, ports: Ports) => string;
};

const publicName = 'contacts.example.org';
const coterie = '127.0.0.1:8080';
const inTest = ({ coterie: port }: Ports) => [coterie, `127.0.0.1:${port}`] as const;
const tls = (folder: string) => ['/etc/coterie/tls', folder] as const;

const apacheModules = ['authz_core', 'alias', 'headers', 'ssl', 'http2', 'proxy', 'proxy_http', 'mpm_event'];

/** Those whose examples are in `packaging/proxy`. */
export const proxies: readonly Proxy[] = [
  {
    name: 'nginx',
    example: 'nginx.conf',
    command: '/usr/sbin/nginx',
    packageName: 'nginx',
    words: (folder) => ['-p', folder, '-c', join(folder, 'proxy.conf'), '-e', 'stderr'],
    changes: (folder, ports) => [
      inTest(ports),
      tls(folder),
      [publicName, 'localhost'],
      ['listen 443', `listen 127.0.0.1:${ports.https}`],
      ['listen 80', `listen 127.0.0.1:${ports.http}`],
      ['https://$host', `https://$host:${ports.https}`],
    ],
    around: (folder, example) => {
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${folder};`);
      const user = process.getuid?.() === 0 ? 'user root root;' : '';
      const http = `http { access_log off; ${places.join(' ')}\n${example}}`;
      return `daemon off; ${user} pid ${folder}/nginx.pid; events {}\n${http}`;
    },
  },
  {
    name: 'Caddy',
    example: 'Caddyfile',
    command: '/usr/bin/caddy',
    packageName: 'caddy',
    words: (folder) => ['run', '--adapter', 'caddyfile', '--config', join(folder, 'proxy.conf')],
    changes: (folder, ports) => [
      inTest(ports),
      [`${publicName} {`, `localhost {\n\ttls ${folder}/fullchain.pem ${folder}/privkey.pem`],
    ],
    around: (folder, example, ports) =>
      `{\n\tadmin off\n\tstorage file_system ${folder}\n\thttps_port ${ports.https}\n\thttp_port ${ports.http}\n}\n${example}`,
  },
  {
    name: 'Apache',
    example: 'apache.conf',
    command: '/usr/sbin/apache2',
    packageName: 'apache2',
    words: (folder) => ['-f', join(folder, 'proxy.conf'), '-D', 'FOREGROUND'],
    changes: (folder, ports) => [
      inTest(ports),
      tls(folder),
      ['<VirtualHost *:443>', `<VirtualHost 127.0.0.1:${ports.https}>`],
      ['<VirtualHost *:80>', `<VirtualHost 127.0.0.1:${ports.http}>`],
      [`https://${publicName}/`, `https://localhost:${ports.https}/`],
      [publicName, 'localhost'],
    ],
    around: (folder, example, ports) =>
      [
        `ServerRoot ${folder}\nDefaultRuntimeDir ${folder}\nPidFile ${folder}/apache.pid\nErrorLog /dev/stderr\nServerName localhost`,
        ...apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
        `Listen 127.0.0.1:${ports.https}\nListen 127.0.0.1:${ports.http}\n${example}`,
      ].join('\n'),
  },
  {
    name: 'HAProxy',
    example: 'haproxy.cfg',
    command: '/usr/sbin/haproxy',
    packageName: 'haproxy',
    words: (folder) => ['-db', '-f', join(folder, 'proxy.conf')],
    changes: (folder, ports) => [
      inTest(ports),
      tls(folder),
      ['bind :443', `bind 127.0.0.1:${ports.https}`],
      ['bind :80', `bind 127.0.0.1:${ports.http}`],
      ['redirect scheme https code', `redirect prefix https://localhost:${ports.https} code`],
    ],
  },
];

/** Starts it; the browser of the test must trust the certificate. */
export async function startProxy(proxy: Proxy, ports: Ports, certificate: SelfSigned): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-proxy-'));
  const { cert, key } = certificate;
  mkdirSync(join(folder, 'logs'));
  for (const [file, text] of Object.entries({ fullchain: cert, privkey: key, both: cert + key }))
    writeFileSync(join(folder, `${file}.pem`), text);
  writeFileSync(join(folder, 'proxy.conf'), configOf(proxy, folder, ports));
  const daemon = await startDaemon({
    command: proxy.command,
    words: proxy.words(folder),
    packageName: proxy.packageName,
    logFile: join(folder, 'log'),
    port: ports.https,
  });
  return {
    async [Symbol.asyncDispose]() {
      await daemon.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function configOf({ example, changes, around }: Proxy, folder: string, ports: Ports): string {
  const file = fileURLToPath(new URL(`../../../packaging/proxy/${example}`, import.meta.url));
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of changes(folder, ports)) {
    if (!text.includes(from)) throw new Error(`${example} has no « ${from} » any more: the test has to change, too.`);
    text = text.replaceAll(from, to);
  }
  return around ? around(folder, text, ports) : text;
}
