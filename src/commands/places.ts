import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/openDatabase.ts';
import type { DatabasePlace } from '../db/openDatabase.ts';
import type { Target } from '../db/target.ts';
import { AppError } from '../errors.ts';

/** Where data is, as somebody types it: a folder, or an address of PostgreSQL. */
export type Place = DatabasePlace & { readonly folder: string };

/** The place that a word names. */
export function placeOf(word: string): Place {
  const isUrl = /^postgres(?:ql)?:\/\//u.test(word);
  return { url: isUrl ? word : null, folder: word, file: join(word, 'coterie.db') };
}

/** What a place is called, without its password. */
export async function nameOf({ url, folder }: Place): Promise<string> {
  if (url === null) return realpath(folder);
  if (!URL.canParse(url))
    throw new AppError('invalid', 'The address must be one such as postgres://db.example.org/coterie.');
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}

/** The database of a place, until the end of the block. */
export async function opened(place: Place, target?: Target): Promise<AsyncDisposable & { readonly db: Database }> {
  const db = await openDatabase(place, { target }).catch((error: Error) => cannotOpen(place, error));
  return { db, [Symbol.asyncDispose]: () => db.close() };
}

/** Says that a database cannot be opened, and why. */
export function cannotOpen(place: Place, error: Error): never {
  const name = place.url === null ? place.folder : 'that address';
  throw new AppError('unavailable', `The database of ${name} cannot be opened: ${error.message}`);
}
