import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseSettings, forgetTestDatabase } from '../../test/kit/testDatabase.ts';

const ourMain = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** One run of the program, as a person starts it. */
export type Server = {
  readonly url: string;
  readonly pid: number;
  /** What stands in the terminal. */
  readonly output: () => string;
  /** Asks it to end and waits until it has; its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it in the middle of whatever it does. */
  readonly kill: () => Promise<void>;
};

/** A data directory of its own; several runs after one another may use it. */
export async function createDataFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'coterie-e2e-'));
  const remove = async () => {
    await forgetTestDatabase(path);
    await rm(path, { recursive: true, force: true });
  };
  return { path, remove };
}

/** Starts the program (`main`: another version of it) on a free port of this machine and waits until it is open. */
export async function startServer(
  data: string,
  settings: Readonly<Record<string, string>> = {},
  main = ourMain,
): Promise<Server> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('COTERIE_'));
  const database = await databaseSettings(data);
  const child = spawn(process.execPath, [main], {
    env: { ...Object.fromEntries(inherited), COTERIE_DATA: data, COTERIE_PORT: '0', ...database, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const opened = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        // The greeting is written in one piece.
        const url = /Coterie is open: (\S+)/u.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    void ended.then((code) => reject(new Error(`The server ended with ${code} before it was open:\n${output}`)));
  });
  const url = await opened;
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, pid: child.pid!, output: () => output, stop, kill };
}
