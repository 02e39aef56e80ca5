import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { backupCommands } from '../../src/commands/backupCommands.ts';
import { placeOf } from '../../src/commands/places.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/openDatabase.ts';
import { AppError } from '../../src/errors.ts';
import { forgetTestDatabase, isPostgres, openClient, serverUrl, testDatabaseUrl } from './testDatabase.ts';

/** What a program of ours has answered. */
export type Ended = { readonly code: number | null; readonly said: string };

/** A program of ours that is running. */
export type Running = {
  readonly input: NodeJS.WritableStream;
  readonly output: NodeJS.ReadableStream;
  /** Waits until it has said this on its standard error output. */
  hasSaid(words: string): Promise<void>;
  kill(): void;
  readonly ended: Promise<Ended>;
};

/** Where the tests of backups keep data: a source, and as many empty targets as they like, of the database that is tested. */
export type BackupPlaces = AsyncDisposable & {
  /** A folder for files, and that of the source. */
  readonly root: string;
  readonly folder: string;
  /** The source as a word of a command. */
  readonly source: string;
  /** An empty place, of the kind that is tested or of the one named. */
  target(kind?: 'sqlite' | 'postgres'): Promise<string>;
  open(place: string): Promise<Database>;
  file(name: string, content: string | Uint8Array): Promise<string>;
  start(words: readonly string[], environment?: Readonly<Record<string, string>>): Running;
  /** Runs a command of backups to its end, in this process. */
  run(...words: readonly string[]): Promise<Ended>;
  /** Starts the server on a place, which is expected to refuse. */
  serve(place: string): Promise<Ended>;
};

let databases = 0;

/** A program that does not end is ended. */
const patience = 120_000;

/** Makes the places; `await using` removes them. */
export async function openBackupPlaces(): Promise<BackupPlaces> {
  const root = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const folder = join(root, 'source');
  await mkdir(folder);
  // Commands in this process find settings as others do: those of the tests are none.
  for (const name of Object.keys(process.env)) if (name.startsWith('COTERIE_')) delete process.env[name];
  process.env['COTERIE_DATA'] = root;
  const source = isPostgres ? await testDatabaseUrl(folder) : folder;
  const made: string[] = [];

  const start: BackupPlaces['start'] = (words, environment = {}) => {
    const env = { PATH: process.env['PATH'], COTERIE_DATA: root, COTERIE_PORT: '0', ...environment };
    return watch(spawn(process.execPath, [...words], { env, stdio: 'pipe', signal: AbortSignal.timeout(patience) }));
  };
  return {
    root,
    folder,
    source,
    async target(kind = isPostgres ? 'postgres' : 'sqlite') {
      const name = `restored_${process.pid}_${++databases}`;
      if (kind === 'sqlite') return join(root, name);
      await using admin = await openClient('postgres');
      await admin.client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
      made.push(name);
      return serverUrl(name);
    },
    open: (place) => openDatabase(placeOf(place)),
    async file(name, content) {
      await writeFile(join(root, name), content);
      return join(root, name);
    },
    start,
    async run(...words) {
      const name = Object.keys(backupCommands).find((each) => `${words.join(' ')} `.startsWith(`${each} `))!;
      try {
        return { code: 0, said: await backupCommands[name]!.run(words.slice(name.split(' ').length)) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { code: 1, said: error.message };
      }
    },
    serve(place) {
      const { url, folder: data } = placeOf(place);
      return start(['src/main.ts'], url === null ? { COTERIE_DATA: data } : { COTERIE_DATABASE_URL: url }).ended;
    },
    async [Symbol.asyncDispose]() {
      await forgetTestDatabase(folder);
      for (const name of made) {
        await using admin = await openClient('postgres');
        await admin.client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }
      await rm(root, { recursive: true });
    },
  };
}

function watch(program: ReturnType<typeof spawn>): Running {
  const { stdin, stdout, stderr } = program;
  program.on('error', () => undefined);
  let said = '';
  const heard = new Set<() => void>();
  stderr!.setEncoding('utf8').on('data', (part: string) => {
    said += part;
    for (const look of heard) look();
  });
  // Whoever has ended takes no more.
  stdin!.on('error', () => undefined);
  const answer = text(stdout!);
  const exit = once(program, 'exit');
  return {
    input: stdin!,
    output: stdout!,
    hasSaid: (words) =>
      new Promise((resolve, reject) => {
        const look = () => said.includes(words) && resolve();
        heard.add(look);
        look();
        void exit.then(() => reject(new Error(`It has ended without « ${words} »:\n${said}`)));
      }),
    kill: () => void program.kill('SIGKILL'),
    ended: exit.then(async ([code]) => ({ code: code as number | null, said: said + (await answer) })),
  };
}
