import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { fileAs } from '../../format/jscontact/names.ts';
import type { Card } from '../../format/jscontact/types.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { sharedBooks } from '../sharing/access.ts';
import { mayChangeCard } from '../sharing/cardRights.ts';
import { allRights, noRights } from '../sharing/rights.ts';
import type { Rights } from '../sharing/rights.ts';

/**
 * Whether a copy follows its original. `gone`: it is not in the folder any more, deleted or moved to where the person
 * does not see it; `noAccess`: the folder itself is not seen any more, and nothing is told of what happens in it;
 * `readOnly`: the person may not change the copy any more.
 */
export type LinkStatus = 'following' | 'gone' | 'noAccess' | 'readOnly';

/** A copy that the person linked with its original. */
export type CardLink = {
  /** The id of the copy. */
  readonly id: string;
  readonly accountId: string;
  readonly bookId: string;
  readonly sourceId: string;
  /** Where the original is, as long as the person sees it. */
  readonly source: { readonly accountId: string; readonly bookId: string } | null;
  /** What it is called; when it is not seen any more, what it was called then. */
  readonly sourceName: string;
  readonly status: LinkStatus;
  readonly conflicts: readonly string[];
  readonly createdAt: string;
  readonly isUnlinked: boolean;
};

type Row = {
  readonly copy_id: string;
  readonly source_id: string;
  readonly source_book_id: string;
  readonly base: string;
  readonly conflicts: string;
  readonly created_at: string;
  readonly unlinked_at: string | null;
  readonly copy_account: string;
  readonly copy_book: string;
  readonly added_by: string | null;
  /** Of an original that is not in the trash. */
  readonly account_id: string | null;
  readonly book_id: string | null;
  readonly file_as: string | null;
};

const linksOf = statement((build, value: { personId: string; ids: readonly string[] }) =>
  linkRows(value.personId, sql`AND link.copy_id IN (${sql.join(value.ids)})`).compile(build),
);
const allLinksOf = statement((build, value: { personId: string }) => linkRows(value.personId, sql``).compile(build));

function linkRows(personId: string, which: ReturnType<typeof sql>): ReturnType<typeof sql<Row>> {
  return sql<Row>`
    SELECT link.copy_id, link.source_id, link.source_book_id, link.base, link.conflicts, link.created_at, link.unlinked_at,
      copied.account_id AS copy_account, copied.book_id AS copy_book, copied.added_by,
      source.account_id, source.book_id, source.file_as
    FROM card_link AS link
    JOIN card AS copied ON copied.id = link.copy_id AND copied.trash_id IS NULL
    LEFT JOIN card AS source ON source.id = link.source_id AND source.trash_id IS NULL
    WHERE link.principal_id = ${personId} ${which} ORDER BY link.created_at DESC, link.copy_id`;
}

/** The links that the person who asks made, of these copies or all, as far as they see the copies. Cost: their links. */
export async function visibleLinks(
  reader: Reader,
  context: Context,
  ids: readonly string[] | null,
): Promise<CardLink[]> {
  requireWhole(context);
  const personId = context.actor.principalId;
  if (ids?.length === 0) return [];
  const rows = await reader.all(
    ids === null ? allLinksOf(reader, { personId }) : linksOf(reader, { personId, ids: [...ids] }),
  );
  if (rows.length === 0) return [];
  const shared = new Map((await sharedBooks(reader, context)).map(({ book, rights }) => [book.id, rights]));
  const own = new Set((await reader.all(ownBooks(reader, { personId }))).map(({ id }) => id));
  const rightsOn = (bookId: string): Rights => (own.has(bookId) ? allRights : (shared.get(bookId) ?? noRights));
  return rows.flatMap((row) => {
    const rights = rightsOn(row.copy_book);
    if (!rights.mayRead) return [];
    const isSeen = row.book_id !== null && rightsOn(row.book_id).mayRead;
    const followed = mayChangeCard(context, rights, row) ? 'following' : 'readOnly';
    const lost = rightsOn(row.source_book_id).mayRead ? 'gone' : 'noAccess';
    return [
      {
        id: row.copy_id,
        accountId: row.copy_account,
        bookId: row.copy_book,
        sourceId: row.source_id,
        source: isSeen ? { accountId: row.account_id!, bookId: row.book_id! } : null,
        sourceName: isSeen ? row.file_as! : fileAs(JSON.parse(row.base) as Card),
        status: isSeen ? followed : lost,
        conflicts: JSON.parse(row.conflicts) as string[],
        createdAt: row.created_at,
        isUnlinked: row.unlinked_at !== null,
      } satisfies CardLink,
    ];
  });
}

const ownBooks = statement((build, value: { personId: string }) =>
  build.selectFrom('address_book').select('id').where('account_id', '=', value.personId).where('trash_id', 'is', null),
);

/** The state of a person's links: it moves with all that they tell. */
export async function linksState(context: Context, reader: Reader = context.db): Promise<string> {
  const links = await visibleLinks(reader, context, null);
  return createHash('sha256').update(JSON.stringify(links)).digest('base64url').slice(0, 16);
}
