import { sql } from 'kysely';
import { inAccount } from '../../../db/inAccount.ts';
import type { Context } from '../../context.ts';
import { scopeOf } from './queryScope.ts';
import { isAmong } from '../../search/tests.ts';

/** A keyword, and how many cards have it. */
export type KeywordCount = { readonly keyword: string; readonly count: number };

/** More than anybody chooses among. */
const most = 1_000;

/** The keywords of the cards that the person may read in an account, of these folders if given; the most used first. */
export async function queryKeywords(
  context: Context,
  accountId: string,
  bookIds: readonly string[] | null,
): Promise<readonly KeywordCount[]> {
  const { db } = context;
  const scope = await scopeOf(db, context, accountId, bookIds === null ? [] : [bookIds]);
  const inBooks = scope.bookIds === null ? sql`1 = 1` : isAmong(sql`card.book_id`, scope.bookIds);
  return db.all(
    sql<KeywordCount>`
      SELECT keyword, count(*) AS count FROM card_keyword JOIN card ON card.id = card_id
      WHERE card_keyword.account_id = ${accountId} AND ${inAccount(accountId, 'card.account_id')}
        AND card.trash_id IS NULL AND ${inBooks}
      GROUP BY keyword ORDER BY count DESC, keyword LIMIT ${most}`.compile(db.build),
  );
}
