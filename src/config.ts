import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyFile } from './lib/keyFile.ts';
import type { LogLevel } from './lib/log.ts';
import {
  address,
  composeUrl,
  database,
  encryptedAddress,
  host,
  mailAddress,
  names,
  networks,
  onOrOff,
  oneOf,
  sender,
  smtp,
  some,
  text,
  whole,
} from './settings/values.ts';
import { directorySettings } from './settings/directorySettings.ts';
import { limitSettings } from './settings/limitSettings.ts';
import { ldapSettings } from './settings/ldapSettings.ts';
import { oauthSettings } from './settings/oauthSettings.ts';
import { operationSettings } from './settings/operationSettings.ts';
import { setting } from './settings/setting.ts';
import type { Setting } from './settings/setting.ts';

/** All settings, in the order of the manual. An empty value is the default. */
const settings = {
  port: setting('COTERIE_PORT', '8080', whole(0, 65_535), 'The port to listen on; 0 takes any free one.'),
  host: setting(
    'COTERIE_HOST',
    '127.0.0.1',
    host,
    'The address to listen on; `0.0.0.0` or `::` for all addresses of the machine.',
  ),
  url: setting(
    'COTERIE_URL',
    '',
    address,
    'The public address, as people type it, for example `https://contacts.example.org`; default: `http://` with host and port.',
  ),
  data: setting('COTERIE_DATA', './data', some, 'The directory of the data; it is created if absent.'),
  databaseUrl: setting(
    'COTERIE_DATABASE_URL',
    '',
    database,
    'The PostgreSQL database (15 or newer) that holds the data, for example `postgres://coterie:password@db.example.org/coterie?sslmode=verify-full`; without it the data is in a file in `COTERIE_DATA`.',
  ),
  databaseListenUrl: setting(
    'COTERIE_DATABASE_LISTEN_URL',
    '',
    database,
    'If `COTERIE_DATABASE_URL` goes through PgBouncer: the same database without it. The program keeps one connection to this address, on which it hears at once what other nodes change (docs/operation/several-nodes.md).',
  ),
  organisation: setting(
    'COTERIE_ORGANISATION',
    '',
    text,
    'The name of the organisation, shown on the sign-in page and in mails.',
  ),
  composeUrl: setting(
    'COTERIE_COMPOSE_URL',
    '',
    composeUrl,
    'The webmail page for composing a mail, for example `https://webmail.example.org/?view=compose&to={to}&bcc={bcc}`: `{to}` and `{bcc}` stand for the addresses, separated by commas. Without it each person’s own mail program opens.',
  ),
  demo: setting(
    'COTERIE_DEMO',
    'auto',
    oneOf('auto', 'on', 'off'),
    '`on` opens a demonstration, `off` a real organisation; `auto` opens a demonstration in a new data directory unless a public address, an organisation, mail, a directory or another host is set.',
  ),
  trustedProxy: setting(
    'COTERIE_TRUSTED_PROXY',
    'off',
    onOrOff,
    '`on` trusts the `X-Forwarded-For` header: set it only if every request comes through a proxy that sets this header itself.',
  ),
  sessionDays: setting(
    'COTERIE_SESSION_DAYS',
    '14',
    whole(1, 400),
    'After how many days without use people have to sign in again.',
  ),
  devicePasswords: setting(
    'COTERIE_DEVICE_PASSWORDS',
    'any',
    oneOf('any', 'app'),
    'What programs (CardDAV, JMAP, links) may sign in with: `app` accepts only app passwords, which people create in their preferences; `any` also accepts the person’s own password.',
  ),
  trashDays: setting(
    'COTERIE_TRASH_DAYS',
    '30',
    whole(1, 3650),
    'How many days a deleted card or folder stays in the trash.',
  ),
  auditDays: setting(
    'COTERIE_AUDIT_DAYS',
    '365',
    whole(30, 3650),
    'How many days the audit log keeps its records; docs/operation/audit.md says what is customary.',
  ),
  historyDays: setting(
    'COTERIE_HISTORY_DAYS',
    '90',
    whole(1, 3650),
    'How many days the history of cards is kept: who changed what, and every earlier version.',
  ),
  ...limitSettings,
  ...ldapSettings,
  directorySeconds: setting(
    'COTERIE_DIRECTORY_SECONDS',
    '60',
    whole(5, 86_400),
    'How often, in seconds, the organisation’s directory is asked what changed: whoever left it, or left a group, loses access after this time at the latest.',
  ),
  ...directorySettings,
  smtpUrl: setting(
    'COTERIE_SMTP_URL',
    '',
    smtp,
    'The mail server, for example `smtps://user@mail.example.org` or `smtp://localhost:25`; without it no mail is sent.',
  ),
  smtpPasswordFile: setting(
    'COTERIE_SMTP_PASSWORD_FILE',
    '',
    text,
    'A file that contains the password for the mail server.',
  ),
  smtpTls: setting(
    'COTERIE_SMTP_TLS',
    'auto',
    oneOf('auto', 'required', 'off'),
    'For `smtp://`: `auto` encrypts if the server offers it, always when a password is sent, and not to this machine; `required` sends nothing unencrypted; `off` never encrypts. The certificate is always checked.',
  ),
  smtpCaFile: setting(
    'COTERIE_SMTP_CA_FILE',
    '',
    text,
    'A file of CA certificates (PEM) to trust for the mail server, in addition to those of the system.',
  ),
  mailsPerHour: setting(
    'COTERIE_MAILS_PER_HOUR',
    '1000',
    whole(1, 1_000_000),
    'How many mails one person’s shares may send in an hour; beyond that, sharing without a mail still works.',
  ),
  mailsPerDay: setting('COTERIE_MAILS_PER_DAY', '3000', whole(1, 1_000_000), 'The same in a day.'),
  guestMailsPerDay: setting(
    'COTERIE_GUEST_MAILS_PER_DAY',
    '100',
    whole(1, 1_000_000),
    'How many of these mails may go to people outside the organisation.',
  ),
  guests: setting(
    'COTERIE_GUESTS',
    'on',
    onOrOff,
    '`off`: nothing can be shared with people outside the organisation, and those who were invited cannot sign in.',
  ),
  guestDays: setting(
    'COTERIE_GUEST_DAYS',
    '0',
    whole(0, 3650),
    'The longest time a folder may be shared with somebody outside, in days; 0: no limit.',
  ),
  guestLinkDays: setting(
    'COTERIE_GUEST_LINK_DAYS',
    '14',
    whole(1, 365),
    'For how many days the personal link in the mail to a guest is valid; it can be sent again.',
  ),
  publicLinks: setting(
    'COTERIE_PUBLIC_LINKS',
    'on',
    onOrOff,
    '`off`: public links do not work, and none can be created.',
  ),
  publicLinkDays: setting(
    'COTERIE_PUBLIC_LINK_DAYS',
    '0',
    whole(0, 3650),
    'Like `COTERIE_GUEST_DAYS`, for public links.',
  ),
  mailFrom: setting(
    'COTERIE_MAIL_FROM',
    '',
    sender,
    'The sender address of mails, for example `contacts@example.org`; default: `coterie@` and the host of the public address.',
  ),
  lmtpPort: setting(
    'COTERIE_LMTP_PORT',
    '0',
    whole(0, 65_535),
    'The port on which the mail server delivers copies of what people send, by LMTP; 0: none. See docs/operation/collecting.md.',
  ),
  lmtpHost: setting('COTERIE_LMTP_HOST', '127.0.0.1', host, 'The address to listen on for these copies.'),
  lmtpPeers: setting(
    'COTERIE_LMTP_PEERS',
    '127.0.0.0/8 ::1',
    networks,
    'The machines that may deliver copies: addresses and networks, separated by spaces.',
  ),
  lmtpAddress: setting(
    'COTERIE_LMTP_ADDRESS',
    'collect@coterie.invalid',
    mailAddress,
    'The address to which the mail server sends the copies; it is nobody’s and never collected.',
  ),
  lmtpJournal: setting(
    'COTERIE_LMTP_JOURNAL',
    'off',
    onOrOff,
    '`on` trusts the journal reports of Exchange and Microsoft 365: set it only if nobody else can send mail to that address.',
  ),
  zimbraUrl: setting(
    'COTERIE_ZIMBRA_URL',
    '',
    encryptedAddress,
    'The address of the organisation’s Zimbra, for example `https://zimbra.example.org`: people can have their contacts fetched from there, and from nowhere else; without it they move in with an archive. See docs/operation/zimbra.md.',
  ),
  imapHosts: setting(
    'COTERIE_IMAP_HOSTS',
    '',
    names,
    'The mail servers whose folders of sent mail people may have read, as `mail.example.org` or `mail.example.org:993`, separated by spaces; default: any on the internet, none in private networks.',
  ),
  ...oauthSettings,
  keyFile: setting(
    'COTERIE_KEY_FILE',
    '',
    text,
    'The file of the key that seals mailbox passwords, hashes app passwords and proves the audit log; default: `secret.key` in the data directory, created if absent.',
  ),
  pushPrivate: setting(
    'COTERIE_PUSH_PRIVATE',
    'off',
    onOrOff,
    '`on` also allows push services in private networks: set it only if everybody who can sign in may make this server call any machine it can reach.',
  ),
  log: setting(
    'COTERIE_LOG',
    'warn',
    oneOf<LogLevel>('debug', 'info', 'warn', 'error'),
    'How much is logged on standard error; `info` has a line for each request.',
  ),
  ...operationSettings,
} satisfies Record<string, Setting<unknown>>;

