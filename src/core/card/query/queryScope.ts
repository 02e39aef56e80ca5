import { sql } from 'kysely';
import type { Reader } from '../../../db/database.ts';
import { inAccount } from '../../../db/inAccount.ts';
import { statement } from '../../../db/statement.ts';
import type { Context } from '../../context.ts';
import { seesAll } from '../../scope.ts';
import { visibleBooks } from '../../sharing/access.ts';
import { isAmong, unindexed } from '../../search/tests.ts';
import type { Space, Sql } from '../../search/types.ts';
import type { CardCondition, CardFilter } from './queryTypes.ts';

/** The folders in which a query looks. */
export type Scope = {
  readonly accountId: string;
  /** null: all of one's own account. */
  readonly bookIds: readonly string[] | null;
  /** How many cards these folders hold. */
  readonly size: number;
};

const sizeOf = statement((build, value: { accountId: string }) =>
  sql<{ size: number | null }>`
    SELECT sum(card_count) AS size FROM address_book
    WHERE account_id = ${value.accountId} AND trash_id IS NULL`.compile(build),
);

/** The cards in these folders, to be walked along in this order. */
export function spaceOf(scope: Scope, { isList }: { readonly isList: boolean }): Space {
  const within = inScope(scope);
  // A folder has an index of its own for the order in which it is shown.
  const [onlyBook, ...others] = scope.bookIds ?? [];
  const place = inAccount(scope.accountId, 'card.account_id');
  const isOne = isList && onlyBook !== undefined && others.length === 0;
  const withinOrder = isOne ? sql`card.trash_id IS NULL AND card.book_id = ${onlyBook} AND ${place}` : within;
  const size = () => Promise.resolve(scope.size);
  return { from: sql`card`, place, within, withinOrder, size, most: size };
}

/** The requested folders that the person may read. */
export async function scopeOf(
  reader: Reader,
  context: Context,
  accountId: string,
  asked: readonly (readonly string[])[],
): Promise<Scope> {
  if (asked.length === 0 && seesAll(context, accountId)) {
    return { accountId, bookIds: null, size: Number((await reader.first(sizeOf(reader, { accountId })))?.size ?? 0) };
  }
  const visible = await visibleBooks(reader, context, accountId);
  const books = visible.map(({ book }) => book).filter(({ id }) => asked.every((ids) => ids.includes(id)));
  return {
    accountId,
    bookIds: books.map(({ id }) => id).sort(),
    size: books.reduce((sum, book) => sum + book.card_count, 0),
  };
}

/** That a row of `card` is live and in one of the folders; the account is what an index walks along. */
function inScope({ accountId, bookIds }: Scope): Sql {
  const inAccount = sql`card.trash_id IS NULL AND card.account_id = ${accountId}`;
  return bookIds === null ? inAccount : sql`${inAccount} AND ${isAmong(unindexed(sql`card.book_id`), bookIds)}`;
}

/** Splits a filter: the folders in which every result must be, and the remaining conditions. */
export function withoutBooks(filter: CardFilter | null): { asked: (readonly string[])[]; rest: CardFilter | null } {
  if (filter === null) return { asked: [], rest: null };
  if (filter.operator === null) {
    const { inAddressBook, inAddressBooks, ...others } = filter.condition;
    const asked = [
      ...(inAddressBook === undefined ? [] : [[inAddressBook]]),
      ...(inAddressBooks === undefined ? [] : [inAddressBooks]),
    ];
    return { asked, rest: isEmpty(others) ? null : { operator: null, condition: others } };
  }
  if (filter.operator !== 'AND') return { asked: [], rest: filter };
  const parts = filter.conditions.map(withoutBooks);
  const conditions = parts.flatMap(({ rest }) => (rest === null ? [] : [rest]));
  return {
    asked: parts.flatMap(({ asked }) => asked),
    rest: conditions.length === 0 ? null : { operator: 'AND', conditions },
  };
}

function isEmpty(condition: CardCondition): boolean {
  return Object.keys(condition).length === 0;
}
