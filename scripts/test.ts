/**
 * `npm test`: system packages, types, lint, the web build, then every test file; the browser's tests one at a time.
 * `npm test -- part-of-a-path` runs only the test files whose path contains that text or matches that glob.
 * Some files are run on PostgreSQL, too; with COTERIE_TEST_DATABASE=postgres all are, and none on SQLite.
 */
import { spawnSync } from 'node:child_process';
import { matchesGlob } from 'node:path';
import { type Check, buildChecks, runCheck, staticChecks } from './checks.ts';
import { alwaysOnPostgres, runsOnPostgres, runsOnSqlite } from './postgres-tests.ts';
import { runTestFile, stopTestFiles } from './run-test-file.ts';
import { sourceFiles } from './source-files.ts';
import { startPostgres } from '../test/kit/postgresServer.ts';
import { addCheck, addFile, finish, newTally } from './tally.ts';

const patterns = process.argv.slice(2);
const tally = newTally();

const files = (folders: readonly string[]) =>
  folders
    .flatMap((folder) => sourceFiles(folder))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => matches(file, pattern)));

const quick = files(['src', 'client', 'web', 'test']);
const browser = files(['e2e']);
const everything = patterns.length === 0;
const onPostgres = process.env['COTERIE_TEST_DATABASE'] === 'postgres';
/** There each statement is a way to another process and back: on a machine that is busy some files take twice as long. */
const fileTimeout = (onPostgres ? 10 : 5) * 60_000;

process.on('exit', stopTestFiles);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

if (browser.length > 0) spawnSync(process.execPath, ['scripts/system-packages.mjs'], { stdio: 'inherit' });
if (everything) runChecks([...staticChecks, ...buildChecks]);
else if (browser.length > 0) runChecks(buildChecks.slice(0, 1));
if (onPostgres) {
  await runOnPostgres(quick.filter(runsOnPostgres), 2);
  await runOnPostgres(browser, 1);
} else {
  await runFiles(quick.filter(runsOnSqlite), 2);
  await runOnPostgres(quick.filter(alwaysOnPostgres), 2);
  await runFiles(browser, 1);
}
if (!everything && quick.length + browser.length === 0) console.log(`No test file matches ${patterns.join(' ')}.`);
finish(tally);

function matches(file: string, pattern: string): boolean {
  const plain = pattern.replace(/^\.\//, '');
  return file.includes(plain) || (plain.includes('*') && matchesGlob(file, plain));
}

function runChecks(checks: readonly Check[]): void {
  for (const check of checks) addCheck(tally, check.name, runCheck(check));
}

/** The same files with their databases on a server, which is there for them alone. */
async function runOnPostgres(queue: readonly string[], atOnce: number): Promise<void> {
  if (queue.length === 0) return;
  const server = await startPostgres();
  process.env['COTERIE_TEST_SERVER'] = server.url;
  await runFiles(queue, atOnce, ' on PostgreSQL');
  delete process.env['COTERIE_TEST_SERVER'];
  await server.stop();
}

async function runFiles(queue: readonly string[], atOnce: number, where = ''): Promise<void> {
  const waiting = [...queue];
  const worker = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runTestFile(file, fileTimeout);
      addFile(tally, { ...result, file: `${file}${where}` });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
