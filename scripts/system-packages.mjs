/**
 * Installs the system packages that the tests need, on Debian and Ubuntu, as root or with a sudo that asks nothing.
 * Where that is impossible it says what is missing and goes on: the tests that need it then fail and say why.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

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
];

const missing = systemPackages.filter(({ files }) => !files.some((file) => existsSync(file)));
if (missing.length > 0) install(missing);

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
