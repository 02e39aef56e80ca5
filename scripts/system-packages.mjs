/**
 * Installs the system packages that the tests need, on Debian and Ubuntu, as root or with a sudo that asks nothing.
 * Where that is impossible it says what is missing and goes on: the tests that need it then fail and say why.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Everything the tests use that npm cannot install; a package is there when one of its files is. */
const systemPackages = [
  {
    name: 'chromium',
    why: 'the tests in e2e/ use the web app in a real browser',
    files: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  },
  {
    name: 'fonts-noto-core',
    why: 'names in other scripts than Latin must have glyphs, or what the browser measures means nothing',
    files: ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'],
  },
  {
    name: 'postfix',
    why: 'mails are sent through a real mail server, which also refuses, puts off and breaks connections',
    files: ['/usr/sbin/postfix'],
  },
  {
    name: 'dovecot-imapd',
    why: 'the mails arrive in real mailboxes, from which the tests fetch them',
    files: ['/usr/lib/dovecot/imap'],
  },
  {
    name: 'dovecot-lmtpd',
    why: 'Postfix hands the mails to the mailboxes by LMTP',
    files: ['/usr/lib/dovecot/lmtp'],
  },
  {
    name: 'vdirsyncer',
    why: 'it keeps folders of .vcf files in step with the server, both ways',
    files: ['/usr/bin/vdirsyncer'],
  },
  {
    name: 'khard',
    why: 'the address book of the terminal works on what vdirsyncer fetched',
    files: ['/usr/bin/khard'],
  },
  {
    name: 'litmus',
    why: 'it examines WebDAV servers',
    files: ['/usr/libexec/litmus/basic'],
  },
  {
    name: 'evolution-data-server',
    why: 'the address book of GNOME keeps what several people share',
    files: ['/usr/libexec/evolution-addressbook-factory'],
  },
  {
    name: 'gir1.2-ebook-1.2',
    why: 'a test speaks to that address book in Python',
    files: ['/usr/lib/x86_64-linux-gnu/girepository-1.0/EBook-1.2.typelib'],
  },
  {
    name: 'python3-gi',
    why: 'the same',
    files: ['/usr/lib/python3/dist-packages/gi/__init__.py'],
  },
  {
    name: 'dbus-daemon',
    why: 'the programs of a desktop speak to each other over a bus',
    files: ['/usr/bin/dbus-run-session'],
  },
  {
    name: 'syncevolution',
    why: 'it keeps vCards in step with the server, both ways',
    files: ['/usr/bin/syncevolution'],
  },
  {
    name: 'thunderbird',
    why: 'people read and edit what they share in it',
    files: ['/usr/bin/thunderbird'],
  },
  {
    name: 'pgbouncer',
    why: 'it stands between the program and PostgreSQL, and gives each transaction another connection',
    files: ['/usr/sbin/pgbouncer'],
  },
  {
    name: 'slapd',
    why: 'people, groups and passwords come from a real LDAP directory, which is also stopped, slow and wrongly certified',
    files: ['/usr/sbin/slapd'],
  },
  {
    name: 'samba',
    why: 'a domain controller stands for Active Directory',
    files: ['/usr/sbin/samba'],
  },
  {
    name: 'samba-ad-provision',
    why: 'the domain controller is filled by it',
    files: ['/usr/share/samba/setup/provision.ldif'],
  },
  {
    name: 'samba-dsdb-modules',
    why: 'without them the domain controller does not start',
    files: ['/usr/share/doc/samba-dsdb-modules'],
  },
  {
    name: 'samba-vfs-modules',
    why: 'without them no domain is made',
    files: ['/usr/share/doc/samba-vfs-modules'],
  },
  ...['nginx', 'caddy', 'apache2', 'haproxy'].map((name) => ({
    name,
    why: 'people reach the server through a proxy, whose example configuration is tried',
    files: [`/usr/sbin/${name}`, `/usr/bin/${name}`],
  })),
  { name: 'systemd', why: 'it examines the unit that starts the server', files: ['/usr/bin/systemd-analyze'] },
];

