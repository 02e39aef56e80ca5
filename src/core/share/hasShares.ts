import type { Reader } from '../../db/database.ts';

/**
 * Whether a folder itself is shared with people or groups. Without LIMIT, so that PostgreSQL keeps the plan: that is worth more
 * than the few rows.
 */
export async function hasShares(reader: Reader, bookId: string): Promise<boolean> {
  const shares = reader.build.selectFrom('share').select('id').where('book_id', '=', bookId);
  return (await reader.first(shares.where('type', '=', 'principal'))) !== undefined;
}
