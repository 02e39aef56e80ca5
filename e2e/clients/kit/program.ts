import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What came of a program. */
export type Ran = { readonly code: number | null; readonly output: string };

/** A program and what it is given. */
export type Program = {
  readonly command: string;
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly seconds?: number;
  /** What somebody would type. */
  readonly input?: string;
};

/**
 * Runs a program to its end, in a process group of its own that ends with it, its output in a file: what it leaves
 * behind (a bus, a daemon) would keep a pipe open for ever.
 */
export async function run(program: Program): Promise<Ran> {
  const { command, words = [], environment = {}, folder, seconds = 60, input = '' } = program;
  if (!existsSync(command)) throw new Error(`This test needs ${command}; see scripts/system-packages.mjs.`);
  const place = mkdtempSync(join(tmpdir(), 'coterie-program-'));
  writeFileSync(join(place, 'input'), input);
  const typed = openSync(join(place, 'input'), 'r');
  const file = openSync(join(place, 'output'), 'a');
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: [typed, file, file],
  });
  closeSync(file);
  closeSync(typed);
  const timer = setTimeout(() => endGroup(child.pid), seconds * 1000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  clearTimeout(timer);
  endGroup(child.pid);
  const output = readFileSync(join(place, 'output'), 'utf8');
  rmSync(place, { recursive: true });
  return { code, output };
}

/** As `run`, for a program that must succeed; what it wrote. */
export async function runWell(program: Program): Promise<string> {
  const { code, output } = await run(program);
  if (code === 0) return output;
  throw new Error(`${program.command} ${(program.words ?? []).join(' ')} ended with ${code}:\n${output}`);
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
