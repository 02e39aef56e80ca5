import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from './peer.ts';
import type { Process } from './peer.ts';

const bin = '/usr/lib/postgresql/15/bin';

/** Whether PostgreSQL is installed. */
export const hasPostgres = (): boolean => existsSync(`${bin}/postgres`);

/** A PostgreSQL of its own that is reached by a socket in a folder, as its user `postgres`; as durable as it is by default. */
export type Postgres = {
  readonly process: Process;
  readonly socket: string;
  /** Runs a program as the system's user of the database. */
  run(command: string, words: readonly string[], input?: string): string;
};

/** Starts it; with `port` it listens on loopback, too. */
export async function startPostgres(folder: string, port: number | null = null): Promise<Postgres> {
  const socket = join(folder, 'postgres');
  mkdirSync(socket);
  chmodSync(folder, 0o755);
  execFileSync('/usr/bin/chown', ['postgres', socket]);
  const run = (command: string, words: readonly string[], input = '') =>
    execFileSync('/usr/sbin/runuser', ['-u', 'postgres', '--', '/usr/bin/env', `PGHOST=${socket}`, command, ...words], {
      input,
      encoding: 'utf8',
      cwd: socket,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  run(`${bin}/initdb`, ['-D', join(socket, 'data'), '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N']);
  const process = startProcess(
    '/usr/sbin/runuser',
    [
      '-u',
      'postgres',
      '--',
      `${bin}/postgres`,
      '-D',
      join(socket, 'data'),
      '-k',
      socket,
      '-c',
      `listen_addresses=${port === null ? '' : '127.0.0.1'}`,
      ...(port === null ? [] : ['-p', String(port)]),
    ],
    { logFile: join(folder, 'postgres.log') },
  );
  const file = join(socket, `.s.PGSQL.${port ?? 5432}`);
  while (!existsSync(file)) {
    if (process.hasEnded()) throw new Error(`PostgreSQL ended:\n${process.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { process, socket, run };
}