const configFile = setting(
  'COTERIE_CONFIG',
  '',
  text,
  'A file with a line `NAME=value` for each setting; the environment wins over it.',
);

type Values = { readonly [K in keyof typeof settings]: ReturnType<(typeof settings)[K]['read']> };

/** All settings, parsed and checked. */
export type Config = Values & {
  /** The names that somebody has set, in the environment or in the file. */
  readonly chosen: ReadonlySet<string>;
};

/** A setting is wrong; the message is a sentence that says what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the settings from the environment and from the file that it names. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const inEnvironment = Object.entries(environment).filter(([name]) => name.startsWith('COTERIE_'));
  for (const [name] of inEnvironment) requireKnown(name, 'the environment');
  const file = environment[configFile.name];
  const given = new Map([...(file ? readConfigFile(file) : []), ...inEnvironment]);
  const values: Record<string, unknown> = {};
  const chosen = new Set<string>();
  for (const [key, row] of Object.entries(settings)) {
    const value = given.get(row.name)?.trim() ?? '';
    if (value !== '') chosen.add(row.name);
    values[key] = readValue(row, value === '' ? row.default : value);
  }
  // The table has a row for each key and each row reads its own type.
  return { ...(values as Values), chosen };
}

/** The text of each setting by its name, to notice when somebody has changed one. */
export function settingTexts(config: Config): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(settings).map(([key, { name }]) => [name, JSON.stringify(config[key as keyof typeof settings])]),
  );
}

