import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Context } from '../context.ts';
import { seesAll } from '../scope.ts';
import type { VisibleBook } from './access.ts';

/** The folders of an account whose history a person may see, each from a moment on (''); null: everything there ever was. */
export type HistoryScope = ReadonlyMap<string, string> | null;

/**
 * What of the history of an account a person may see: in each folder that they may read what happened there, and nothing
 * of other folders. Those who may write see all of it, for they are to repair; those who may only read, what
 * happened since the folder is shared with them: nothing that was removed before can be found by them.
 */
export function historyScope(context: Context, accountId: string, visible: readonly VisibleBook[]): HistoryScope {
  if (seesAll(context, accountId)) return null;
  return new Map(visible.map(({ book, rights, sharedSince }) => [book.id, rights.mayWrite ? '' : (sharedSince ?? '')]));
}

/** Whether something that happened is within it. */
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
