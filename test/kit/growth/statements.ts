import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Said } from './recorder.ts';

/** What is checked in, by database. */
export type Dialect = 'sqlite' | 'postgres';

const longestLine = 120;

type Wording = {
  /** As the database says it. */
  readonly spell?: (sql: string) => string;
  /** How its rows are found. */
  readonly describe: (statement: Said) => Promise<readonly string[]>;
};

/** The statements of the hot paths, each once, below the first path on which it is said. */
export async function writtenStatements(
  said: ReadonlyMap<string, readonly Said[]>,
  { spell = (sql) => sql, describe }: Wording,
): Promise<string> {
  const plainText = ({ sql }: Said) => spell(sql).replaceAll(/\s+/gu, ' ').trim();
  const known = new Set<string>();
  let text = '';
  for (const [name, statements] of said) {
    const fresh = new Map(statements.map((statement) => [plainText(statement), statement]));
    for (const statement of known) fresh.delete(statement);
    if (fresh.size > 0) text += `\n-- ${name}\n\n`;
    for (const [words, statement] of fresh) {
      known.add(words);
      text += `${wrapped(words)};\n${(await describe(statement)).map((line) => `--   ${line}\n`).join('')}\n`;
    }
  }
  return text.trimStart();
}

/** What is checked in; with COTERIE_WRITE_SQL=1 it is written anew first. */
export async function checkedIn(dialect: Dialect, text: string): Promise<string> {
  const file = fileURLToPath(new URL(`../../sql/hot-paths.${dialect}.sql`, import.meta.url));
  if (process.env['COTERIE_WRITE_SQL'] === '1') {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return existsSync(file) ? readFile(file, 'utf8') : '';
}

function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= longestLine) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

/** The statements in such a text with their plans, whatever the paths: who asks is remembered for a while, so the first may be another. */
export function statementsIn(text: string): string[] {
  const parts = text.split(/\n{2,}/u).map((part) => part.trim());
  return parts.filter((part) => part !== '' && !part.startsWith('-- ')).sort();
}
