import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';
import { visibleBooks } from '../sharing/access.ts';
import { cardView, viewedColumns } from './cardView.ts';
import type { CardView, ViewedRow } from './cardView.ts';

const idsPerQuery = 500;

const byIds = statement((build, value: { accountId: string; ids: readonly string[] }) =>
  build
    .selectFrom('card')
    .select(viewedColumns)
    .where('account_id', '=', value.accountId)
    .where('trash_id', 'is', null)
    .where('id', 'in', value.ids),
);

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
): Promise<ViewedRow[]> {
  const { db } = context;
  const isOwn = accountId === context.actor.principalId;
  const readable = isOwn ? null : new Set((await visibleBooks(db, context, accountId)).map(({ book }) => book.id));
  const found: ViewedRow[] = [];
  if (ids === null) {
    const live = db.build
      .selectFrom('card')
      .select(viewedColumns)
      .where('account_id', '=', accountId)
      .where('trash_id', 'is', null);
    const all = readable === null ? live : live.where('book_id', 'in', [...readable]);
    return readable?.size === 0 ? [] : db.all(all.orderBy('file_as_key').orderBy('id').limit(limit));
  }
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    found.push(...(await db.all(byIds(db, { accountId, ids: ids.slice(start, start + idsPerQuery) }))));
  }
  return readable === null ? found : found.filter((row) => readable.has(row.book_id));
}
