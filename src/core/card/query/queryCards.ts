import { sql } from 'kysely';
import type { Database } from '../../../db/database.ts';
import { inAccount } from '../../../db/inAccount.ts';
import { statement } from '../../../db/statement.ts';
import { isLost } from '../../change/lostNumbers.ts';
import type { Context } from '../../context.ts';
import { rememberedList } from '../../search/lists.ts';
import type { Log } from '../../search/lists.ts';
import { fewRows, search } from '../../search/search.ts';
import type { SearchResults, Sql } from '../../search/types.ts';
import { notesOfFilter } from './noteConditions.ts';
import { cardTest } from './queryConditions.ts';
import { cardOrder } from './queryOrder.ts';
import { scopeOf, spaceOf, withoutBooks } from './queryScope.ts';
import type { Scope } from './queryScope.ts';
import type { CardFilter, CardOrder } from './queryTypes.ts';

/** The cards of an account that match a filter, as far as the person may read them. */
export async function queryCards(
  context: Context,
  accountId: string,
  filter: CardFilter | null,
  comparators: CardOrder,
): Promise<SearchResults> {
  const { db } = context;
  const { asked, rest } = withoutBooks(filter);
  const scope = await scopeOf(db, context, accountId, asked);
  const isList = (comparators[0]?.property ?? 'fileAs') === 'fileAs';
  const notes = await notesOfFilter(context, rest);
  // Whoever reads the same folders finds the same, but for what they noted themselves.
  const key = JSON.stringify([accountId, scope.bookIds, rest, comparators, notes.version]);
  return search(db, {
    space: spaceOf(scope, { isList }),
    order: cardOrder(comparators),
    test: rest === null ? null : cardTest(accountId, rest, notes.index),
    lead: booksLead(scope, isList),
    list: rememberedList(context, key, logOf(db, accountId)),
  });
}

/** The folders themselves lead to few cards, where they hold few. */
function booksLead({ accountId, bookIds, size }: Scope, isList: boolean): Sql | null {
  if (bookIds === null || size > fewRows || (bookIds.length === 1 && isList)) return null;
  const inBooks = bookIds.length === 0 ? sql`1 = 0` : sql`book_id IN (${sql.join(bookIds)})`;
  return sql`SELECT id FROM card WHERE ${inBooks} AND ${inAccount(accountId)} AND trash_id IS NULL`;
}

/** The change log of an account, whoever may be told of it: all that a filter or an order looks at is in a card and its folder. */
function logOf(db: Database, accountId: string): Log {
  return {
    newest: async () => (await db.first(newest(db, { accountId })))?.seq ?? 0,
    async since(seq, most) {
      if (await isLost(db, accountId, seq)) return null;
      const rows = await db.all(changedSince(db, { accountId, seq, limit: most + 1 }));
      return rows.length > most ? null : [...new Set(rows.map((row) => row.object_id))];
    },
  };
}

const newest = statement((build, value: { accountId: string }) =>
  build.selectFrom('account').select('seq').where('id', '=', value.accountId),
);

const changedSince = statement((build, value: { accountId: string; seq: number; limit: number }) =>
  build
    .selectFrom('change')
    .select('object_id')
    .where('account_id', '=', value.accountId)
    .where('type', '=', 'ContactCard')
    .where('seq', '>', value.seq)
    .orderBy('seq')
    .limit(value.limit),
);
