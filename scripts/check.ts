/** `npm run check`: what is quick enough to run before each commit. */
import { runCheck, staticChecks } from './checks.ts';
import { runTestFile } from './run-test-file.ts';
import { addCheck, addFile, finish, newTally } from './tally.ts';

const tally = newTally();
for (const check of staticChecks) addCheck(tally, check.name, runCheck(check));
for (const name of ['architecture', 'documents', 'regularExpressions'])
  addFile(tally, await runTestFile(`test/${name}.test.ts`, 60_000));
finish(tally);
