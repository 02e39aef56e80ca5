import { sql } from 'kysely';
import { exactUtcDate } from '../../lib/utcDate.ts';
import type { Context } from '../context.ts';
import { authorNames, findVersionRows, happeningOf } from './findVersions.ts';
import type { HappeningView, VersionRow } from './findVersions.ts';
import { foundBy, readableHistory } from './queryVersions.ts';
import type { FoundVersions, VersionFilter } from './queryVersions.ts';

/** Changes of one kind that one person made in one folder without a pause, as one line of its feed; its id is that of the first of its versions. */
export type ActivityView = HappeningView & {
  /** Of moves, all the other folders that the person may see, in the order of the moves. */
  readonly otherAddressBookIds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly cardCount: number;
  /** The first few cards by their ids and names. */
  readonly cards: readonly { readonly cardId: string; readonly name: string }[];
};

const cardsShown = 3;

/** Which activities of a folder. */
export type ActivityFilter = Pick<VersionFilter, 'author' | 'after' | 'before'> & { readonly inAddressBook: string };

/** The feed of a folder, newest first. Cost: the page. */
export async function queryActivities(
  context: Context,
  accountId: string,
  filter: ActivityFilter,
): Promise<FoundVersions> {
  const { inAddressBook: bookId, author, after = '', before = '9' } = filter;
  const { db } = context;
  const scope = await readableHistory(db, context, accountId);
  const since = scope === null ? '' : scope.get(bookId);
  if (since === undefined) return { total: async () => 0, ids: async () => [] };
  const from = after > since ? after : since;
  const byAuthor = author === undefined ? sql`1 = 1` : sql`author_id = ${author}`;
  const where = sql`batch IS NULL AND book_id = ${bookId} AND at >= ${from} AND at < ${before}
    AND account_id = ${accountId} AND ${byAuthor}`;
  return foundBy(db, where, sql`at DESC, id DESC`);
}

/** The activities with these ids, as far as the person may see them. */
export async function findActivities(
  context: Context,
  accountId: string,
  ids: readonly string[],
): Promise<ActivityView[]> {
  const { rows, isVisible } = await findVersionRows(context.db, context, accountId, ids);
  const first = rows.filter(({ batch }) => batch === null);
  const known = { names: await authorNames(context, first), isVisible };
  const views: ActivityView[] = [];
  for (const row of first) {
    const otherAddressBookIds = (await otherBooks(context, row)).filter(isVisible);
    const happening = { ...happeningOf(row, known), from: exactUtcDate(row.at), otherAddressBookIds };
    views.push({ ...happening, ...(await extentOf(context, row)) });
  }
  return views;
}

/** Contacts may come from several folders at once. */
async function otherBooks({ db }: Context, { id, other_book_id: own }: VersionRow): Promise<string[]> {
  if (own === null) return [];
  const rest = await db.all(
    sql<{ id: string }>`
      SELECT other_book_id AS id FROM card_version WHERE batch = ${id} AND other_book_id IS NOT NULL
      GROUP BY other_book_id ORDER BY min(id)`.compile(db.build),
  );
  return [...new Set([own, ...rest.map((row) => row.id)])];
}

async function extentOf(
  { db }: Context,
  { id, card_id: cardId, at, name }: VersionRow,
): Promise<Pick<ActivityView, 'to' | 'cardCount' | 'cards'>> {
  // In the order of the index: nothing is sorted, nothing kept aside.
  const rest = (await db.first(
    sql<{ count: number; last: number | null }>`
      SELECT count(*) - coalesce(max(CASE WHEN card_id = ${cardId} THEN 1 ELSE 0 END), 0) AS count, max(last) AS last
      FROM (SELECT card_id, max(id) AS last FROM card_version WHERE batch = ${id} GROUP BY card_id) AS row`.compile(
      db.build,
    ),
  ))!;
  const own = { cardId, name };
  if (rest.last === null) return { to: exactUtcDate(at), cardCount: 1, cards: [own] };
  const last = await db.first(db.build.selectFrom('card_version').select('at').where('id', '=', rest.last));
  const others = await db.all(
    sql<{ cardId: string; name: string }>`
      SELECT card_id AS "cardId", max(name) AS name FROM card_version
      WHERE batch = ${id} AND card_id <> ${cardId} GROUP BY card_id ORDER BY card_id LIMIT ${cardsShown - 1}`.compile(
      db.build,
    ),
  );
  return { to: exactUtcDate(last?.at ?? at), cardCount: 1 + rest.count, cards: [own, ...others] };
}
