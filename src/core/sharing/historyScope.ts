import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Context } from '../context.ts';
import { seesAll } from '../scope.ts';
import type { VisibleBook } from './access.ts';

/**
 * The folders of an account whose history a person may see, each from a certain time on ('': from the beginning); null:
 * the whole history of the account.
 */
export type HistoryScope = ReadonlyMap<string, string> | null;

/**
 * Which part of an account's history a person may see: what happened in folders that they may read, and nothing else.
 * Those who may write see all of it, because they repair things; those who may only read see what happened since the
 * folder was shared with them, so that they cannot find anything removed before.
 */
export function historyScope(context: Context, accountId: string, visible: readonly VisibleBook[]): HistoryScope {
  if (seesAll(context, accountId)) return null;
  return new Map(visible.map(({ book, rights, sharedSince }) => [book.id, rights.mayWrite ? '' : (sharedSince ?? '')]));
}

/** Whether an event is within that scope. */
export function isRemembered(
  scope: HistoryScope,
  happened: { readonly book_id: string; readonly at: string },
): boolean {
  if (scope === null) return true;
  const since = scope.get(happened.book_id);
  return since !== undefined && happened.at >= since;
}

/** The same as a condition on rows of `card_version`. */
export function remembered(scope: HistoryScope): RawBuilder<unknown> {
  if (scope === null) return sql`1 = 1`;
  if (scope.size === 0) return sql`1 = 0`;
  const folders = [...scope].map(([bookId, since]) => sql`(book_id = ${bookId} AND at >= ${since})`);
  return sql`(${sql.join(folders, sql` OR `)})`;
}
