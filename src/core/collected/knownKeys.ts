import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { Context } from '../context.ts';
import { sharedBooks } from '../sharing/access.ts';

/**
 * Which of these addresses the person has already: in a folder of their own, also in the trash, from where it may come
 * back, or in one that others share with them and that they have accepted. Cost: the addresses, and the shared folders.
 */
export async function knownKeys(reader: Reader, context: Context, keys: readonly string[]): Promise<Set<string>> {
  const { principalId } = context.actor;
  const { build } = reader;
  if (keys.length === 0) return new Set();
  const own = build.selectFrom('card_email').select('address_key').where('account_id', '=', principalId);
  const known = new Set((await reader.all(own.where('address_key', 'in', [...keys]))).map((row) => row.address_key));
  const shared = (await sharedBooks(reader, context)).filter(
    ({ rights, invitation }) => rights.mayRead && invitation === 'accepted',
  );
  if (shared.length === 0) return known;
  const accounts = [...new Set(shared.map(({ book }) => book.account_id))];
  const books = shared.map(({ book }) => book.id);
  const rows = await reader.all(
    sql<{ address_key: string }>`
      SELECT DISTINCT card_email.address_key FROM card_email JOIN card ON card.id = card_email.card_id
      WHERE card_email.account_id IN (${sql.join(accounts)}) AND card_email.address_key IN (${sql.join(keys)})
        AND card.book_id IN (${sql.join(books)}) AND card.trash_id IS NULL`.compile(build),
  );
  for (const row of rows) known.add(row.address_key);
  return known;
}
