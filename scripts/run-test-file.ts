import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestLine } from './test-events.ts';

/** What came of one test file; `output` is what it printed beside its results. */
export type FileResult = {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly output: string;
  readonly milliseconds: number;
};

type Failure = { readonly name: string; readonly text: string };
type End = { readonly by: number | NodeJS.Signals; readonly output: string; readonly timedOut: boolean };

const reporter = resolve(import.meta.dirname, 'test-events.ts');
const running = new Set<ChildProcess>();

/** Runs one test file in a process group of its own, which is ended with everything that the file started. */
export async function runTestFile(file: string, timeout: number): Promise<FileResult> {
  const folder = mkdtempSync(join(tmpdir(), 'coterie-test-'));
  const events = join(folder, 'events.jsonl');
  const started = Date.now();
  try {
    const end = await runInGroup(
      [`--test-reporter=${reporter}`, `--test-reporter-destination=${events}`, file],
      timeout,
    );
    const lines = linesOf(events);
    const tests = lines.filter((line) => line.kind === 'test');
    const failures = tests.flatMap(({ name, failure }) => (failure === null ? [] : [{ name, text: failure }]));
    const passed = tests.length - failures.length;
    const wrong = wholeFileFailure(end, lines, failures.length, timeout);
    const notes = lines.flatMap((line) => (line.kind === 'note' ? [line.text] : []));
    if (wrong !== null) failures.push({ name: 'the whole file', text: [wrong, ...notes].join('\n') });
    return { file, passed, failures, output: end.output.trim(), milliseconds: Date.now() - started };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends the test files that are running now, when the whole run is told to stop. */
export function stopTestFiles(): void {
  for (const child of running) endGroup(child, 'SIGKILL');
}

/** A file can fail without a failed test: by hanging, by stopping early, by containing nothing. */
function wholeFileFailure(end: End, lines: readonly TestLine[], failed: number, timeout: number): string | null {
  if (end.timedOut) return `This file did not end within ${timeout / 1000} seconds and was stopped.`;
  if (end.by !== 0 && failed === 0)
    return `This file ended with ${typeof end.by === 'number' ? `exit code ${end.by}` : end.by}.`;
  if (lines.length === 0) return 'This file contains no test.';
  return lines.some(({ kind }) => kind === 'end') ? null : 'This file stopped before its tests were done.';
}

function linesOf(events: string): TestLine[] {
  let text = '';
  try {
    text = readFileSync(events, 'utf8');
  } catch {
    // A file that fails before its first test leaves no events.
  }
  // A killed process can leave half a line at the end.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TestLine);
}

async function runInGroup(args: readonly string[], timeout: number): Promise<End> {
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup(child, 'SIGTERM');
    setTimeout(() => endGroup(child, 'SIGKILL'), 3_000).unref();
  }, timeout);
  const closed = new Promise((done) => child.on('close', done));
  const by = await new Promise<number | NodeJS.Signals>((done) => {
    child.on('error', () => done(1));
    child.on('exit', (code, signal) => done(code ?? signal ?? 1));
  });
  clearTimeout(timer);
  // What the file left running would keep the pipes, and so this whole run, open for ever.
  endGroup(child, 'SIGKILL');
  await Promise.race([closed, new Promise((waited) => setTimeout(waited, 500).unref())]);
  child.stdout.destroy();
  child.stderr.destroy();
  running.delete(child);
  return { by, output, timedOut };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}
