import { readFile } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import type { AgeKey, AgeLock } from '../lib/files/ageFile.ts';

/** Files that hold what encrypts a backup, or what reads it: never words of a command, which others on the machine see. */
export type KeyFiles = { readonly passphrase: string | undefined; readonly keys: string | undefined };

const shortestPassphrase = 12;

/** What a backup is encrypted with; null: nothing. */
export async function readLock({ passphrase, keys }: KeyFiles): Promise<AgeLock | null> {
  const secret = await readPassphrase({ passphrase, keys });
  if (secret !== null) return { passphrase: secret };
  if (keys === undefined) return null;
  const recipients = await readLines(keys);
  if (recipients.some((line) => line.startsWith('AGE-SECRET-KEY-')))
    throw new AppError(
      'invalid',
      `${keys} holds a secret key. That stays elsewhere: a backup needs the public one (age1…).`,
    );
  if (recipients.length === 0 || !recipients.every((line) => line.startsWith('age1')))
    throw new AppError('invalid', `${keys} holds no public key (age1…), one a line: « backup key » makes one.`);
  return { recipients };
}

/** What a backup is read with; null: nothing. */
export async function readUnlock({ passphrase, keys }: KeyFiles): Promise<AgeKey | null> {
  const secret = await readPassphrase({ passphrase, keys });
  if (secret !== null) return { passphrase: secret };
  if (keys === undefined) return null;
  const identities = await readLines(keys);
  if (identities.length === 0 || !identities.every((line) => line.startsWith('AGE-SECRET-KEY-')))
    throw new AppError('invalid', `${keys} holds no secret key (AGE-SECRET-KEY-…), one a line.`);
  return { identities };
}

async function readPassphrase({ passphrase, keys }: KeyFiles): Promise<string | null> {
  if (passphrase === undefined) return null;
  if (keys !== undefined) throw new AppError('invalid', 'A backup has a passphrase or keys, not both.');
  const [secret = ''] = (await readText(passphrase)).split(/\r?\n/u);
  if (secret.length < shortestPassphrase)
    throw new AppError(
      'invalid',
      `The first line of ${passphrase} is to be a passphrase of ${shortestPassphrase} characters at least.`,
    );
  return secret;
}

async function readLines(file: string): Promise<string[]> {
  const lines = (await readText(file)).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('notFound', `${file} cannot be read: ${(error as Error).message}`);
  }
}
