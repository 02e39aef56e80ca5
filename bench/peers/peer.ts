import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { WireHost } from '../carddav/wire.ts';

/** A CardDAV server that runs, with one person who has one address book. */
export type Peer = Usage & {
  readonly name: string;
  readonly host: WireHost;
  /** Where the connections go in turn, when that is not always there. */
  readonly hosts?: readonly WireHost[];
  /** The collection that a client asks first. */
  readonly root: string;
  readonly book: string;
  /**
   * Brings cards into its storage without its door, where that is possible: measured is the door, and some would need
   * an hour for ten thousand.
   */
  fill?(cards: readonly FilledCard[]): Promise<void>;
  stop(): Promise<void>;
};

/** A card and the name that it has in the address book. */
export type FilledCard = { readonly name: string; readonly uid: string; readonly vcard: string };

/** How a peer is started in a folder of its own; null: it is not installed. */
export type StartPeer = (folder: string) => Promise<Peer | null>;

/** The person for whom every peer has an account. */
export const peerUser = 'ada';
/** That person's password. */
export const peerPassword = 'demo';
/** The same two as an HTTP Basic header. */
export const peerAuthorization = `Basic ${Buffer.from(`${peerUser}:${peerPassword}`).toString('base64')}`;

/** A program that was started for the benchmark, in a process group of its own that ends with it. */
export type Process = { readonly pid: number; readonly log: () => string; hasEnded(): boolean; stop(): Promise<void> };

/** Starts a program with its output in a file. */
export function startProcess(
  command: string,
  words: readonly string[],
  { logFile, environment = {} }: { logFile: string; environment?: Readonly<Record<string, string>> },
): Process {
  const file = openSync(logFile, 'a');
  const child = spawn(command, words, {
    detached: true,
    stdio: ['ignore', file, file],
    env: { ...process.env, ...environment },
  });
  closeSync(file);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, name);
    } catch {
      // Nobody is left in it.
    }
  };
  const kill = () => signal('SIGKILL');
  process.once('exit', kill);
  return {
    pid: child.pid!,
    log: () => readFileSync(logFile, 'utf8'),
    hasEnded: () => child.exitCode !== null,
    async stop() {
      process.off('exit', kill);
      signal('SIGTERM');
      const timer = setTimeout(kill, 5_000);
      await ended;
      clearTimeout(timer);
      kill();
    },
  };
}

/** Waits until somebody listens. */
export async function listening(port: number, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listens on port ${port}:\n${log()}`);
}

/** What the processes of some groups use. */
export type Usage = {
  /** What they hold, in MB; what they share is counted for each. */
  memory(): number;
  /** The processor time that they have used, in milliseconds: what other programs do meanwhile has little part in it. */
  cpu(): number;
};

const ticksPerSecond = 100;

/** Reads it from the system, as far as that tells. */
export function usageOf(...groups: readonly Process[]): Usage {
  const ids = new Set(groups.map(({ pid }) => String(pid)));
  const sum = (read: (pid: string, fields: readonly string[]) => number) => {
    const all = new Map<string, readonly string[]>();
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
      try {
        // proc(5): after the name in parentheses come the state, the parent, the group.
        all.set(pid, readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' '));
      } catch {
        // It has ended meanwhile.
      }
    }
    // PostgreSQL's processes have groups of their own: they are known by who started them.
    const isOurs = (pid: string): boolean => {
      const [, parent, group] = all.get(pid) ?? [];
      return parent !== undefined && (ids.has(pid) || ids.has(group!) || isOurs(parent));
    };
    let total = 0;
    for (const [pid, fields] of all) {
      try {
        if (isOurs(pid)) total += read(pid, fields);
      } catch {
        // The same.
      }
    }
    return total;
  };
  return {
    memory: () =>
      Math.round(
        sum((pid) => Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)) / 1024,
      ),
    cpu: () =>
      sum((_, fields) => fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks), 0)) *
      (1000 / ticksPerSecond),
  };
}

/** Whether all of these programs are installed. */
export function isInstalled(...files: readonly string[]): boolean {
  return files.every((file) => existsSync(file));
}
