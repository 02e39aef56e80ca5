import { existsSync } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { keyFileOf, readConfig, readKey } from '../config.ts';
import { BackupError } from '../db/backup/backupError.ts';
import type { Header } from '../db/backup/header.ts';
import { readBackup } from '../db/backup/readBackup.ts';
import type { Backup } from '../db/backup/readBackup.ts';
import { restoreBackup } from '../db/backup/restoreBackup.ts';
import type { Restored } from '../db/backup/restoreBackup.ts';
import type { Writer } from '../db/database.ts';
import { leaveLostNumbers } from '../db/copy/leaveLostNumbers.ts';
import { AppError } from '../errors.ts';
import { readUnlock } from './backupKeys.ts';
import { unpack } from './backupStream.ts';
import { cannotOpen, nameOf, placeOf } from './places.ts';
import type { Place } from './places.ts';

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  'key-file': { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

type Words = { from: string; to?: string; 'key-file'?: string; 'passphrase-file'?: string };

/** Restores a backup into an empty database; what it answers is printed. */
export async function restore(words: readonly string[]): Promise<string> {
  const given = readWords('restore', words);
  const config = readConfig(process.env);
  const target = placeOf(given.to ?? config.databaseUrl ?? config.data);
  if (target.url === null) await mkdir(target.folder, { recursive: true, mode: 0o700 });
  const keyFile = keyFileOf({ data: target.url === null ? target.folder : config.data, keyFile: config.keyFile });
  const tell = (step: string) => void process.stderr.write(`${step}\n`);
  let said = '';
  await readFrom(given, async (backup) => {
    requireSameKey(backup.header, keyFile);
    const finish = (tx: Writer) => leaveLostNumbers(tx, new Date());
    const restored = await restoreBackup(backup, target, { tell, finish }).catch((error: Error) =>
      explain(target, error),
    );
    said = [report(restored, backup.header, await nameOf(target)), await keepKey(backup.header, keyFile)].join('\n');
  });
  return said;
}

/** Reads a backup without restoring it; what it answers is printed. */
export async function checkBackup(words: readonly string[]): Promise<string> {
  const given = readWords('backup check', words);
  if (given.to !== undefined) throw new AppError('invalid', '« backup check » writes nothing: there is no --to.');
  let said = '';
  await readFrom(given, async ({ header, rows }) => {
    let count = 0;
    for await (const _row of rows) count += 1;
    const key = header.key === null ? 'without secret.key' : 'with secret.key';
    const place = { sqlite: 'a file', postgres: 'PostgreSQL' }[header.database];
    said = `The backup is whole: of ${header.made}, from ${place}, ${count} rows in ${header.tables.length} tables, ${key}, schema ${header.migrations.at(-1)}.`;
  });
  return said;
}

function readWords(name: string, words: readonly string[]): Words {
  try {
    const { from, ...others } = parseArgs({ args: [...words], options }).values;
    if (from) return { from, ...others };
  } catch {
    // Said below.
  }
  throw new AppError('invalid', `Say from where: ${name} --from FILE, or - for the standard input.`);
}

async function readFrom(given: Words, read: (backup: Backup) => Promise<void>): Promise<void> {
  const key = await readUnlock({ passphrase: given['passphrase-file'], keys: given['key-file'] });
  const handle = given.from === '-' ? null : await openFile(given.from);
  try {
    const octets = handle?.createReadStream({ autoClose: false }) ?? process.stdin;
    await unpack(octets, key, async (plain) => read(await readBackup(plain)));
  } catch (error) {
    throw error instanceof BackupError ? new AppError('invalid', error.message) : error;
  } finally {
    await handle?.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    throw new AppError('notFound', `${file} cannot be read: ${(error as Error).message}`);
  }
}

function explain(target: Place, error: Error): never {
  if (error instanceof BackupError || error instanceof AppError) throw error;
  return cannotOpen(target, error);
}

function report({ rows, replaced }: Restored, { made }: Header, name: string): string {
  return [
    ...(replaced === 0 ? [] : [`In ${replaced} rows U+0000, which PostgreSQL cannot hold, has become U+FFFD.`]),
    `Restored: the ${rows} rows of the backup of ${made} are in ${name}. Start Coterie on it, or look at all of it first with « db check ».`,
  ].join('\n');
}

/** What was sealed with one key is not read with another. */
function requireSameKey({ key }: Header, file: string): void {
  if (key === null || !existsSync(file)) return;
  const there = readKey({ data: dirname(file), keyFile: file });
  if (!Buffer.from(there).equals(Buffer.from(key, 'base64url')))
    throw new AppError('invalid', `The backup has another secret.key than ${file}: move that file away first.`);
}

async function keepKey({ key }: Header, file: string): Promise<string> {
  if (key === null)
    return existsSync(file)
      ? `The backup does not hold secret.key: ${file} is used, which is to be that of the time of the backup.`
      : `The backup does not hold secret.key: put your copy of it to ${file} before you start, or app passwords and passwords of mailboxes are lost.`;
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
  }
  return `The key is in ${file}.`;
}
