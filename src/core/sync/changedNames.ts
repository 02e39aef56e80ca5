import { sql } from 'kysely';
import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';

/** A name in a folder at which something happened, and the number of the last thing that did. */
export type ChangedName = { readonly uri: string; readonly seq: number };

// No join, and each value behind a SELECT of its own: else SQLite plans the statement anew each time (see `actorOf`).
const changed = statement((build, value: { bookId: string; since: number; until: number; limit: number }) =>
  sql<ChangedName>`
      SELECT name AS uri, max(seq) AS seq
      FROM (
        SELECT coalesce(uri, (SELECT uri FROM card WHERE card.id = object_id)) AS name, seq FROM change
        WHERE book_id = (SELECT ${value.bookId}) AND type = 'ContactCard'
          AND seq > (SELECT ${value.since}) AND seq <= (SELECT ${value.until})
      )
      WHERE name IS NOT NULL GROUP BY name ORDER BY seq LIMIT ${value.limit}`.compile(build),
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
