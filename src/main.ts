import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from './app.ts';
import type { App } from './app.ts';
import { ConfigError, readConfig, readKey } from './config.ts';
import type { Config } from './config.ts';
import { returnMemoryWhenIdle } from './background/returnMemory.ts';
import { createSetupToken, isEmpty } from './core/auth/setUp.ts';
import type { Directory } from './core/directory/directory.ts';
import { shownPaths } from './doors.ts';
import type { Mailer } from './core/outbox/mailer.ts';
import { fingerprintOf, readKeyFingerprint, readSetting, writeSetting } from './core/settings.ts';
import type { Database } from './db/database.ts';
import { openDatabase } from './db/openDatabase.ts';
import { openMonitoring } from './monitoring/openMonitoring.ts';
import type { Monitoring } from './monitoring/openMonitoring.ts';
import { chooseMode } from './demo/chooseMode.ts';
import type { Mode } from './demo/chooseMode.ts';
import { seedDemo } from './demo/seed.ts';
import { AppError } from './errors.ts';
import { listen } from './lib/http/listen.ts';
import type { Listener } from './lib/http/listen.ts';
import { text } from './lib/http/reply.ts';
import { createLog } from './lib/log.ts';
import type { Log } from './lib/log.ts';
import { captureMailer } from './mail/capture.ts';
import { readSmtpServer } from './mail/readSmtpServer.ts';
import type { DemoSignIns } from './protocol/site/siteDoor.ts';

// Also in a directory that others may enter: it holds other people's contacts, and the key of the links.
process.umask(0o077);

const now = () => new Date();
const webFolder = fileURLToPath(new URL('../web/dist/', import.meta.url));

try {
  await start(readConfig(process.env));
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof AppError;
  console.error(
    `\nCoterie cannot start. ${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : error}\n`,
  );
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  const { log: level, logFormat: format } = config;
  const log = createLog({ level, format, write: (line) => process.stderr.write(`${line}\n`) });
  let app: App | null = null;
  const monitoring = await openMonitoring(config, log).catch((error: Error) => {
    const settings = 'COTERIE_METRICS_PORT, COTERIE_METRICS_HOST and COTERIE_METRICS_TOKEN_FILE';
    throw new ConfigError(`Metrics cannot be opened (${error.message}): check ${settings}.`);
  });
  // The port first: a second start by mistake ends here, before it touches the data of the one that runs.
  const listener = await openPort(
    config,
    (request) => {
      if (monitoring && request.url.pathname === '/metrics' && monitoring.door) return monitoring.door(request);
      if (app) return app.handle(request);
      if (request.url.pathname === '/health/live') return Promise.resolve(text(200, 'ok\n'));
      return Promise.resolve(text(503, 'Coterie is starting, try again in a moment.\n', { 'Retry-After': '2' }));
    },
    log,
  );
  const publicUrl = config.url ?? `http://${urlHost(config.host)}:${listener.port}`;
  const plainDb = await openWhole(config, log);
  const db = monitoring ? monitoring.measured(plainDb) : plainDb;
  const key = await readSharedKey(config, db);
  const mode = chooseMode(config, await rememberedMode(db));
  app = await createApp(mode === 'real' ? config : asDemonstration(config), {
    db,
    log,
    now,
    publicUrl,
    mailer: await createMailer(config, mode, db),
    directory: await openDirectory(config, mode),
    webFolder,
    key,
    meter: monitoring?.meter,
  });
  monitoring?.watch(app.state);
  const demo = mode === 'demonstration' ? await openDemonstration(app) : null;
  if (mode === 'real') await db.transaction((tx) => writeSetting(tx, 'demonstration', 'off'));
  await app.start();
  stopOnSignal({ listener, app, db, monitoring, config });
  returnMemoryWhenIdle();
  console.log(await welcome(app, publicUrl, demo));
}

async function openPort(
  config: Config,
  door: Parameters<typeof listen>[0],
  log: ReturnType<typeof createLog>,
): Promise<Listener> {
  const { host, port, trustedProxy } = config;
  try {
    return await listen(door, { host, port, log, trustProxy: trustedProxy, shownPaths });
  } catch (error) {
    throw new ConfigError(portProblem((error as NodeJS.ErrnoException).code ?? '', config) ?? String(error));
  }
}

