import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { subtree } from './subtree.ts';
import type { Transaction } from '../change/transact.ts';
import type { World } from '../context.ts';
import { maxDepth, rightsOf } from './access.ts';
import { noRights, rightNames } from './rights.ts';
import type { Rights } from './rights.ts';

/** What each grantee has on each folder of a subtree, by `folder grantee`. */
type Grants = Map<string, { bookId: string; granteeId: string; rights: Rights }>;

/**
 * Runs a change of a folder that may give or take access to it and to what lies below (a share made, changed or
 * ended; the folder moved, destroyed or restored) and notes for each grantee what became of it.
 */
export async function noteAccess(
  tx: Transaction,
  world: World,
  scope: { accountId: string; bookId: string },
  change: () => Promise<void>,
): Promise<void> {
  const before = await grantsBelow(tx, world, scope.bookId);
  await change();
  const after = await grantsBelow(tx, world, scope.bookId);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const { bookId, granteeId } = (before.get(key) ?? after.get(key))!;
    const old = before.get(key)?.rights ?? noRights;
    const now = after.get(key)?.rights ?? noRights;
    if (before.has(key) === after.has(key) && rightNames.every((name) => old[name] === now[name])) continue;
    tx.changed({ accountId: scope.accountId, type: 'AddressBook', id: bookId, kind: 'access', readerId: granteeId, wasReadable: old.mayRead });
  }
}

async function grantsBelow(reader: Reader, world: World, rootId: string): Promise<Grants> {
  const books = await subtree(reader, rootId);
  if (books.length === 0) return new Map();
  const rows = await reader.all(
    sql<{ book_id: string; principal_id: string; may_read: number; may_write: number; may_share: number; may_delete: number; depth: number }>`
      WITH RECURSIVE up (id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM address_book WHERE id = ${rootId}
        UNION ALL
        SELECT above.id, above.parent_id, up.depth + 1 FROM address_book AS above JOIN up ON above.id = up.parent_id
        WHERE up.depth < ${maxDepth}
      )
      SELECT share.*, up.depth FROM share JOIN up ON up.id = share.book_id
      WHERE share.type = 'principal' AND (share.expires_at IS NULL OR share.expires_at > ${world.now().toISOString()})
      ORDER BY up.depth`.compile(reader.build),
  );
  const inside = await reader.all(
    reader.build
      .selectFrom('share')
      .selectAll()
      .where('type', '=', 'principal')
      .where('book_id', 'in', books.map((book) => book.id))
      .where((condition) => condition.or([condition('expires_at', 'is', null), condition('expires_at', '>', world.now().toISOString())])),
  );
  const direct = Map.groupBy(inside, (row) => row.book_id);
  const grants: Grants = new Map();
  const inherited = new Map<string, Map<string, Rights>>();
  for (const book of books) {
    const rights = new Map(book.id === rootId ? [] : inherited.get(book.parent_id!));
    // Nearest first: what is known already is nearer.
    if (book.id === rootId) for (const row of rows) if (!rights.has(row.principal_id)) rights.set(row.principal_id, rightsOf(row));
    for (const row of direct.get(book.id) ?? []) rights.set(row.principal_id!, rightsOf(row));
    inherited.set(book.id, rights);
    for (const [granteeId, held] of rights) grants.set(`${book.id} ${granteeId}`, { bookId: book.id, granteeId, rights: held });
  }
  return grants;
}
