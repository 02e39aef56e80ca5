import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { shownPaths } from '../../src/doors.ts';
import { readConfig } from '../../src/config.ts';
import type { World } from '../../src/core/context.ts';
import type { Database } from '../../src/db/database.ts';
import type { Directory } from '../../src/core/directory/directory.ts';
import { listCapturedMail } from '../../src/core/outbox/capturedMail.ts';
import { deliverMail } from '../../src/core/outbox/deliverMail.ts';
import { createPerson } from '../../src/core/principal/createPerson.ts';
import type { OutgoingMail } from '../../src/format/mail/outgoingMail.ts';
import type { HttpRequest } from '../../src/lib/http/http.ts';
import { listen } from '../../src/lib/http/listen.ts';
import { createLog } from '../../src/lib/log.ts';
import { captureMailer } from '../../src/mail/capture.ts';
import type { Monitoring } from '../../src/monitoring/openMonitoring.ts';
import { createClient } from './person.ts';
import type { Person } from './person.ts';
import { forgetTestDatabase, openTestDatabase } from './testDatabase.ts';

/** What a test may want otherwise. */
export type TestOptions = {
  /** Settings by their names. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The address under which the app believes to be reached; else the one where it listens. */
  readonly publicUrl?: string;
  readonly webFolder?: string;
  /** How long a second of the event streams is. */
  readonly second?: number;
  /** The organisation's directory. */
  readonly directory?: Directory;
  /** The key that is not in the database. */
  readonly key?: Uint8Array;
  /** The database; else one that is removed at the end. */
  readonly database?: Database;
  /** Where the database is, so that another app can go on with it; else one that is removed at the end. */
  readonly folder?: string;
  /** Who watches; they are closed by the test. */
  readonly monitoring?: Monitoring;
  /** Nobody exists: as at the first start. */
  readonly empty?: boolean;
};

/** The whole program behind a real listener, on a database of its own; nothing happens by itself (no jobs run). */
export type TestApp = AsyncDisposable & {
  readonly url: string;
  readonly app: App;
  readonly world: World;
  readonly clock: { advance(milliseconds: number): void };
  readonly ada: Person;
  readonly ben: Person;
  readonly chloe: Person;
  /** Lines of the log that speak of faults. */
  readonly faults: readonly string[];
  /** One more person, signed in. */
  person(name: string): Promise<Person>;
  /** Delivers what is queued; every mail that anybody got, newest first. */
  mails(): Promise<OutgoingMail[]>;
  close(): Promise<void>;
};

/** So cheap that a test signs in within a millisecond; never outside of tests. */
export const cheapPassword = { memory: 8, passes: 1 } as const;

/** Opens the world in which Ada, Ben and Chloé have signed in. `await using` closes it. */
export async function createTestApp(options: TestOptions = {}): Promise<TestApp> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'coterie-test-')));
  const plainDb = options.database ?? (await openTestDatabase(folder));
  const { monitoring } = options;
  const db = monitoring ? monitoring.measured(plainDb) : plainDb;
  const faults: string[] = [];
  const log = createLog({ level: 'error', write: (line) => faults.push(line) });
  let offset = 0;
  const now = () => new Date(Date.now() + offset);
  // The port is known before the app that has to know it.
  const behind: { app?: App } = {};
  const { environment = {}, second } = options;
  const config = readConfig(environment);
  const door = (request: HttpRequest) =>
    request.url.pathname === '/metrics' && monitoring?.door ? monitoring.door(request) : behind.app!.handle(request);
  const listener = await listen(door, {
    host: '127.0.0.1',
    port: 0,
    log,
    trustProxy: config.trustedProxy,
    shownPaths,
  });
  const url = `http://127.0.0.1:${listener.port}`;
  const { publicUrl = url, webFolder = join(folder, 'web') } = options;
  const mailer = captureMailer(db, now);
  const app = await createApp(config, {
    db,
    log,
    now,
    publicUrl,
    mailer,
    webFolder,
    second,
    directory: options.directory,
    passwordCost: cheapPassword,
    key: options.key,
    meter: monitoring?.meter,
    processors: 2,
  });
  behind.app = app;
  monitoring?.watch(app.state);
  const { world } = app;

  async function person(name: string): Promise<Person> {
    const email = `${name
      .normalize('NFD')
      .replace(/[^a-z]/giu, '')
      .toLowerCase()}@demo.example`;
    const password = `password of ${name}`;
    const { id } = await createPerson(world, { name, email, password, passwordCost: cheapPassword });
    const client = createClient(url, { id, name, email, password });
    await client.signIn();
    return client;
  }

  async function close(): Promise<void> {
    await listener.close(1000);
    await app.close();
    await db.close();
    if (options.folder !== undefined) return;
    await forgetTestDatabase(folder);
    await rm(folder, { recursive: true });
  }

  const nobody = createClient(url, { id: '', name: '', email: '', password: '' });
  const people = options.empty
    ? [nobody, nobody, nobody]
    : [await person('Ada'), await person('Ben'), await person('Chloé')];
  return {
    url,
    app,
    world,
    clock: { advance: (milliseconds) => void (offset += milliseconds) },
    ada: people[0]!,
    ben: people[1]!,
    chloe: people[2]!,
    faults,
    person,
    async mails() {
      await deliverMail(world, mailer);
      return (await listCapturedMail(world, null)).map(({ message }) => message);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
