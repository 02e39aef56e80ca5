import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { copyDatabase } from '../db/copy/copyDatabase.ts';
import type { Compared } from '../db/copy/compareTables.ts';
import { CopyError } from '../db/copy/copyError.ts';
import { wholeSchema } from '../db/target.ts';
import { AppError } from '../errors.ts';
import { check } from './checkCommand.ts';
import type { SettingsCommand } from './checkDirectory.ts';
import { nameOf, opened, placeOf } from './places.ts';
import { restored } from './restoredCommand.ts';

/** Commands about the database itself, whatever is in it. */
export const databaseCommands: Readonly<Record<string, SettingsCommand>> = {
  'db check': {
    usage: '[--from PLACE]',
    does: 'checks that the data is consistent: contacts and their records, folders, the change log, shares, photos, the audit log',
    run: check,
  },
  'db copy': {
    usage: '[--from PLACE] --to PLACE',
    does: 'copies all data into a new database and compares the two; a PLACE is a folder or postgres://…',
    run: copy,
  },
  'db restored': {
    usage: '[--in PLACE]',
    does: 'to be run after an earlier state was restored by other means than « restore », so that no device misses a change',
    run: (words) => restored(words, process.env),
  },
};

async function copy(words: readonly string[]): Promise<string> {
  const { from, to } = readWords(words);
  const config = readConfig(process.env);
  const source = from === undefined ? placeOf(config.databaseUrl ?? config.data) : placeOf(from);
  const target = placeOf(to);
  if (source.url === null && !existsSync(source.file))
    throw new AppError('notFound', `There is no Coterie in ${source.folder}: name another folder with --from.`);
  if (target.url === null) await mkdir(target.folder, { recursive: true });
  if ((await nameOf(source)) === (await nameOf(target)))
    throw new AppError('invalid', 'The source and the target are the same.');
  await using one = await opened(source);
  await using other = await opened(target, wholeSchema);
  const name = await nameOf(source);
  try {
    const tell = (step: string) => void process.stderr.write(`${step}\n`);
    return report(
      await copyDatabase(one.db, other.db, { from: name, tell }),
      source.url === null ? source.folder : config.data,
    );
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    throw new AppError('invalid', error.message);
  }
}

function readWords(words: readonly string[]): { from: string | undefined; to: string } {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
  try {
    const { from, to } = parseArgs({ args: [...words], options }).values;
    if (to) return { from, to };
  } catch {
    // Said below.
  }
  throw new AppError('invalid', 'Say where to: db copy [--from PLACE] --to PLACE, a folder or postgres://…');
}

function report({ rows, hash, replaced }: Compared, data: string): string {
  return [
    ...(replaced.count === 0
      ? []
      : [
          `In ${replaced.count} rows U+0000, which PostgreSQL cannot hold, has become U+FFFD; the first:`,
          ...replaced.first.map((name) => `  ${name}`),
        ]),
    `Copied: ${rows} rows are the same on both sides (SHA-256 ${hash}).`,
    `The file secret.key is not in the database: whoever uses the copy needs the one of the source (${join(data, 'secret.key')}) in COTERIE_DATA.`,
  ].join('\n');
}
