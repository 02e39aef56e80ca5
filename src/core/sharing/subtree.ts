import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';

/** A folder and everything below it that is not in the trash, parents before children. */
export async function subtree(reader: Reader, rootId: string): Promise<AddressBookRow[]> {
  return reader.all(
    sql<AddressBookRow>`
      WITH RECURSIVE below (id, depth) AS (
        SELECT id, 0 FROM address_book WHERE id = ${rootId} AND trash_id IS NULL
        UNION ALL
        SELECT child.id, below.depth + 1 FROM address_book AS child JOIN below ON child.parent_id = below.id
        WHERE child.trash_id IS NULL
      )
      SELECT address_book.* FROM below JOIN address_book ON address_book.id = below.id ORDER BY below.depth`.compile(
      reader.build,
    ),
  );
}

/** How many folders stand above this one, itself included. */
export async function depthOf(reader: Reader, bookId: string): Promise<number> {
  const row = await reader.first(
    sql<{ depth: number }>`
      WITH RECURSIVE up (id, parent_id, depth) AS (
        SELECT id, parent_id, 1 FROM address_book WHERE id = ${bookId}
        UNION ALL
        SELECT above.id, above.parent_id, up.depth + 1 FROM address_book AS above JOIN up ON above.id = up.parent_id
      )
      SELECT max(depth) AS depth FROM up`.compile(reader.build),
  );
  return row?.depth ?? 0;
}
