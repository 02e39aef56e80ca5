import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';

/** A name in a folder at which something happened, and the number of the last thing that did. */
export type ChangedName = { readonly uri: string; readonly seq: number };

const changed = statement((build, value: { bookId: string; since: number; until: number; limit: number }) =>
  sql<ChangedName>`
      SELECT coalesce(change.uri, card.uri) AS uri, max(change.seq) AS seq
      FROM change LEFT JOIN card ON change.uri IS NULL AND card.id = change.object_id
      WHERE change.book_id = ${value.bookId} AND change.type = 'ContactCard' AND change.seq > ${value.since}
        AND change.seq <= ${value.until} AND (change.uri IS NOT NULL OR card.uri IS NOT NULL)
      GROUP BY coalesce(change.uri, card.uri) ORDER BY seq LIMIT ${value.limit}`.compile(build),
);

/**
 * The names of cards in a folder at which something happened after `since` and up to `until`, each once, in the order of
 * the last change: what is there now says what became of it. The caller has checked that the person may read the
 * folder. Cost: the answer, and what happened since.
 */
export function changedNames(
  { db }: Context,
  bookId: string,
  { since, until, limit }: { readonly since: number; readonly until: number; readonly limit: number },
): Promise<ChangedName[]> {
  return db.all(changed(db, { bookId, since, until, limit }));
}
