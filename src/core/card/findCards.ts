import { sql } from 'kysely';
import { spelled } from '../../db/dialect.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { seesAll } from '../scope.ts';
import { unindexed } from '../search/tests.ts';
import { visibleBooks } from '../sharing/access.ts';
import { cardView, viewedColumns } from './cardView.ts';
import type { CardView, ViewedRow } from './cardView.ts';

const idsPerQuery = 500;
/** What one answer may hold of cards, in octets: the largest a thousand times over would be more than there is memory. */
const mostOctets = 50_000_000;
const octets = sql<number>`octet_length(data)`.as('octets');

/** Not by an index of the account: of many ids SQLite would find each by reading all of its cards. */
const ofAccount = sql<string>`${spelled({ sqlite: unindexed(sql`account_id`), postgres: sql`account_id` })}`;

type Ids = { readonly accountId: string; readonly ids: readonly string[] };

/** The rows of cards of an account, by their ids. */
export const cardsById = statement((build, value: Ids) =>
  build
    .selectFrom('card')
    .select(viewedColumns)
    .where('id', 'in', value.ids)
    .where(ofAccount, '=', value.accountId)
    .where('trash_id', 'is', null),
);

const octetsByIds = statement((build, value: Ids) =>
  build
    .selectFrom('card')
    .select(octets)
    .where('id', 'in', value.ids)
    .where(ofAccount, '=', value.accountId)
    .where('trash_id', 'is', null),
);

/**
 * The cards of an account with these ids, as far as the person may read them; with null, at most `limit` of all cards.
 * Errors: `tooLarge` if they are too much for one response.
 */
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
  const readable = seesAll(context, accountId)
    ? null
    : new Set((await visibleBooks(db, context, accountId)).map(({ book }) => book.id));
  if (ids === null) {
    const live = db.build.selectFrom('card').where('account_id', '=', accountId).where('trash_id', 'is', null);
    const some = readable === null ? live : live.where('book_id', 'in', [...readable]);
    if (readable?.size === 0) return [];
    const all = some.orderBy('file_as_key').orderBy('id').limit(limit);
    requireModest(await db.all(all.select(octets)));
    return db.all(all.select(viewedColumns));
  }
  const found: ViewedRow[] = [];
  const sizes: { octets: number }[] = [];
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    const some = { accountId, ids: ids.slice(start, start + idsPerQuery) };
    // Even one of the largest has room: only many need a look before they are read.
    if (ids.length > 1) sizes.push(...(await db.all(octetsByIds(db, some))));
    requireModest(sizes);
    found.push(...(await db.all(cardsById(db, some))));
  }
  return readable === null ? found : found.filter((row) => readable.has(row.book_id));
}

function requireModest(sizes: readonly { readonly octets: number }[]): void {
  if (sizes.reduce((sum, row) => sum + row.octets, 0) > mostOctets)
    throw new AppError('tooLarge', 'These cards are too much for one answer: ask for fewer');
}
