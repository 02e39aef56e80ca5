import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sourceFiles } from '../scripts/source-files.ts';

type Row = { readonly line: string; readonly result: string; readonly proofs: readonly Proof[] };

/** A file, and words of the title of a test in it; without words, such a title names the line. */
type Proof = { readonly file: string; readonly words: string | undefined };

/** The tables: where they are, the letter of their lines, the first and the last, and where files without a folder are. */
const tables = [
  { file: 'docs/conformance.md', letter: 'J', ends: ['J001', 'J195'], folder: 'test/wire/jmap' },
  { file: 'docs/conformance-carddav.md', letter: 'C', ends: ['C001', 'C305'], folder: 'test/wire/carddav' },
] as const;

const rows: readonly Row[] = tables.flatMap(({ file, letter, folder }) =>
  [...readFileSync(file, 'utf8').matchAll(rowForm(letter))].map(([, line = '', result = '', proof = '']) => ({
    line,
    result,
    proofs: proofsIn(proof, folder),
  })),
);

function rowForm(letter: string): RegExp {
  return new RegExp(`^\\| (${letter}\\d{3}) \\| (?:.+) \\| ([^|]+) \\| ([^|]*)\\|$`, 'gmu');
}

function proofsIn(text: string, folder: string): Proof[] {
  return text.split(/, (?=`)/u).flatMap((part) => {
    const [, name, words] = /^`([^`]+)`(?: « (.+) »)?\s*$/u.exec(part) ?? [];
    if (name === undefined) return [];
    return [{ file: name.includes('/') ? name : `${folder}/${name}`, words }];
  });
}

/** The titles of tests in a file, as they are written there. */
function titlesIn(text: string): string[] {
  return [...text.matchAll(/^ *test\(\s*(['"`])(.*)\1, /gmu)].map(([, , title = '']) => title);
}

/** The lines that titles of tests in this file name. */
function linesNamed(file: string): Set<string> {
  return new Set(titlesIn(readFileSync(file, 'utf8')).flatMap((title) => title.match(/\b[CJ]\d{3}\b/gu) ?? []));
}

for (const { file, letter, ends } of tables) {
  test(`${file} has every line once, in order, with a result that it explains`, () => {
    const ofTable = rows.filter(({ line }) => line.startsWith(letter));
    const lines = ofTable.map(({ line }) => line);
    const all = [...readFileSync(file, 'utf8').matchAll(new RegExp(`^\\| ${letter}\\d`, 'gmu'))];
    assert.equal(lines.length, all.length, 'a row that cannot be read');
    assert.deepEqual(lines, [...new Set(lines)].toSorted());
    assert.deepEqual([lines[0], lines.at(-1)], ends);
    for (const { line, result } of ofTable) assert.match(result, /^(passed|otherwise: .{20,})$/u, line);
  });
}

test('every proof is a file that exists, with a test whose title has the line or the words', () => {
  const wrong = rows.flatMap(({ line, proofs }) => {
    if (proofs.length === 0) return [`${line}: no proof`];
    return proofs.filter((proof) => !isProof(line, proof)).map(({ file, words }) => `${line}: ${file} ${words ?? ''}`);
  });
  assert.deepEqual(wrong, []);
});

function isProof(line: string, { file, words }: Proof): boolean {
  if (!existsSync(file)) return false;
  if (words === undefined) return linesNamed(file).has(line);
  const text = readFileSync(file, 'utf8');
  return titlesIn(text).some((title) => title.includes(words) || isMadeFrom(title, words, text));
}

/**
 * Whether the words are what a title in a loop becomes: what stands for each `${…}` has to be a text of the file, so that
 * the proof falls with the row of the table that it comes from.
 */
function isMadeFrom(title: string, words: string, text: string): boolean {
  const [before = '', ...parts] = title.split(/\$\{\w+\}/u);
  if (parts.length === 0 || !words.startsWith(before) || !words.endsWith(parts.at(-1)!)) return false;
  let at = before.length;
  return parts.every((part, index) => {
    const end = index === parts.length - 1 ? words.length - part.length : words.indexOf(part, at + 1);
    const value = words.slice(at, end);
    at = end + part.length;
    return end > 0 && value !== '' && text.includes(`'${value}'`);
  });
}

test('the words of a proof stand in a title, whole, or made from a text of the file', () => {
  const text = "const rows = ['a slash'];\ntest(`no folder is called: ${what}`, () => {});";
  const words = ['no folder is called: a slash', 'no folder is called: a colon', 'const rows', 'folder is called'];
  const [title = ''] = titlesIn(text);
  assert.deepEqual(
    words.filter((each) => title.includes(each) || isMadeFrom(title, each, text)),
    ['no folder is called: a slash', 'folder is called'],
  );
});

test('every line that a title names is in the table, with that file', () => {
  const files = sourceFiles('test').filter((file) => file.endsWith('.test.ts'));
  const missing = files.flatMap((file) =>
    [...linesNamed(file)].filter((line) => !isListed(line, file)).map((line) => `${line} in ${file}`),
  );
  assert.deepEqual(missing, []);
});

function isListed(line: string, file: string): boolean {
  return rows.some((row) => row.line === line && row.proofs.some((proof) => proof.file === file));
}