/** What `npm run test:cluster` needs beside. */
const clusterPackages = [
  {
    name: 'patroni',
    why: 'it keeps three servers of PostgreSQL, of which one takes changes',
    files: ['/usr/bin/patroni'],
  },
  { name: 'etcd-server', why: 'Patroni keeps in it who that is', files: ['/usr/bin/etcd'] },
  {
    name: 'python3-etcd',
    why: 'Patroni speaks to it by this',
    files: ['/usr/lib/python3/dist-packages/etcd/__init__.py'],
  },
  {
    name: 'postgresql-15',
    why: 'these are the servers',
    files: ['/usr/lib/postgresql/15/bin/postgres'],
  },
];

/**
 * Packages that cannot be installed beside another one: their files are only unpacked, into a folder of the tests' own.
 * What they need of the system is installed, where it is not there.
 */
const unpackedPackages = [
  {
    name: 'opensmtpd',
    why: 'mails also go through the other mail server of Debian, which Debian does not install beside Postfix',
    file: 'usr/sbin/smtpd',
    needs: ['libevent-2.1-7', 'libdb5.3'],
  },
];
const unpackedIn = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));

const isCluster = process.argv[2] === 'cluster';
const ofCluster = systemPackages.filter(({ name }) => ['pgbouncer', 'haproxy'].includes(name));
const wanted = isCluster ? [...clusterPackages, ...ofCluster] : systemPackages;
const missing = wanted.filter(({ files }) => !files.some((file) => existsSync(file)));
if (missing.length > 0) install(missing);
for (const one of (isCluster ? [] : unpackedPackages).filter(
  ({ name, file }) => !existsSync(join(unpackedIn, name, file)),
))
  unpack(one);

function unpack({ name, why, file, needs }) {
  const sudo = sudoPrefix();
  if (!existsSync('/usr/bin/apt-get') || sudo === null) {
    console.log(`The files of the system package ${name} cannot be fetched from here: ${why}.`);
    return;
  }
  console.log(`Unpacking ${name} for the tests: ${why}.`);
  const folder = mkdtempSync(join(tmpdir(), 'coterie-package-'));
  const fetch = () => run('apt-get', ['-q', 'download', name], folder);
  const lacks = () => run('ldd', [join(unpackedIn, name, file)], folder, /not found/u) !== null;
  const install = () => (lacks() ? aptGet(sudo, ['install', '--yes', '--no-install-recommends', ...needs]) : null);
  // Without a list of packages, as on a new machine, there is nothing to fetch from.
  const failure =
    (fetch() === null ? null : (aptGet(sudo, ['update']) ?? fetch())) ?? extract(name, folder) ?? install();
  rmSync(folder, { recursive: true, force: true });
  if (failure !== null) console.log(`${name} could not be unpacked.\n${failure}`);
}

function extract(name, folder) {
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  mkdirSync(join(unpackedIn, name), { recursive: true });
  return run('dpkg', ['-x', join(folder, archive), join(unpackedIn, name)], folder);
}

/** null when it went well: ended with 0 and said nothing of what it must not say. */
function run(command, args, cwd, wrong = /(?!)/u) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 });
  const isWell = done.status === 0 && !wrong.test(done.stdout);
  return isWell ? null : `${command} ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`;
}

function install(packages) {
  const names = packages.map(({ name }) => name);
  const list = packages.map(({ name, why }) => `  ${name}: ${why}`).join('\n');
  const sudo = sudoPrefix();
  if (!existsSync('/usr/bin/apt-get') || sudo === null) {
    console.log(`These system packages are missing and cannot be installed from here:\n${list}`);
    console.log(`Please install them yourself, for instance with: apt-get install ${names.join(' ')}`);
    return;
  }
  console.log(`Installing system packages that the tests need, with ${[...sudo, 'apt-get'].join(' ')}:\n${list}`);
  const started = Date.now();
  const failure =
    aptGet(sudo, ['update']) ?? aptGet(sudo, ['install', '--yes', '--no-install-recommends', ...names]) ?? null;
  if (failure === null) console.log(`System packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  else console.log(`The system packages could not be installed.\n${failure}`);
}

/** Nothing for root, `sudo -n` where it works without a password, null where neither does. */
function sudoPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function aptGet(sudo, args) {
  const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
  const done = spawnSync(command, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 });
  if (done.status === 0) return null;
  return `apt-get ${args.join(' ')} failed:\n${(done.stdout + done.stderr).trim().split('\n').slice(-15).join('\n')}`;
}
