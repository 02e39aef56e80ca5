import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { familyOf, signalAll, whenEnded } from '../../kit/processFamily.ts';

/** A program of the cluster, which is killed and started again. */
export type Service = {
  readonly name: string;
  start(): Promise<void>;
  /** The ids of all its processes. */
  pids(): number[];
  /** Ends them without a word, as when the machine is gone. */
  kill(): Promise<void>;
  log(): string;
};

/** How to run it. */
export type ServiceOptions = {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
  readonly packageName: string;
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Whether it does what it is for. */
  isReady(): Promise<boolean>;
  /** Processes that it has started and that do not end with it. */
  others?(): number[];
};

const readyWithin = 90_000;

/** Ends whatever works in a folder when this process has ended, however it did; and before, when it is told to. */
export function keep(folder: string): { end(): Promise<void> } {
  const words = [fileURLToPath(new URL('keeper.ts', import.meta.url)), folder];
  const keeper = spawn(process.execPath, words, { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(keeper, 'exit');
  return {
    async end() {
      keeper.stdin.end();
      await ended;
    },
  };
}

/** A service that is not yet started. */
export function createService(options: ServiceOptions): Service {
  const { name, command, words, packageName, logFile, env, owner, isReady, others = () => [] } = options;
  let child: ChildProcess | null = null;
  const isRunning = () => child !== null && child.exitCode === null && child.signalCode === null;
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const pids = () => [...new Set([...(isRunning() ? familyOf(child!.pid!) : []), ...others()])];
  return {
    name,
    log,
    pids,
    async start() {
      if (!existsSync(command)) throw new Error(`This test needs ${command}: apt-get install ${packageName}.`);
      const began = performance.now();
      const open = () => {
        const file = openSync(logFile, 'a');
        const settings = { env: { PATH: process.env['PATH'], ...env }, ...owner };
        child = spawn(command, words, { ...settings, detached: true, stdio: ['ignore', file, file] });
        closeSync(file);
      };
      open();
      while (!(await isReady().catch(() => false))) {
        if (performance.now() - began > readyWithin) throw new Error(`${name} was not ready:\n${log().slice(-4000)}`);
        // As its supervisor would: a database that is not there yet, for one.
        if (!isRunning()) open();
        await wait(100);
      }
    },
    async kill() {
      const all = pids();
      signalAll(all, 'SIGKILL');
      await whenEnded(all);
    },
  };
}
