import type { Kysely } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';

const accountOf = statement((build, value: { bookId: string }) =>
  build.selectFrom('folder_account').select('account_id').where('id', '=', value.bookId),
);

/** Folders hardly ever go to another account. */
const mostKnown = 100_000;
const memories = new WeakMap<Kysely<Schema>, Map<string, string>>();

/**
 * Finds rows of a folder of which only the id is known, by searching in the account where the folder was last seen.
 * That account is only a guess: if no rows are found there, the folder's current account is looked up.
 */
export async function findAccount<Row>(
  reader: Reader,
  bookId: string,
  find: (accountId: string) => Promise<Row[]>,
): Promise<Row[]> {
  const known = memories.get(reader.build) ?? new Map<string, string>();
  memories.set(reader.build, known);
  const guess = known.get(bookId);
  const found = guess === undefined ? [] : await find(guess);
  if (found.length > 0) return found;
  const accountId = (await reader.first(accountOf(reader, { bookId })))?.account_id;
  if (accountId === undefined || accountId === guess) return [];
  if (known.size >= mostKnown) known.clear();
  known.set(bookId, accountId);
  return find(accountId);
}
