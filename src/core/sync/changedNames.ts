import { sql } from 'kysely';
import { inAccount } from '../../db/inAccount.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';

/** A name in a folder at which something changed, and the number of the last change there. */
export type ChangedName = { readonly uri: string; readonly seq: number };

type Range = { readonly bookId: string; readonly accountId: string; readonly since: number; readonly until: number };

/** A name is in the log, or (in a log of before) that of the card as it is now. */
const named = ({ accountId }: Range) =>
  sql`coalesce(uri, (SELECT uri FROM card WHERE card.id = object_id AND ${inAccount(accountId, 'card.account_id')}))`;

// No join, and each value behind a SELECT of its own: else SQLite plans the statement anew each time (see `actorOf`).
const changed = statement((build, value: Range & { readonly limit: number }) =>
  sql<ChangedName>`
      SELECT name AS uri, max(seq) AS seq
      FROM (
        SELECT ${named(value)} AS name, seq FROM change
        WHERE book_id = (SELECT ${value.bookId}) AND ${inAccount(value.accountId)} AND type = 'ContactCard'
          AND seq > (SELECT ${value.since}) AND seq <= (SELECT ${value.until})
      ) AS named
      WHERE name IS NOT NULL GROUP BY name ORDER BY max(seq) LIMIT ${value.limit}`.compile(build),
);

type Happened = { readonly uri: string | null; readonly seq: number };
const few = 100;

// Most programs ask every few minutes: to put a handful into order by itself costs SQLite more than to find it.
const happened = statement((build, value: Range) =>
  sql<Happened>`
      SELECT ${named(value)} AS uri, seq FROM change
      WHERE book_id = (SELECT ${value.bookId}) AND ${inAccount(value.accountId)} AND type = 'ContactCard'
        AND seq > (SELECT ${value.since}) AND seq <= (SELECT ${value.until})
      ORDER BY seq LIMIT ${sql.lit(few + 1)}`.compile(build),
);

/**
 * The card names in a folder at which something changed after `since` and up to `until`, each once, in the order of the
 * last change; what is there now says what happened. The caller has checked that the person may read the folder. The
 * cost is proportional to the result and to what has happened since.
 */
export async function changedNames(
  { db }: Context,
  { id: bookId, account_id: accountId }: Pick<AddressBookRow, 'id' | 'account_id'>,
  { since, until, limit }: { readonly since: number; readonly until: number; readonly limit: number },
): Promise<ChangedName[]> {
  if (since >= until) return [];
  const rows = await db.all(happened(db, { bookId, accountId, since, until }));
  if (rows.length > few) return db.all(changed(db, { bookId, accountId, since, until, limit }));
  const last = new Map<string, number>();
  for (const { uri, seq } of rows) {
    if (uri === null) continue;
    last.delete(uri);
    last.set(uri, seq);
  }
  return Array.from(last, ([uri, seq]) => ({ uri, seq })).slice(0, limit);
}
