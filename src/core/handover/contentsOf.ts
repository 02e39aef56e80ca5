import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { FolderContents } from '../../format/mail/requestMailWords.ts';

const counted = statement((build, value: { bookId: string }) =>
  sql<{ cards: number | null; folders: number; shares: number }>`
    WITH RECURSIVE below (id) AS (
      SELECT id FROM address_book WHERE id = ${value.bookId} AND trash_id IS NULL
      UNION
      SELECT child.id FROM address_book AS child JOIN below ON child.parent_id = below.id WHERE child.trash_id IS NULL
    )
    SELECT sum(address_book.card_count) AS cards, count(*) AS folders,
      (SELECT count(*) FROM share WHERE book_id IN (SELECT id FROM below)) AS shares
    FROM below JOIN address_book ON address_book.id = below.id`.compile(build),
);

/** What comes with a folder: contacts, folders (itself among them) and shares, sub-folders included. */
export async function contentsOf(reader: Reader, bookId: string): Promise<FolderContents> {
  const row = await reader.first(counted(reader, { bookId }));
  return { cards: row?.cards ?? 0, folders: row?.folders ?? 0, shares: row?.shares ?? 0 };
}
