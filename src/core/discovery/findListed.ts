import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { AppError, notFound } from '../../errors.ts';
import { foldWords } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { sharedBooks } from '../sharing/access.ts';
import { mine } from '../sync/states.ts';

/** A folder that its owner lets others find: its owner, its name, and its description; never its content. */
export type ListedFolder = {
  readonly addressBookId: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly ownerEmail: string | null;
  readonly name: string;
  readonly description: string | null;
};

/** What is looked for: words that begin words of the folder's name, its description or its owner's name. */
export type ListedWindow = { readonly text?: string; readonly position: number; readonly limit: number };

const maxWords = 10;

/**
 * The listed folders that the person may find and that are not shared with them yet, by owner, then by name, and how
 * many there are in all. Guests find nothing. Errors: `forbidden`.
 */
export async function findListed(
  context: Context,
  { text, position, limit }: ListedWindow,
): Promise<{ readonly list: ListedFolder[]; readonly total: number }> {
  requireInside(context);
  const reader = context.db;
  const shared = (await sharedBooks(reader, context)).filter(({ offered }) => offered.mayRead);
  const known = shared.map(({ book }) => book.id);
  const unknown = known.length === 0 ? sql`1 = 1` : sql`book.id NOT IN (${sql.join(known)})`;
  const from = sql`${listedFor(context)} AND ${unknown} AND ${matching(text ?? '')}`;
  const { total } = (await reader.first(
    sql<{ total: number }>`SELECT count(*) AS total ${from}`.compile(reader.build),
  ))!;
  const list = await reader.all(
    sql<ListedFolder>`SELECT ${columns} ${from}
      ORDER BY owner.name_key, owner.id, book.name_key, book.id LIMIT ${limit} OFFSET ${position}`.compile(
      reader.build,
    ),
  );
  return { list, total };
}

/** The folder, if the person may find it; otherwise *not found*, whether it exists or not. */
export async function requireListed(reader: Reader, context: Context, bookId: string): Promise<ListedFolder> {
  requireInside(context);
  const found = await reader.first(
    sql<ListedFolder>`SELECT ${columns} ${listedFor(context)} AND book.id = ${bookId}`.compile(reader.build),
  );
  if (!found) throw notFound('address book');
  return found;
}

/** Only those inside the organisation look for folders. */
function requireInside(context: Context): void {
  requireWhole(context);
  if (context.actor.isGuest)
    throw new AppError('forbidden', 'Guests see what is shared with them', { reason: 'guest' });
}

const columns = sql`book.id AS "addressBookId", owner.id AS "ownerId", owner.name AS "ownerName",
  owner.email AS "ownerEmail", book.name AS name, book.description AS description`;

/** Those who are not listed themselves are not found through their folders either. */
function listedFor({ actor: { principalId } }: Context): RawBuilder<unknown> {
  return sql`
    FROM folder_listing AS listing
      JOIN address_book AS book ON book.id = listing.book_id
      JOIN principal AS owner ON owner.id = book.account_id
    WHERE (listing.principal_id IS NULL OR listing.principal_id IN ${mine(principalId)})
      AND book.trash_id IS NULL AND book.account_id <> ${principalId}
      AND owner.is_active = 1 AND owner.is_listed = 1`;
}

function matching(text: string): RawBuilder<unknown> {
  const words = foldWords(text).slice(0, maxWords);
  if (words.length === 0) return sql`1 = 1`;
  // Folded words are letters and digits: nothing in them means anything to LIKE.
  const conditions = words.map((word) => sql`listing.words || ${ownerWords} LIKE ${`% ${word}%`}`);
  return sql.join(conditions, sql` AND `);
}

const ownerWords = sql`replace(replace(owner.name_key, '-', ' '), '’', ' ')`;
