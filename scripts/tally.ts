import type { FileResult } from './run-test-file.ts';

/** Counts what passed, keeps what failed, and prints both; the last line is always the count. */
export type Tally = {
  passed: number;
  readonly failures: { readonly title: string; readonly text: string }[];
};

/** An empty tally. */
export function newTally(): Tally {
  return { passed: 0, failures: [] };
}

/** Adds one check: null is a pass, anything else is why it failed. */
export function addCheck(tally: Tally, name: string, failure: string | null): void {
  if (failure === null) tally.passed += 1;
  else tally.failures.push({ title: name, text: failure });
}

/** Adds the tests of one file and prints its line of progress. */
export function addFile(tally: Tally, result: FileResult): void {
  const { file, passed, failures, milliseconds, output } = result;
  tally.passed += passed;
  for (const [index, { name, text }] of failures.entries()) {
    const printed = index === failures.length - 1 && output !== '' ? `\n\nWhat the file printed:\n${output}` : '';
    tally.failures.push({ title: `${file} › ${name}`, text: text + printed });
  }
  const mark = failures.length === 0 ? 'ok  ' : 'FAIL';
  const failed = failures.length === 0 ? '' : `, ${failures.length} failed`;
  console.log(`${mark}  ${file}  ${passed} passed${failed}  ${milliseconds} ms`);
}

/** Shows every failure whole, then the count as the very last line, and sets the exit code. */
export function finish(tally: Tally): void {
  for (const { title, text } of tally.failures) console.log(`\nFAILED  ${title}\n${indent(text)}`);
  process.exitCode = tally.failures.length > 0 || tally.passed === 0 ? 1 : 0;
  console.log(`\n${tally.passed} passed, ${tally.failures.length} failed`);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
