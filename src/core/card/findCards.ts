import type { CardRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { visibleBooks } from '../sharing/access.ts';
import { cardView } from './cardView.ts';
import type { CardView } from './cardView.ts';

const idsPerQuery = 500;

/** The cards with these ids in an account that the person may read; of all (null) at most `limit`. */
export async function findCards(
  context: Context,
  accountId: string,
  ids: readonly string[] | null,
  limit: number,
): Promise<CardView[]> {
  return (await findRows(context, accountId, ids, limit)).map(cardView);
}

async function findRows(
  context: Context,
  accountId: string,
  ids: readonly string[] | null,
  limit: number,
): Promise<CardRow[]> {
  const { db } = context;
  const isOwn = accountId === context.actor.principalId;
  const readable = isOwn ? null : new Set((await visibleBooks(db, context, accountId)).map(({ book }) => book.id));
  const live = db.build
    .selectFrom('card')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('trash_id', 'is', null);
  const found: CardRow[] = [];
  if (ids === null) {
    const all = readable === null ? live : live.where('book_id', 'in', [...readable]);
    return readable?.size === 0 ? [] : db.all(all.orderBy('file_as_key').orderBy('id').limit(limit));
  }
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    found.push(...(await db.all(live.where('id', 'in', ids.slice(start, start + idsPerQuery)))));
  }
  return readable === null ? found : found.filter((row) => readable.has(row.book_id));
}
