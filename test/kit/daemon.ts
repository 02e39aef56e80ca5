import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/** A server program of this machine that a test has started. */
export type Daemon = {
  readonly log: () => string;
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
};

/** Below those that the system gives away: until the program has opened it, no other process is given the port. */
const [firstPort, ports, portsOfProcess] = [10_000, 20_000, 25];
let askedFor = 0;

/** A free port of this machine, for a program that cannot choose one itself; another one each time, and in each process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = firstPort + ((process.pid * portsOfProcess + askedFor++) % ports);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const opened = once(server, 'listening');
  server.listen(port, '127.0.0.1');
  try {
    await opened;
  } catch {
    return false;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}

/**
 * Starts a program in a process group of its own, its output in a file (a daemon that inherits a pipe keeps it open for
 * ever), and waits until it answers on the port.
 */
export async function startDaemon(options: {
  readonly command: string;
  readonly words: readonly string[];
  readonly packageName: string;
  readonly logFile: string;
  readonly port: number;
  readonly host?: string;
  /** How often it is looked whether it answers, each 25 ms; 1200 when nothing is said. */
  readonly patience?: number;
  /** Where the program writes the id of the process that is to be ended, when that is another. */
  readonly pidFile?: string;
  /** Who runs it, where that is not who runs the tests. */
  readonly uid?: number;
  readonly gid?: number;
}): Promise<Daemon> {
  const { command, words, packageName, logFile, port, pidFile, host = '127.0.0.1', patience = 1200 } = options;
  if (!existsSync(command)) {
    throw new Error(`This test needs ${command}: on Debian and Ubuntu, apt-get install ${packageName}.`);
  }
  const file = openSync(logFile, 'a');
  const { uid, gid } = options;
  const owner = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
  const child = spawn(command, words, { ...owner, detached: true, stdio: ['ignore', file, file] });
  closeSync(file);
  const log = () => readFileSync(logFile, 'utf8');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isOver = false;
  void ended.then(() => (isOver = true));
  const stop = async () => {
    if (isOver) return;
    const pid = pidFile !== undefined && existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : child.pid!;
    process.kill(pid, 'SIGTERM');
    const timer = setTimeout(() => killGroup(pid), 5000);
    await ended;
    clearTimeout(timer);
    killGroup(pid);
  };
  for (let attempt = 0; attempt < patience; attempt++) {
    if (isOver) throw new Error(`${command} ended before it was ready:\n${log()}`);
    if (await answers(port, host)) return { log, stop, kill: () => killGroup(child.pid!) };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await stop();
  throw new Error(`${command} did not answer on port ${port}:\n${log()}`);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

/** Whether somebody listens; no more is said. */
function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
