import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Visitor, parseSync } from 'vite';
import type { ESTree } from 'vite';
import { sourceFiles } from '../../scripts/source-files.ts';

/** One regular expression of the program, as it is written there. */
export type Written = { readonly file: string; readonly text: string; readonly expression: Expression | null };

/** What a checker can read; null in its place: it is put together while the program runs, and has to be explained. */
export type Expression = { readonly pattern: string; readonly flags: string };

/** How the cost of an expression grows with its input, by its text. `unknown`: the checker cannot tell. */
export type Verdicts = Readonly<Record<string, string>>;

const verdictsFile = new URL('../regularExpressions.json', import.meta.url);
const harmless = new Set(['constant', 'linear', 'safe']);
/** Only whoever writes verdicts waits. What takes longer is unknown, and so has to be explained. */
const patience = 60_000;

/** Every regular expression in the folders, tests aside: literals, and what is given to RegExp. */
export function writtenExpressions(folders: readonly string[]): Written[] {
  const files = folders.flatMap(sourceFiles).filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file));
  return files.flatMap((file) => expressionsOf(file, readFileSync(file, 'utf8')));
}

/** Those of one file. */
export function expressionsOf(file: string, code: string): Written[] {
  const found: Written[] = [];
  const note = (text: string, expression: Expression | null) => found.push({ file, text, expression });
  const built = ({ callee, arguments: [pattern, flags], start, end }: ESTree.NewExpression | ESTree.CallExpression) => {
    if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return;
    const [source, signs] = [stringOf(pattern), flags ? stringOf(flags) : ''];
    // A literal of an expression that is given to it is found itself.
    if (source === null || signs === null) note(code.slice(start, end), null);
    else note(`/${source}/${signs}`, { pattern: source, flags: signs });
  };
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  new Visitor({
    Literal(node) {
      if ('regex' in node) note(`/${node.regex.pattern}/${node.regex.flags}`, node.regex);
    },
    NewExpression: built,
    CallExpression: built,
  }).visit(program);
  return found;
}

function stringOf(value: ESTree.Argument | undefined): string | null {
  return value?.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

/** The verdicts that are checked in; with COTERIE_WRITE_EXPRESSIONS=1 what is new is judged and written first. */
export async function checkedVerdicts(written: readonly Written[]): Promise<Verdicts> {
  const known = JSON.parse(readFileSync(verdictsFile, 'utf8')) as Verdicts;
  if (process.env['COTERIE_WRITE_EXPRESSIONS'] !== '1') return known;
  const checker = await openChecker();
  const verdicts: Record<string, string> = {};
  const readable = new Map(written.flatMap(({ text, expression }) => (expression ? [[text, expression]] : [])));
  for (const [text, expression] of [...readable].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    verdicts[text] = known[text] ?? (await judge(checker, expression));
  writeFileSync(verdictsFile, `${JSON.stringify(verdicts, null, 2)}\n`);
  return verdicts;
}

/** What of recheck is used. It weighs 57 MB with what it brings along, so it is installed by whoever has something to judge. */
type Checker = {
  check(pattern: string, flags: string, limits: object): Promise<Judgement>;
};
type Judgement = {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly type: string; readonly summary: string };
};

/** The checker, once it has told an expression that costs the square of its input from one that does not. */
async function openChecker(): Promise<Checker> {
  // The one in JavaScript runs everywhere. `native` is several times as fast where there is one.
  process.env['RECHECK_BACKEND'] ??= 'pure';
  const name: string = 'recheck';
  const checker = (await import(name)) as Checker;
  assert.equal(await judge(checker, { pattern: 'b+$', flags: 'u' }), '2nd degree polynomial');
  assert.equal(await judge(checker, { pattern: '^b+$', flags: 'u' }), 'linear');
  return checker;
}

/** Asks always with the same seed, and by the checker's own measure of work instead of time wherever it has one. */
async function judge({ check }: Checker, { pattern, flags }: Expression): Promise<string> {
  const limits = { timeout: patience, attackTimeout: null, incubationTimeout: null, randomSeed: 1 };
  const { status, complexity } = await check(pattern, flags, limits);
  if (status === 'unknown' || !complexity) return 'unknown';
  return complexity.type === 'polynomial' ? complexity.summary : complexity.type;
}

/** Whether the cost of it is at most so many steps for each character. */
export function isHarmless(verdict: string | undefined): boolean {
  return verdict !== undefined && harmless.has(verdict);
}
