/**
 * `npm run test:cluster`: three servers of PostgreSQL kept by Patroni, three programs before them, people at work, and one
 * fault after the other. It takes some minutes; the last line is `N passed, M failed`.
 */
import { spawnSync } from 'node:child_process';
import { runTestFile, stopTestFiles } from './run-test-file.ts';
import { sourceFiles } from './source-files.ts';
import { addFile, finish, newTally } from './tally.ts';

const longest = 15 * 60_000;
const tally = newTally();

process.on('exit', stopTestFiles);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

spawnSync(process.execPath, ['scripts/system-packages.mjs', 'cluster'], { stdio: 'inherit' });
for (const file of sourceFiles('test/cluster').filter((name) => /\.(?:test|cluster)\.ts$/u.test(name))) {
  const result = await runTestFile(file, longest);
  addFile(tally, result);
  // What each fault costs is worth reading when it has passed, too.
  if (result.failures.length === 0 && result.output !== '') console.log(result.output);
}
finish(tally);