function portProblem(code: string, { host, port }: Config): string | undefined {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use: is Coterie running already? If not, choose another port, for example COTERIE_PORT=${port + 1}.`,
    EACCES: `Port ${port} needs more rights than this user has: choose one above 1023 with COTERIE_PORT.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: check COTERIE_HOST.`,
    ENOTFOUND: `The host ${host} is not known: check COTERIE_HOST.`,
  };
  return sentences[code];
}

async function openData(config: Config, log: Log): Promise<Database> {
  try {
    mkdirSync(config.data, { recursive: true, mode: 0o700 });
    const { databaseUrl: url, databaseListenUrl: listenUrl } = config;
    return await openDatabase({ url, listenUrl, file: join(config.data, 'coterie.db') }, { log });
  } catch (error) {
    if (config.databaseUrl !== null)
      throw new ConfigError(`The database (COTERIE_DATABASE_URL) cannot be opened: ${(error as Error).message}`);
    throw new ConfigError(`The data in ${config.data} (COTERIE_DATA) cannot be opened: ${(error as Error).message}`);
  }
}

/** What one node has sealed or hashed, the others read. */
async function readSharedKey(config: Config, db: Database): Promise<Uint8Array> {
  const key = readKey(config);
  if (config.databaseUrl === null || (await readKeyFingerprint(db, key)) === fingerprintOf(key)) return key;
  throw new ConfigError(
    'This node has another secret.key than the others on this database: copy theirs into COTERIE_DATA (or where COTERIE_KEY_FILE says). ' +
      'If it is lost for good: npm run coterie -- key accept (docs/operation/several-nodes.md).',
  );
}

/** A demonstration that was interrupted while it was made is made anew: nothing of anybody's is in it yet. */
async function openWhole(config: Config, log: Log): Promise<Database> {
  const db = await openData(config, log);
  if ((await readSetting(db, 'demonstration')) !== 'unfinished') return db;
  await db.close();
  if (config.databaseUrl !== null)
    throw new ConfigError(
      'A demonstration was interrupted while it was made. Empty the database (DROP OWNED BY CURRENT_USER), and start again.',
    );
  for (const ending of ['', '-wal', '-shm']) rmSync(join(config.data, `coterie.db${ending}`), { force: true });
  return openData(config, log);
}

async function rememberedMode(db: Database): Promise<Mode | undefined> {
  const remembered = await readSetting(db, 'demonstration');
  if (remembered !== undefined) return remembered === 'off' ? 'real' : 'demonstration';
  return (await isEmpty(db)) ? undefined : 'real';
}

function asDemonstration(config: Config): Config {
  return {
    ...config,
    organisation: config.organisation === '' ? 'Université de Démonstration' : config.organisation,
    mailFrom: config.mailFrom ?? 'contacts@demo.example',
  };
}

// The libraries for mail and for LDAP are large: they are loaded where the settings ask for them.

async function createMailer(config: Config, mode: Mode, db: Database): Promise<Mailer | null> {
  if (mode === 'demonstration') return captureMailer(db, now);
  const server = readSmtpServer(config);
  if (!server) return null;
  const { smtpMailer } = await import('./mail/smtp.ts');
  return smtpMailer(server);
}

/** A demonstration has people of its own. */
async function openDirectory(config: Config, mode: Mode): Promise<Directory | null> {
  if (mode !== 'real' || config.ldapUrls.length === 0) return null;
  const { readLdapServer } = await import('./directory/ldap/readLdapServer.ts');
  const { ldapDirectory } = await import('./directory/ldap/ldapDirectory.ts');
  const server = readLdapServer(config);
  return server && ldapDirectory(server, now);
}

/** Fills a new directory; one that is filled knows its sign-ins. */
async function openDemonstration(app: App): Promise<DemoSignIns> {
  const { db } = app.world;
  const remembered = await readSetting(db, 'demonstration');
  const known = remembered === undefined ? null : (JSON.parse(remembered) as DemoSignIns);
  if (!known) {
    console.log('\n  Inventing a small university …');
    await db.transaction((tx) => writeSetting(tx, 'demonstration', 'unfinished'));
  }
  const demo = known ?? (await seedDemo(app.world));
  if (!known) await db.transaction((tx) => writeSetting(tx, 'demonstration', JSON.stringify(demo)));
  app.offer(demo);
  return demo;
}

async function welcome(app: App, publicUrl: string, demo: DemoSignIns | null): Promise<string> {
  const open = `\n  Coterie is open: ${publicUrl}\n`;
  if (demo) {
    const people = demo.people.map(({ email, description }) => `    ${email.padEnd(22)} ${description}`);
    return [
      open,
      `  This is a demonstration: everybody in it is invented. Sign in with the password « ${demo.password} » as`,
      ...people,
      `\n  Mails that people get here are read at ${publicUrl}/demo/mail`,
      '  How to make it real: docs/operation.md. Ctrl-C stops it; what you did stays.\n',
    ].join('\n');
  }
  if (!(await isEmpty(app.world.db))) return open;
  const token = await createSetupToken(app.world);
  return [
    open,
    '  Nobody can sign in yet. Make the first administrator with this link (once, within 24 hours):',
    `    ${publicUrl}/setup?token=${token}\n`,
  ].join('\n');
}

type Running = {
  readonly listener: Listener;
  readonly app: App;
  readonly db: Database;
  readonly monitoring: Monitoring | null;
  readonly config: Config;
};

/** So long whoever holds a connection may still ask by it, and hears that it ends: else a question could cross its closing. */
const lastQuestionsMilliseconds = 250;

function stopOnSignal({ listener, app, db, monitoring, config }: Running): void {
  let isStopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    // Whoever asks twice does not want to wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    app.announceEnd();
    listener.drain();
    // At the keyboard nobody balances any load.
    const patience = signal === 'SIGTERM' ? config.drainSeconds * 1000 : 0;
    await wait(Math.max(patience, lastQuestionsMilliseconds));
    const bound = config.stopSeconds * 1000;
    const began = performance.now();
    await Promise.race([app.sendAway(), wait(bound, undefined, { ref: false })]);
    await listener.close(Math.max(0, bound - (performance.now() - began)));
    await app.close();
    await monitoring?.close();
    await db.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
