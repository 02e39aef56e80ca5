import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const ticksPerSecond = 100;

/** A process and all that it has started, and they: each by its id. */
export function familyOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const parent = parentOf(name);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const one of family) family.push(...(children.get(one) ?? []));
  return family;
}

/** The processor time, in milliseconds, that they and those that they have outlived have used. */
export function processorTimeOf(pids: readonly number[]): number {
  const ticks = pids.flatMap((pid) => statusOf(String(pid))?.slice(11, 15) ?? []);
  return ticks.reduce((sum, each) => sum + Number(each), 0) * (1000 / ticksPerSecond);
}

/** Sends each of them a signal; who has ended meanwhile needs none. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended.
    }
  }
}

/** Returns when none of them is there any more. */
export async function whenEnded(pids: readonly number[]): Promise<void> {
  while (pids.some(isThere)) await wait(20);
}

/** Whether it runs; one that has ended and of whom nobody has taken note does not. */
function isThere(pid: number): boolean {
  const state = statusOf(String(pid))?.[0];
  return state !== undefined && state !== 'Z';
}

function parentOf(pid: string): number | null {
  const parent = statusOf(pid)?.[1];
  return parent === undefined ? null : Number(parent);
}

/** What stands in /proc behind the name, which may hold anything. */
function statusOf(pid: string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
