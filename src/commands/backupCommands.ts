import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { keyFileOf, readConfig, readKey } from '../config.ts';
import { writeBackup } from '../db/backup/writeBackup.ts';
import { openSnapshot } from '../db/openSnapshot.ts';
import { AppError } from '../errors.ts';
import { writeWholeFile } from '../lib/files/wholeFile.ts';
import { readLock } from './backupKeys.ts';
import { pack } from './backupStream.ts';
import type { SettingsCommand } from './checkDirectory.ts';
import { checkBackup, restore } from './restoreCommand.ts';
import { cannotOpen, placeOf } from './places.ts';

/** Backups of the whole database. */
export const backupCommands: Readonly<Record<string, SettingsCommand>> = {
  // Before « backup », with which they begin.
  'backup check': {
    usage: '--from FILE|- [--key-file FILE | --passphrase-file FILE]',
    does: 'reads a whole backup and says whether it is complete, and what is in it',
    run: checkBackup,
  },
  'backup key': {
    usage: '',
    does: 'prints a new key pair: the public key encrypts backups, the secret key reads them and is kept elsewhere',
    run: newKey,
  },
  backup: {
    usage: '--to FILE|FOLDER|- [--from PLACE] [--recipients-file FILE | --passphrase-file FILE] [--without-key]',
    does: 'writes all data into one file, while the server runs; an encrypted one also contains secret.key',
    run: backup,
  },
  restore: {
    usage: '--from FILE|- [--to PLACE] [--key-file FILE | --passphrase-file FILE]',
    does: 'restores a backup into an empty database of either kind, and verifies it; a PLACE is a folder or postgres://…',
    run: restore,
  },
};

const options = {
  to: { type: 'string' },
  from: { type: 'string' },
  'recipients-file': { type: 'string' },
  'passphrase-file': { type: 'string' },
  'without-key': { type: 'boolean' },
} as const;

async function backup(words: readonly string[]): Promise<string> {
  const { to, from, ...given } = readWords(words);
  const config = readConfig(process.env);
  const source = placeOf(from ?? config.databaseUrl ?? config.data);
  const keyPlace = { data: source.url === null ? source.folder : config.data, keyFile: config.keyFile };
  if (source.url === null && !existsSync(source.file))
    throw new AppError('notFound', `There is no Coterie in ${source.folder}: name another folder with --from.`);
  const lock = await readLock({ passphrase: given['passphrase-file'], keys: given['recipients-file'] });
  const holdsKey = lock !== null && given['without-key'] !== true && existsSync(keyFileOf(keyPlace));
  const key = holdsKey ? Buffer.from(readKey(keyPlace)).toString('base64url') : null;
  const made = new Date();
  const file = to === '-' ? null : await fileFor(to, { made, isLocked: lock !== null });
  await using snapshot = await openSnapshot(source).catch((error: Error) => cannotOpen(source, error));
  const tell = (step: string) => void process.stderr.write(`${step}\n`);
  let length = 0;
  await pack(writeBackup(snapshot, { made, key, tell }), lock, async (octets) => {
    if (file !== null) length = await written(file, octets);
    else await pipeline(octets, process.stdout, { end: false });
  });
  const said = [
    ...(file === null ? [] : [`Written: ${file}, ${length} octets, ${lock ? 'encrypted' : 'not encrypted'}.`]),
    holdsKey
      ? 'secret.key is in it: whoever can decrypt it can read the passwords of mailboxes.'
      : `secret.key is not in it: keep a copy of ${keyFileOf(keyPlace)} in another place.`,
  ].join('\n');
  if (file !== null) return said;
  tell(said);
  return '';
}

function readWords(words: readonly string[]) {
  try {
    const { to, ...others } = parseArgs({ args: [...words], options }).values;
    if (to) return { to, ...others };
  } catch {
    // Said below.
  }
  throw new AppError('invalid', `Say where to: backup ${backupCommands['backup']!.usage}`);
}

/** In a folder a file has a name that tells when. */
async function fileFor(
  to: string,
  { made, isLocked }: { readonly made: Date; readonly isLocked: boolean },
): Promise<string> {
  const found = await stat(to).catch(() => null);
  if (!found?.isDirectory()) return to;
  const time = made.toISOString().replaceAll(/[:-]|\.\d+/gu, '');
  return join(to, `coterie-${time}.jsonl.zst${isLocked ? '.age' : ''}`);
}

async function written(file: string, octets: AsyncIterable<Uint8Array>): Promise<number> {
  try {
    return await writeWholeFile(file, octets);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new AppError('unavailable', `${file} cannot be written: ${message}`);
  }
}

async function newKey(): Promise<string> {
  const { newAgeKey } = await import('../lib/files/ageFile.ts');
  const { identity, recipient } = await newAgeKey();
  return [
    '# The secret key of backups (age). Keep this in a safe place that is not the server.',
    '# The next line alone belongs on the server, without the « # public key: », in the file that --recipients-file names.',
    `# public key: ${recipient}`,
    identity,
  ].join('\n');
}
