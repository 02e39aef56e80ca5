import { spawnSync } from 'node:child_process';

/** One command that counts as one test. */
export type Check = { readonly name: string; readonly command: readonly string[] };

const node = process.execPath;

/** The quick ones: types, lint, layout, and nothing that nobody uses. */
export const staticChecks: readonly Check[] = [
  { name: 'types of the server', command: [node, 'node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'types of the web app', command: [node, 'node_modules/typescript/bin/tsc', '-p', 'web'] },
  { name: 'lint', command: [node, 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--quiet'] },
  { name: 'layout of the sources', command: [node, 'node_modules/oxfmt/bin/oxfmt', '--check', '.'] },
  { name: 'unused code and packages', command: [node, 'node_modules/knip/bin/knip.js', '--no-progress'] },
];

/** Those that need the built web app; in this order. */
export const buildChecks: readonly Check[] = [
  { name: 'web build', command: [node, 'scripts/build-web.ts'] },
  { name: 'JavaScript of a first visit', command: [node, 'scripts/bundle-size.mjs'] },
];

/** Runs one check and answers its output if it failed, null if it passed. */
export function runCheck({ name, command }: Check): string | null {
  const started = Date.now();
  const [program = '', ...args] = command;
  const done = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
  const output = `${done.stdout}${done.stderr}`.trim();
  const failure = done.status === 0 ? null : output || `${program} ended with ${done.status ?? done.signal}.`;
  const detail = failure === null && !output.includes('\n') ? output : '';
  console.log(`${failure === null ? 'ok  ' : 'FAIL'}  ${name}  ${Date.now() - started} ms  ${detail}`.trimEnd());
  return failure;
}