/** The manual of the settings, `docs/config.md`. */
export function describeSettings(): string {
  const rows = [...Object.values(settings), configFile].map(
    (row) => `| \`${row.name}\` | ${row.default === '' ? '' : `\`${row.default}\``} | ${row.meaning} |`,
  );
  return `# Settings

Coterie is configured by environment variables, or by a file of lines \`NAME=value\` that \`COTERIE_CONFIG\` names
(lines that begin with \`#\` are comments; the environment wins). Nothing has to be set. A name or a value that is
not understood stops the start with a sentence that says why.

| name | default | meaning |
|---|---|---|
${rows.join('\n')}
`;
}

function readValue(row: Setting<unknown>, value: string): unknown {
  try {
    return row.read(value);
  } catch (error) {
    throw new ConfigError(`${row.name} ${(error as Error).message}. See docs/config.md.`);
  }
}

function readConfigFile(file: string): [string, string][] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(
      `COTERIE_CONFIG names the file ${file}, which cannot be read: check the path and its permissions.`,
    );
  }
  const result: [string, string][] = [];
  for (const [index, line] of content.split(/\r?\n/u).entries()) {
    if (/^\s*(#|$)/u.test(line)) continue;
    const match = /^(\w+)\s*=(.*)$/u.exec(line.trim());
    if (!match) throw new ConfigError(`Line ${index + 1} of ${file} is not of the form NAME=value.`);
    const [, name, value] = match;
    requireKnown(name!, `line ${index + 1} of ${file}`);
    if (name === configFile.name) throw new ConfigError(`${file} cannot name another file: remove ${name} from it.`);
    result.push([name!, value!.trim().replace(/^(["'])(.*)\1$/u, '$2')]);
  }
  return result;
}

function requireKnown(name: string, place: string): void {
  const known = [...Object.values(settings), configFile].map((row) => row.name);
  if (known.includes(name)) return;
  const [nearest] = known
    .map((candidate) => ({ candidate, steps: distance(name, candidate) }))
    .sort((a, b) => a.steps - b.steps);
  const hint = nearest && nearest.steps <= 6 ? ` Did you mean ${nearest.candidate}?` : ' Remove it.';
  throw new ConfigError(`There is no setting ${name} (in ${place}).${hint} All settings are in docs/config.md.`);
}

/** How many letters differ (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + Number(letter !== other)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Where the key file is. */
export function keyFileOf({ data, keyFile }: Pick<Config, 'data' | 'keyFile'>): string {
  return keyFile === '' ? join(data, 'secret.key') : keyFile;
}

/**
 * Reads the key. It is stored beside the database, never in it, so that a copy of the database alone reveals no
 * password.
 */
export function readKey(config: Pick<Config, 'data' | 'keyFile'>): Uint8Array {
  const file = keyFileOf(config);
  try {
    return readKeyFile(file);
  } catch (error) {
    throw new ConfigError(`The key in ${file} (COTERIE_KEY_FILE) cannot be used: ${(error as Error).message}`);
  }
}
