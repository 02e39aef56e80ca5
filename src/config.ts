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
    'The address to listen on; `0.0.0.0` or `::` for all of the machine.',
  ),
  url: setting(
    'COTERIE_URL',
    '',
    address,
    'The public address, as people type it, for example `https://contacts.example.org`; without it `http://` with host and port.',
  ),
  data: setting('COTERIE_DATA', './data', some, 'The directory of the database; it is made when it is absent.'),
  databaseUrl: setting(
    'COTERIE_DATABASE_URL',
    '',
    database,
    'The database of a server of PostgreSQL (15 or newer) in which the data is, for example `postgres://coterie:password@db.example.org/coterie?sslmode=verify-full`; without it the data is in a file in `COTERIE_DATA`.',
  ),
  databaseListenUrl: setting(
    'COTERIE_DATABASE_LISTEN_URL',
    '',
    database,
    'The same database without PgBouncer between, where `COTERIE_DATABASE_URL` goes through one: by this address the program keeps one connection, and hears at once what others on the database change (docs/operation/several-nodes.md).',
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
    'The page of the webmail on which a mail is written, for example `https://webmail.example.org/?view=compose&to={to}&bcc={bcc}`: `{to}` and `{bcc}` stand for the addresses, with commas between them. Without it the mail program of each person opens.',
  ),
  demo: setting(
    'COTERIE_DEMO',
    'auto',
    oneOf('auto', 'on', 'off'),
    '`on` opens a demonstration, `off` a real organisation; `auto` is a demonstration on a new data directory as long as neither a public address, nor an organisation, mail, a directory or another host is set.',
  ),
  trustedProxy: setting(
    'COTERIE_TRUSTED_PROXY',
    'off',
    onOrOff,
    '`on` believes the `X-Forwarded-For` of a proxy: only when every request comes through one that sets it.',
  ),
  sessionDays: setting(
    'COTERIE_SESSION_DAYS',
    '14',
    whole(1, 400),
    'After so many days without use one has to sign in again.',
  ),
  devicePasswords: setting(
    'COTERIE_DEVICE_PASSWORDS',
    'any',
    oneOf('any', 'app'),
    'What programs sign in with (CardDAV, JMAP, links): `app` takes only the app passwords that people make in their preferences; `any` takes the person’s own password, too.',
  ),
  trashDays: setting(
    'COTERIE_TRASH_DAYS',
    '30',
    whole(1, 3650),
    'So many days a deleted card or folder stays in the trash.',
  ),
  auditDays: setting(
    'COTERIE_AUDIT_DAYS',
    '365',
    whole(30, 3650),
    'So many days the audit log keeps its records: docs/operation/audit.md says what is customary.',
  ),
  historyDays: setting(
    'COTERIE_HISTORY_DAYS',
    '90',
    whole(1, 3650),
    'So many days the history of cards is kept: who changed what, and every earlier version.',
  ),
  ...limitSettings,
  ...ldapSettings,
  directorySeconds: setting(
    'COTERIE_DIRECTORY_SECONDS',
    '60',
    whole(5, 86_400),
    'So often the directory of the organisation is asked what changed: after this time at the latest, who left it or a group has no access any more.',
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
    'A file that holds the password for the mail server.',
  ),
  smtpTls: setting(
    'COTERIE_SMTP_TLS',
    'auto',
    oneOf('auto', 'required', 'off'),
    'For `smtp://`: `auto` encrypts when the server offers it, always where a password is sent, and not to this machine; `required` sends nothing unencrypted; `off` never encrypts. The certificate is always checked.',
  ),
  smtpCaFile: setting(
    'COTERIE_SMTP_CA_FILE',
    '',
    text,
    'A file of certificates (PEM) that vouch for the mail server, besides those of the system.',
  ),
  mailsPerHour: setting(
    'COTERIE_MAILS_PER_HOUR',
    '1000',
    whole(1, 1_000_000),
    'So many mails one person’s shares may send in an hour; then sharing without a mail still works.',
  ),
  mailsPerDay: setting('COTERIE_MAILS_PER_DAY', '3000', whole(1, 1_000_000), 'The same in a day.'),
  guestMailsPerDay: setting(
    'COTERIE_GUEST_MAILS_PER_DAY',
    '100',
    whole(1, 1_000_000),
    'How many of these may go to people outside the organisation.',
  ),
  guests: setting(
    'COTERIE_GUESTS',
    'on',
    onOrOff,
    '`off`: nothing can be shared with people outside the organisation, and those who were invited cannot come in.',
  ),
  guestDays: setting(
    'COTERIE_GUEST_DAYS',
    '0',
    whole(0, 3650),
    'The longest that a folder is shared with somebody outside, in days; 0: as long as its owner likes.',
  ),
  guestLinkDays: setting(
    'COTERIE_GUEST_LINK_DAYS',
    '14',
    whole(1, 365),
    'So many days the personal link in the mail to a guest is good for; it can be sent again.',
  ),
  publicLinks: setting('COTERIE_PUBLIC_LINKS', 'on', onOrOff, '`off`: public links open nothing, and none is made.'),
  publicLinkDays: setting('COTERIE_PUBLIC_LINK_DAYS', '0', whole(0, 3650), 'As COTERIE_GUEST_DAYS, for public links.'),
  mailFrom: setting(
    'COTERIE_MAIL_FROM',
    '',
    sender,
    'The address that mails come from, for example `contacts@example.org`; without it `coterie@` and the host of the public address.',
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
    'The machines that may deliver copies: addresses and networks, with spaces between them.',
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
    '`on` believes the journal reports of Exchange and Microsoft 365: only when nobody else can send mail to that address.',
  ),
  zimbraUrl: setting(
    'COTERIE_ZIMBRA_URL',
    '',
    encryptedAddress,
    'The address of the organisation’s Zimbra, for example `https://zimbra.example.org`: people may have their contacts fetched from there, and from nowhere else; without it they move in with an archive. See docs/operation/zimbra.md.',
  ),
  imapHosts: setting(
    'COTERIE_IMAP_HOSTS',
    '',
    names,
    'The mail servers, as `mail.example.org` or `mail.example.org:993`, whose folders of sent mail people may have read, with spaces between them; without it any on the internet, and none in private networks.',
  ),
  ...oauthSettings,
  keyFile: setting(
    'COTERIE_KEY_FILE',
    '',
    text,
    'The file of the key that seals the passwords of mailboxes; without it `secret.key` in the directory of the data, made when it is absent.',
  ),
  pushPrivate: setting(
    'COTERIE_PUSH_PRIVATE',
    'off',
    onOrOff,
    '`on` lets devices be told of changes through push services in private networks, too: only where everybody who can sign in may make this server call any machine that it can reach.',
  ),
  log: setting(
    'COTERIE_LOG',
    'warn',
    oneOf<LogLevel>('debug', 'info', 'warn', 'error'),
    'How much is logged on the standard error output; `info` has a line for each request.',
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
    const match = /^\s*(\w+)\s*=\s*(.*?)\s*$/u.exec(line);
    if (!match) throw new ConfigError(`Line ${index + 1} of ${file} is not of the form NAME=value.`);
    const [, name, value] = match;
    requireKnown(name!, `line ${index + 1} of ${file}`);
    if (name === configFile.name) throw new ConfigError(`${file} cannot name another file: remove ${name} from it.`);
    result.push([name!, value!.replace(/^(["'])(.*)\1$/u, '$2')]);
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
